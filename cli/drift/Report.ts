import { resources } from '../report/Kinds'
import type { Ours, Pending } from '../state/StackExport'
import type { Result } from './Compare'

/** A comparison of a whole state, for every form of output. */
export interface Report {
  readonly stack: string
  readonly project: string
  readonly counts: Readonly<Record<Result['outcome'], number>>
  /** SIP connections: those with an error first, then those that are gone, then those that differ; by name. */
  readonly connections: ReadonlyArray<Result>
  /** Other resources of the package, in the same order; absent where the state holds none. */
  readonly others?: ReadonlyArray<Result>
  /** What runs have left undone, by resource. */
  readonly unfinished: ReadonlyArray<Pending>
  /** Resources that the program only looks at (`get`): there is nothing to compare. */
  readonly lookedAt: number
  /** Inputs of a connection whose live value the platform does not tell. */
  readonly untold: ReadonlyArray<string>
}

const outcomes: ReadonlyArray<Result['outcome']> = ['error', 'gone', 'drift', 'same']

/** By code units: the same on every machine, whatever its language. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sorted = (results: ReadonlyArray<Result>): ReadonlyArray<Result> =>
  [...results].sort((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || order(a.name, b.name))

export const reportOf = ({ stack, project, pending, lookedAt }: Ours, results: ReadonlyArray<Result>): Report => {
  const others = results.filter(({ kind }) => kind !== undefined)
  return {
    stack,
    project,
    counts: Object.fromEntries(
      outcomes.map((outcome) => [outcome, results.filter((result) => result.outcome === outcome).length])
    ) as Report['counts'],
    connections: sorted(results.filter(({ kind }) => kind === undefined)),
    ...(others.length === 0 ? {} : { others: sorted(others) }),
    unfinished: [
      ...results.flatMap(({ name, kind, unfinished }) =>
        unfinished === undefined ? [] : [{ name, ...(kind === undefined ? {} : { kind }), what: unfinished }]
      ),
      ...pending
    ],
    lookedAt,
    untold: resources.sipConnection.untold
  }
}

/** All results in one order. */
export const resultsOf = ({ connections, others = [] }: Report): ReadonlyArray<Result> =>
  sorted([...connections, ...others])

/** 1: an error, so that not everything was compared. 2: drift. */
export const exitCodeOf = ({ counts }: Report): number =>
  counts.error > 0 ? 1 : counts.drift + counts.gone > 0 ? 2 : 0
