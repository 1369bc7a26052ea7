import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { groupBy } from 'fp-ts/ReadonlyNonEmptyArray'
import { pipe } from 'fp-ts/function'
import { isUnknown } from '../Unknowns'
import { few } from '../Words'
import type { Limits, SipConnectionFleetArgs } from './Args'
import { entriesOf } from './Entries'

/** What a run may change at most, and how many calls an SBC may carry. Pure: a policy pack holds programs of single connections to the same. */

/** A change of the plan. One that moves a connection to another customer is a `replace`. */
export interface PlannedChange {
  readonly name: string
  readonly kind: 'create' | 'update' | 'replace' | 'delete'
  readonly sbcId: number | undefined
  /** What is there before: a connection that moves to another SBC is a change on both. */
  readonly before?: { readonly args: { readonly sbcId?: number } }
}

/** What a connection that is to be there says about its capacity. */
export interface CountedConnection {
  readonly name: string
  readonly sbcId: number | undefined
  readonly enableCac?: boolean
  readonly cacProfile?: string
}

/** A limit that a plan is over: which one, the numbers, the names and what to do, and where below `limits` it stands when not at the limit itself. */
export type LimitFault = readonly [key: keyof Limits, text: string, path?: string]

/** Where the connections of a fleet say it. */
export const countedOf = (
  fleet: Partial<Pick<SipConnectionFleetArgs, 'connections' | 'defaults'>>
): ReadonlyArray<CountedConnection> =>
  entriesOf(fleet).map(({ name, args: { sbcId, enableCac, cacProfile } }) => ({
    name,
    sbcId,
    ...(enableCac === undefined ? {} : { enableCac }),
    ...(cacProfile === undefined ? {} : { cacProfile })
  }))

/**
 * The number of CAC sessions in the name of a profile: a whole number, alone or with the word `sessions` (or `session`) behind it. Any other name is
 * the service provider's own and says no number.
 *
 * @example
 * import * as assert from 'node:assert'
 * import * as O from 'fp-ts/Option'
 * import { sessionsOf } from '../provider/fleet/Limits'
 *
 * assert.deepStrictEqual(sessionsOf('10 sessions'), O.some(10))
 * assert.deepStrictEqual(sessionsOf('Gold'), O.none)
 */
export const sessionsOf = (cacProfile: string): O.Option<number> =>
  pipe(
    O.fromNullable(/^\s*(\d+)(?:\s*sessions?)?\s*$/i.exec(cacProfile)?.[1]),
    O.map(Number),
    O.filter(Number.isSafeInteger)
  )

/** The sessions that a connection takes on its SBC, or why they cannot be counted. The platform's default of `enableCac` is true. */
export const countedSessions = ({ enableCac, cacProfile }: CountedConnection): E.Either<string, number> => {
  if (enableCac === false) return E.right(0)
  if (isUnknown(enableCac)) return E.left('enableCac is not known yet')
  if (cacProfile === undefined) return E.left('no cacProfile is declared')
  if (isUnknown(cacProfile)) return E.left('cacProfile is not known yet')
  return pipe(
    sessionsOf(cacProfile),
    E.fromOption(() => 'cacProfile has no number of sessions such as "10 sessions"')
  )
}

/** `1 change`, `2 changes`. */
const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

const allowed = (most: number): string =>
  most === 0 ? 'none is allowed' : `${most} ${most === 1 ? 'is' : 'are'} allowed`

const namesOf = (all: ReadonlyArray<{ readonly name: string }>): string => few(all.map(({ name }) => name))

/** A limit that is not declared, or not known yet, is none. */
const isOver = (n: number, most: number | undefined): most is number => typeof most === 'number' && n > most

const inSteps = 'raise the limit if all of it is meant, or split the change'

const deletesFault = ({ maxDeletes }: Limits, changes: ReadonlyArray<PlannedChange>): ReadonlyArray<LimitFault> => {
  const deletes = changes.filter(({ kind }) => kind === 'delete' || kind === 'replace')
  return isOver(deletes.length, maxDeletes)
    ? [
        [
          'maxDeletes',
          `the plan deletes ${count(deletes.length, 'connection')} (${namesOf(deletes)}), ${allowed(maxDeletes)}; ${inSteps}`
        ]
      ]
    : []
}

const changesFault = ({ maxChanges }: Limits, changes: ReadonlyArray<PlannedChange>): ReadonlyArray<LimitFault> =>
  isOver(changes.length, maxChanges)
    ? [
        [
          'maxChanges',
          `the plan changes ${count(changes.length, 'connection')} (${namesOf(changes)}), ${allowed(maxChanges)}; ${inSteps}`
        ]
      ]
    : []

/** By the id of the SBC, in the order of the ids. What has no SBC yet belongs to none. */
const bySbc = <T extends { readonly sbcId: number | undefined }>(
  all: ReadonlyArray<T>
): Readonly<Record<string, ReadonlyArray<T>>> =>
  pipe(
    all.filter(({ sbcId }) => typeof sbcId === 'number'),
    groupBy(({ sbcId }) => String(sbcId))
  )

