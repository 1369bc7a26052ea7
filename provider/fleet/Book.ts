import type { ProviderError } from '../Errors'
import { argsOf, type SipConnectionState } from '../sip-connection/State'
import type { Written } from '../Written'
import type { Plan, Standing, Task } from './Plan'
import type { FleetComputed, FoundFleet, Leftover, Pending } from './State'
import type { End } from './Text'

/** What a fleet holds of its connections after a rollout: one entry a connection, whatever became of it. Pure. */

/** How a task ended. */
export interface Result {
  /** The connection, where there is one after it. */
  readonly connection?: Written<SipConnectionState>
  /** What went wrong. */
  readonly fault?: ProviderError
  /** Whether the connection of before is known to be deleted. */
  readonly isGone: boolean
}

type Kept = Pick<FleetComputed, 'siteGuids' | 'deploymentStates' | 'executionMessages'> & {
  readonly pending: Readonly<Record<string, Pending>>
  readonly leftovers: Readonly<Record<string, Leftover>>
}

/** One connection after a run. */
interface Line {
  readonly name: string
  readonly siteGuid?: string
  readonly deploymentState?: string
  readonly messages?: string
  readonly pending?: Pending
  readonly leftover?: Leftover
}

const verbs = { create: 'created', update: 'updated', replace: 'updated', delete: 'deleted' } as const

/** A connection as it was before the run. */
const asBefore = (name: string, before: Standing, state: FoundFleet): Line => {
  // An entry that is no longer declared may have had a name that another one has now.
  const isItself = state.siteGuids?.[before.name] === before.siteGuid
  const deploymentState = isItself ? state.deploymentStates?.[before.name] : undefined
  const messages = isItself ? state.executionMessages?.[before.name] : undefined
  return {
    name,
    ...(before.siteGuid === undefined ? {} : { siteGuid: before.siteGuid }),
    ...(deploymentState === undefined ? {} : { deploymentState }),
    ...(messages === undefined ? {} : { messages })
  }
}

/** A connection that the run has not changed. */
const untouched = (task: Task, state: FoundFleet, outcome: Pending['outcome']): Line => {
  const { name } = task
  if (task.kind === 'create') return { name, pending: { outcome } }
  const { before } = task
  return task.kind === 'delete'
    ? {
        name,
        leftover: { name, ...asItWas(before) },
        ...(before.siteGuid === undefined ? {} : { siteGuid: before.siteGuid })
      }
    : { ...asBefore(name, before, state), pending: asItWas(before) }
}

/** How the last write left it. */
const asItWas = ({ args, outcome, wrote }: Standing): Pending & Pick<Leftover, 'args'> => ({
  args,
  outcome,
  ...(wrote === undefined ? {} : { wrote })
})

const lineOf = (task: Task, { connection, fault, isGone }: Result, state: FoundFleet): Line | undefined => {
  const { name } = task
  if (connection !== undefined) {
    const { id, state: after } = connection
    const { outcome, kind } = after.lastOperation
    return {
      name,
      siteGuid: id,
      messages: after.executionMessages
        .map(({ level, message }) => (level === 'Error' ? `Error: ${message}` : message))
        .join('\n'),
      ...(after.sbcDeploymentState === undefined ? {} : { deploymentState: after.sbcDeploymentState }),
      ...(fault === undefined ? {} : { pending: { args: argsOf(after), outcome, wrote: kind } })
    }
  }
  if (task.kind === 'delete' && fault === undefined) return undefined
  return isGone ? { name, pending: { outcome: 'failed' } } : untouched(task, state, 'failed')
}

const record = <A>(lines: ReadonlyArray<Line>, of: (line: Line) => A | undefined): Readonly<Record<string, A>> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const value = of(line)
      return value === undefined ? [] : [[line.name, value] as const]
    })
  )

/** The connections after a rollout. */
export const connectionsAfter = (
  state: FoundFleet,
  { unchanged }: Plan,
  done: ReadonlyArray<readonly [Task, Result]>,
  notBegun: ReadonlyArray<Task>
): Kept => {
  const lines = [
    ...[...unchanged].map(([name, before]) => asBefore(name, before, state)),
    ...done.map(([task, result]) => lineOf(task, result, state)),
    ...notBegun.map((task) => untouched(task, state, 'ok'))
  ].filter((line) => line !== undefined)
  const declared = lines.filter(({ leftover }) => leftover === undefined)
  return {
    siteGuids: record(declared, ({ siteGuid }) => siteGuid),
    deploymentStates: record(declared, ({ deploymentState }) => deploymentState),
    executionMessages: record(declared, ({ messages }) => messages),
    pending: record(declared, ({ pending }) => pending),
    leftovers: Object.fromEntries(
      lines.flatMap(({ siteGuid, leftover }) =>
        siteGuid === undefined || leftover === undefined ? [] : [[siteGuid, leftover] as const]
      )
    )
  }
}

/**
 * The end of a rollout, for its text.
 *
 * @param why the words for a connection that failed
 */
export const endOf = (
  done: ReadonlyArray<readonly [Task, Result]>,
  notBegun: ReadonlyArray<Task>,
  stopped: string | undefined,
  why: (task: Task, fault: ProviderError, result: Result) => string
): End => ({
  done: done.filter(([, { fault }]) => fault === undefined).map(([{ name, kind }]) => [name, verbs[kind]] as const),
  failed: done.flatMap(([task, result]) =>
    result.fault === undefined ? [] : [[task.name, why(task, result.fault, result)] as const]
  ),
  notBegun: notBegun.map(({ name }) => name),
  stopped
})
