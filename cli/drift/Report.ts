import type { Connections } from '../state/StackExport'
import { type Result, untoldKeys } from './Compare'

/** A comparison of a whole state, for every form of output. */
export interface Report {
  readonly stack: string
  readonly project: string
  readonly counts: Readonly<Record<Result['outcome'], number>>
  /** Those with an error first, then those that are gone, then those that differ; by name. */
  readonly connections: ReadonlyArray<Result>
  /** What runs have left undone, by connection. */
  readonly unfinished: ReadonlyArray<{ readonly name: string; readonly what: string }>
  /** Connections that the program only looks at (`get`): there is nothing to compare. */
  readonly lookedAt: number
  /** Inputs whose live value the platform does not tell. */
  readonly untold: ReadonlyArray<string>
}

const outcomes: ReadonlyArray<Result['outcome']> = ['error', 'gone', 'drift', 'same']

/** By code units: the same on every machine, whatever its language. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const reportOf = (
  { stack, project, pending, lookedAt }: Connections,
  results: ReadonlyArray<Result>
): Report => ({
  stack,
  project,
  counts: Object.fromEntries(
    outcomes.map((outcome) => [outcome, results.filter((result) => result.outcome === outcome).length])
  ) as Report['counts'],
  connections: [...results].sort(
    (a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || order(a.name, b.name)
  ),
  unfinished: [
    ...results.flatMap(({ name, unfinished }) => (unfinished === undefined ? [] : [{ name, what: unfinished }])),
    ...pending
  ],
  lookedAt,
  untold: untoldKeys
})

/** 1: an error, so that not everything was compared. 2: drift. */
export const exitCodeOf = ({ counts }: Report): number =>
  counts.error > 0 ? 1 : counts.drift + counts.gone > 0 ? 2 : 0