/** A change on each SBC that it touches. */
const onEachSbc = ({ name, sbcId, before }: PlannedChange): ReadonlyArray<Pick<PlannedChange, 'name' | 'sbcId'>> =>
  [...new Set([sbcId, before?.args.sbcId])].map((each) => ({ name, sbcId: each }))

const changesPerSbcFault = (
  { maxChangesPerSbc: most }: Limits,
  changes: ReadonlyArray<PlannedChange>
): ReadonlyArray<LimitFault> => {
  const over = Object.entries(bySbc(changes.flatMap(onEachSbc))).filter(([, each]) => isOver(each.length, most))
  return most === undefined || over.length === 0
    ? []
    : [
        [
          'maxChangesPerSbc',
          `the plan changes ${few(over.map(([sbcId, each]) => `${count(each.length, 'connection')} on SBC ${sbcId} (${namesOf(each)})`))}, ${allowed(most)} on one; ${inSteps}`
        ]
      ]
}

/** SBCs with a limit of their sessions. */
const sessionLimits = ({ cacSessionsPerSbc }: Limits): ReadonlyArray<readonly [sbcId: string, most: number]> =>
  cacSessionsPerSbc === undefined || isUnknown(cacSessionsPerSbc) ? [] : Object.entries(cacSessionsPerSbc)

const sessionsFaults = (limits: Limits, connections: ReadonlyArray<CountedConnection>): ReadonlyArray<LimitFault> => {
  const on = bySbc(connections)
  return sessionLimits(limits).flatMap(([sbcId, most]) => {
    const counted = (on[sbcId] ?? []).flatMap((connection) =>
      pipe(
        countedSessions(connection),
        E.match(
          () => [],
          (sessions) => (sessions === 0 ? [] : [{ name: connection.name, sessions }])
        )
      )
    )
    const sum = counted.reduce((total, { sessions }) => total + sessions, 0)
    return isOver(sum, most)
      ? [
          [
            'cacSessionsPerSbc',
            `the connections on SBC ${sbcId} declare ${count(sum, 'session')} (${few(counted.map(({ name, sessions }) => `${name}: ${sessions}`))}), ${allowed(most)}; raise the limit if the SBC can carry them, or declare smaller profiles or another SBC`,
            `cacSessionsPerSbc.${sbcId}`
          ] as const
        ]
      : []
  })
}

/**
 * The limits that a plan is over, each with the numbers and the first names. What is not known yet is not judged.
 *
 * @param changes the plan, without connections that stay as they are and those of which only options change
 * @param connections all connections that are to be there after the run
 *
 * @example
 * import * as assert from 'node:assert'
 * import { limitFaults } from '../provider/fleet/Limits'
 *
 * const branch = { name: 'branch-7', sbcId: 3 }
 * assert.deepStrictEqual(limitFaults({ maxDeletes: 0 }, [{ ...branch, kind: 'delete' }], []), [
 *   [
 *     'maxDeletes',
 *     'the plan deletes 1 connection (branch-7), none is allowed; raise the limit if all of it is meant, or split the change'
 *   ]
 * ])
 */
export const limitFaults = (
  limits: Limits,
  changes: ReadonlyArray<PlannedChange>,
  connections: ReadonlyArray<CountedConnection>
): ReadonlyArray<LimitFault> => [
  ...deletesFault(limits, changes),
  ...changesFault(limits, changes),
  ...changesPerSbcFault(limits, changes),
  ...sessionsFaults(limits, connections)
]

/**
 * The connections whose sessions cannot be counted, in words: a line a reason, with the first names.
 *
 * @param asksFor whether their SBC has a limit; default: all have one
 */
export const uncounted = (
  connections: ReadonlyArray<CountedConnection>,
  asksFor: (sbcId: number | undefined) => boolean = () => true
): ReadonlyArray<string> => {
  const told = connections.flatMap((connection) => {
    const { name, sbcId } = connection
    if (!isUnknown(sbcId) && !asksFor(sbcId)) return []
    return pipe(
      countedSessions(connection),
      E.match(
        (why) => [{ name, why }],
        (sessions) => (isUnknown(sbcId) && sessions > 0 ? [{ name, why: 'sbcId is not known yet' }] : [])
      )
    )
  })
  return Object.entries(groupBy<(typeof told)[number]>(({ why }) => why)(told)).map(
    ([why, all]) => `${count(all.length, 'connection')} (${namesOf(all)}): ${why}`
  )
}

/** The same of the connections on SBCs that `limits` name. A connection whose SBC is not known yet may be on one of them. */
export const uncountedProfiles = (
  limits: Limits,
  connections: ReadonlyArray<CountedConnection>
): ReadonlyArray<string> => {
  const limited = new Set(sessionLimits(limits).map(([sbcId]) => sbcId))
  return limited.size === 0
    ? []
    : uncounted(connections, (sbcId) => limited.has(String(sbcId))).map(
        (line) => `limits.cacSessionsPerSbc does not count ${line}`
      )
}
