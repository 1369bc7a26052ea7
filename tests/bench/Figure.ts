/** One figure with its target. */
export interface Figure {
  /** What a document names it by; it stays when the wording changes. */
  readonly id: string
  readonly name: string
  readonly measured: number
  readonly unit: string
  /** The most that it may be. */
  readonly target: number
  /** Times that a figure which depends on the machine was measured. */
  readonly rounds?: number
  /** Lower and upper quartile, of a figure that was measured several times. */
  readonly quartiles?: readonly [number, number]
  /** What it was put together from. */
  readonly detail: string
}

/**
 * `unclear`: the quartiles lie on both sides of the target, or reach below zero, so the machine was too busy to tell; or
 * the machine had a say and was asked only once. A figure that is no number is not reached.
 */
export type Verdict = 'reached' | 'not reached' | 'unclear'

export const verdict = ({
  measured,
  target,
  rounds,
  quartiles: [low, high] = [measured, measured]
}: Figure): Verdict =>
  rounds === 1 || low < 0 || (low <= target && high > target)
    ? 'unclear'
    : measured <= target
      ? 'reached'
      : 'not reached'

const grouped = (value: number): string => value.toLocaleString('en-US')

export const measuredText = ({ measured, unit }: Figure): string => `${grouped(measured)} ${unit}`

export const targetText = ({ target, unit }: Figure): string => `at most ${grouped(target)} ${unit}`
