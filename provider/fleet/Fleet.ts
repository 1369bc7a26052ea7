import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RT from 'fp-ts/ReaderTask'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { isDeployed } from '../Answers'
import { sitesOf } from '../Customers'
import { defectText } from '../Defect'
import type { Env, Program } from '../Env'
import { type Subject, errorText } from '../ErrorText'
import { type ProviderError, isDefinite, mismatch, refused } from '../Errors'
import { doing, failing, operation } from '../Operations'
import { onItsPlatform, wanting } from '../Ownership'
import type { Found } from '../Resource'
import { secretsAt } from '../SecretMarks'
import { type LastOperation, pick, schemaVersion } from '../State'
import { few } from '../Words'
import { type Written, ending, lastOperation } from '../Written'
import type { SipConnectionArgs } from '../sip-connection/Args'
import { deployed } from '../sip-connection/Deployed'
import * as SipConnection from '../sip-connection/SipConnection'
import { type FoundState, type SipConnectionState, managedKeysOf } from '../sip-connection/State'
import { subject } from '../sip-connection/Subject'
import { type Rollout, type SipConnectionFleetArgs, fleetKeys } from './Args'
import { type Result, connectionsAfter, endOf } from './Book'
import { planFor, sitesKeptBy } from './Diff'
import { writtenOut } from './Entries'
import { limitFaults } from './Limits'
import { inParallel, usualParallel } from './Parallel'
import { type Plan, type Standing, type Task, changesOf } from './Plan'
import * as Reporting from './Reporting'
import { type Ended, type Rolled, canaryEnd, roll } from './Rollout'
import { stagesOf } from './Stages'
import { type FleetState, type FoundFleet, type Summary, standingOf, stateSecrets } from './State'
import { type End, partly } from './Text'

/**
 * The life of a fleet: create, update, read, remove. A fleet is a plan and a loop over the life of a connection, which does everything that
 * is sent. What a connection ends with is a value here: one that fails does not end the others.
 */

// ---------------------------------------------------------------- one connection

/** A connection of the state as its own resource would hold it. */
export const foundOf = ({ args, siteGuid, outcome, wrote }: Standing, state: FoundFleet): FoundState => ({
  ...args,
  ...(siteGuid === undefined ? {} : { siteGuid }),
  ...(state.platform === undefined ? {} : { platform: state.platform }),
  ...(state.lastOperation === undefined
    ? {}
    : { lastOperation: { ...state.lastOperation, outcome, kind: wrote ?? state.lastOperation.kind } }),
  managedKeys: managedKeysOf(args),
  schemaVersion
})

/** A connection after a write; a fault of it stands in the connection. */
const ofWrite = (written: E.Either<ProviderError, Written<SipConnectionState>>, isGone = false): Result =>
  E.isLeft(written)
    ? { fault: written.left, isGone }
    : {
        connection: written.right,
        isGone,
        ...(O.isNone(written.right.fault) ? {} : { fault: written.right.fault.value })
      }

/** Does a task with the life of a connection. */
const done = (task: Task, fleet: string, state: FoundFleet): RT.ReaderTask<Env, Result> => {
  const entry = { fleet, name: task.name }
  const created = (args: SipConnectionArgs, isGone: boolean): RT.ReaderTask<Env, Result> =>
    pipe(
      Reporting.create(entry, args),
      RT.map((end) => ofWrite(end, isGone))
    )
  if (task.kind === 'create') return created(task.args, false)
  const { before } = task
  const [siteGuid, found] = [before.siteGuid ?? '', foundOf(before, state)]
  if (task.kind === 'update')
    return pipe(
      Reporting.update(entry, siteGuid, found, task.args),
      RT.map((end) => ofWrite(end))
    )
  return pipe(
    Reporting.remove(entry, siteGuid, found),
    RTE.matchE(
      (fault): RT.ReaderTask<Env, Result> => RT.of({ fault, isGone: false }),
      () => (task.kind === 'replace' ? created(task.args, true) : RT.of({ isGone: true }))
    )
  )
}

/** The line of the fleet tells how far the rollout is; what each connection waits for would push it aside. */
const quietly = (env: Env): Env => ({ ...env, progress: () => () => undefined })

/** A defect in one connection must not lose what was done with the others; the next run looks for what it has done. */
const orElseOnThrow =
  <A>(instead: (thrown: unknown) => A) =>
  (task: RT.ReaderTask<Env, A>): RT.ReaderTask<Env, A> =>
  (env) =>
  async () => {
    try {
      return await task(env)()
    } catch (error) {
      return instead(error)
    }
  }

/** A task as a step of the rollout. */
const step =
  (fleet: string, state: FoundFleet) =>
  (task: Task): Program<Ended<Result>> =>
    pipe(
      done(task, fleet, state),
      orElseOnThrow<Result>((error) => ({
        fault: { ...mismatch(defectText(error)), mayHaveChanged: true },
        isGone: false
      })),
      RT.local(quietly),
      RT.chainFirst(({ connection }) => (env: Env) => () => {
        // From here on the fleet has it: its state knows one operation for all of them.
        if (connection !== undefined) env.claims.set(connection.id, env.operation.correlationId)
        return Promise.resolve()
      }),
      RT.map((result) => E.right({ result, failed: result.fault !== undefined, deployed: isDone(result) }))
    )

const isDone = ({ connection }: Result): boolean =>
  connection !== undefined &&
  (isDeployed(connection.state.sbcDeploymentState) || connection.state.configureSbc === false)

/** Waits until the SBC has the connection, as long as one operation may take. */
const awaitDeployed = (_task: Task, ended: Ended<Result>): Program<Ended<Result>> => {
  const { connection } = ended.result
  return connection === undefined
    ? RTE.right(ended)
    : pipe(
        deployed(connection.id),
        RTE.map((sbcDeploymentState) => ({
          ...ended,
          deployed: true,
          result: { ...ended.result, connection: { ...connection, state: { ...connection.state, sbcDeploymentState } } }
        })),
        RTE.orElse(() => RTE.right<Env, ProviderError, Ended<Result>>(ended)),
        operation('read', []),
        orElseOnThrow(() => E.right(ended)),
        RTE.local(quietly)
      )
}

// ---------------------------------------------------------------- create and update

/** Creates the connections, or takes existing ones over where the program says so. */
export const create = (args: SipConnectionFleetArgs): Program<Written<FleetState>> =>
  pipe(
    RTE.asks((env: Env) => `fleet-${env.newId()}`),
    RTE.chain((id) => applied('create', id, {}, args)),
    operation('create', secretsAt(args, stateSecrets))
  )

/** Brings the connections to what is declared now. */
export const update = (id: string, state: FoundFleet, args: SipConnectionFleetArgs): Program<Written<FleetState>> =>
  pipe(
    onItsPlatform('The fleet', state),
    RTE.chain(() => applied('update', id, state, args)),
    operation('update', [...secretsAt(args, stateSecrets), ...secretsAt(state, stateSecrets)])
  )

const applied = (
  kind: 'create' | 'update',
  id: string,
  state: FoundFleet,
  args: SipConnectionFleetArgs
): Program<Written<FleetState>> => {
  const plan = planFor(state, args)
  return pipe(
    noneExists(plan),
    RTE.chain(() => keeping(plan)),
    RTE.chain(() => canaryUnwell(plan, state, canaryBefore(state, args))),
    RTE.chain((stopped) =>
      O.isSome(stopped)
        ? RTE.right({ done: [], notBegun: plan.tasks, stopped })
        : rolled(id, plan.tasks, state, args.rollout ?? {}, canaryBefore(state, args))
    ),
    RTE.chain((end) => written(kind, id, state, args, plan, end))
  )
}

const rolled = (
  fleet: string,
  tasks: ReadonlyArray<Task>,
  state: FoundFleet,
  rollout: Rollout,
  before: ReadonlyArray<string> = []
): Program<Rolled<Task, Result>> =>
  roll(stagesOf(tasks, rollout), rollout, { each: step(fleet, state), awaitDeployed }, before)

/** The canary that others follow: the one that the program calls by its names, else that of the last run, as long as its rollout has not come to its end. */
const canaryBefore = (state: FoundFleet, { rollout, connections }: SipConnectionFleetArgs): ReadonlyArray<string> => {
  const canary = rollout?.canary
  if (Array.isArray(canary)) return canary as ReadonlyArray<string>
  return canary === undefined ? [] : (state.canary ?? []).filter((name) => name in connections)
}

/** The names of a canary that the next run must not pass by: none when this one came to its end, or the program calls them itself. */
const canaryAfter = (
  state: FoundFleet,
  args: SipConnectionFleetArgs,
  { tasks }: Plan,
  { done: ended, stopped }: Rolled<Task, Result>
): Pick<FoundFleet, 'canary'> => {
  if (O.isNone(stopped) || typeof args.rollout?.canary !== 'number') return {}
  const first = stagesOf(tasks, args.rollout).find(({ kind }) => kind === 'canary')
  const begun = ended.filter(([task]) => first?.tasks.includes(task)).map(([{ name }]) => name)
  const canary = begun.length > 0 ? begun : canaryBefore(state, args)
  return canary.length === 0 ? {} : { canary }
}

/**
 * Those of the canary that the SBC did not have after the last run, and that have nothing to do in this one: they are waited for again before others
 * follow.
 */
const canaryUnwell = (
  { tasks, unchanged }: Plan,
  { deploymentStates = {} }: FoundFleet,
  canary: ReadonlyArray<string>
): Program<O.Option<string>> => {
  const names = tasks.some(({ kind }) => kind !== 'delete') ? canary : []
  const waiting = names.flatMap((name) => {
    const before = unchanged.get(name)
    return before?.siteGuid === undefined ||
      before.args.configureSbc === false ||
      isDeployed(deploymentStates[before.name])
      ? []
      : [{ name, siteGuid: before.siteGuid }]
  })
  return pipe(
    inParallel(usualParallel, waiting, ({ name, siteGuid }) =>
      pipe(
        deployed(siteGuid),
        RTE.map((): ReadonlyArray<string> => []),
        RTE.orElse(() => RTE.right<Env, ProviderError, ReadonlyArray<string>>([name])),
        operation('read', [])
      )
    ),
    RTE.chain((unwell) => RTE.asks((env: Env) => canaryEnd(env, { failed: [], notDeployed: unwell.flat() })))
  )
}

/** A site that an entry has is not taken over by another one, which could be the same connection under a name that was changed outside. */
const keeping = (plan: Plan): Program<void> =>
  doing(({ claims, operation: { correlationId } }) => {
    for (const siteGuid of sitesKeptBy(plan)) claims.set(siteGuid, correlationId)
  })

/** A connection that exists already is told before anything is sent, all of them at once: nothing here knows whose they are. */
const noneExists = ({ tasks }: Plan): Program<void> => {
  const made = tasks.flatMap((task) =>
    (task.kind === 'create' || task.kind === 'replace') && (task.args.adopt === undefined || task.args.adopt === false)
      ? [{ name: task.name, args: task.args }]
      : []
  )
  const customers = [...new Set(made.map(({ args }) => args.customerGuid))]
  return pipe(
    inParallel(usualParallel, customers, (customerGuid) =>
      pipe(
        sitesOf(customerGuid),
        RTE.map((sites) => [customerGuid, new Map(sites.map(({ id, name }) => [name, id]))] as const)
      )
    ),
    RTE.chain((read) => {
      const sites = new Map(read)
      const found = made.flatMap(({ name, args }) => {
        const siteGuid = sites.get(args.customerGuid)?.get(args.siteName)
        return siteGuid === undefined
          ? []
          : [{ siteGuid, text: `${name} (site ${siteGuid} of customer ${args.customerGuid})` }]
      })
      return found.length === 0
        ? doing(() => undefined)
        : pipe(
            wanting(found.map(({ siteGuid }) => siteGuid)),
            RTE.chain(() => failing<void>(existAlready(found.map(({ text }) => text))))
          )
    })
  )
}

const existAlready = (found: ReadonlyArray<string>): ProviderError =>
  refused(
    `${found.length} of the connections to create ${found.length === 1 ? 'exists' : 'exist'} already: ${few(found, 50)}; nothing was sent`,
    'if they are yours (of a run that was killed, for instance), declare adopt: true on the fleet, which takes over exactly the declared ones; otherwise correct siteName'
  )

/** Why a connection failed, in the words of its own resource; in one line. */
const why =
  (env: Env) =>
  (task: Task, fault: ProviderError, { connection, isGone }: Result): string => {
    const { headline, details } = errorText(
      failedSubject(task, connection?.id, isGone),
      fault,
      connection !== undefined,
      env.now()
    )
    // What is to be done about this one alone; otherwise it is what the fleet says.
    const next = fault._tag === 'Refused' && fault.next !== undefined ? [`Next: ${fault.next}`] : []
    const text = [headline, ...details.filter((line) => line.startsWith('Platform: ')), ...next].join('; ')
    // The platform may repeat what it was given for another one.
    return env.operation.scrub(text)
  }

/** What a failed task was about; a replacement that has not deleted the old connection has come no further. */
const failedSubject = (task: Task, id: string | undefined, isGone: boolean): Subject => {
  if (task.kind === 'create') return subject('create', task.args, id)
  const { args, siteGuid } = task.before
  if (task.kind === 'update') return subject('update', task.args, siteGuid)
  return task.kind === 'replace' && isGone ? subject('create', task.args, id) : subject('delete', args, siteGuid)
}

/** The state after a rollout. */
const written = (
  kind: 'create' | 'update',
  id: string,
  state: FoundFleet,
  args: SipConnectionFleetArgs,
  plan: Plan,
  rolledOut: Rolled<Task, Result>
): Program<Written<FleetState>> =>
  RTE.asks((env: Env) => {
    const { done: ended, notBegun, stopped } = rolledOut
    const end = endOf(ended, notBegun, O.toUndefined(stopped), why(env))
    const fault = isWell(end) ? O.none : O.some(partly(end))
    return ending(
      env,
      id,
      {
        ...args,
        ...connectionsAfter(state, plan, ended, notBegun),
        ...canaryAfter(state, args, plan, rolledOut),
        summary: summaryOf(end, plan),
        failures: byName(end.failed),
        lastOperation: { ...lastOperation(env, kind, fault), outcome: outcomeOf(end, ended) },
        platform: env.platform,
        schemaVersion
      },
      fault
    )
  })

/** All failures under one name in one text. */
const byName = (failed: End['failed']): Readonly<Record<string, string>> => {
  const texts = new Map<string, string>()
  for (const [name, text] of failed) texts.set(name, texts.has(name) ? `${texts.get(name)}; ${text}` : text)
  return Object.fromEntries(texts)
}

/** How the run ended: of a connection whose end is not known, that of the whole is not. */
const outcomeOf = (end: End, ended: Rolled<Task, Result>['done']): LastOperation['outcome'] => {
  if (isWell(end)) return 'ok'
  return ended.every(([, result]) => hasKnownEnd(result)) ? 'failed' : 'unknown'
}

/** A connection is kept when something may have been done with it, or else its error says so. */
const hasKnownEnd = ({ fault, connection }: Result): boolean =>
  fault === undefined || isDefinite(fault) || (connection === undefined && fault.mayHaveChanged !== true)

const isWell = ({ failed, notBegun, stopped }: End): boolean =>
  failed.length === 0 && notBegun.length === 0 && stopped === undefined

const summaryOf = ({ done: all, failed, notBegun }: End, { unchanged }: Plan): Summary => {
  const count = (verb: string): number => all.filter(([, what]) => what === verb).length
  return {
    created: count('created'),
    updated: count('updated'),
    deleted: count('deleted'),
    unchanged: unchanged.size,
    failed: failed.length,
    notBegun: notBegun.length
  }
}

// ---------------------------------------------------------------- read

/** The connections as they are on the platform. Those that are gone are no longer among them; the next run makes them again. */
export const read = (_id: string, state: FoundFleet): Program<O.Option<Found<SipConnectionFleetArgs, FleetState>>> =>
  pipe(
    onItsPlatform('The fleet', state),
    RTE.chain(() =>
      readEach(
        standingOf(state).filter(({ isMade }) => isMade),
        state
      )
    ),
    RTE.chain((seen) => RTE.asks((env: Env) => O.some(foundBy(env.platform, state, seen)))),
    operation('read', secretsAt(state, stateSecrets))
  )

/** What a read tells of a connection, and no more: thousands of whole answers are not kept until the last one is there. */
interface Sight {
  /** The live values of the inputs that are not as before. */
  readonly changes: Partial<SipConnectionArgs>
  readonly deploymentState: string | undefined
}

/** A connection as a read found it; none: it is gone. */
type Seen = readonly [before: Standing, sight: O.Option<Sight>]

const sightOf =
  (before: Standing) =>
  ({ inputs, state }: SipConnection.FoundConnection): Sight => ({
    changes: pick(inputs, changesOf(before, inputs) as ReadonlyArray<keyof SipConnectionArgs>),
    deploymentState: state.sbcDeploymentState
  })

/** As many at a time as the rollout changes at a time; the limit of requests holds besides. */
const readEach = (standing: ReadonlyArray<Standing>, state: FoundFleet): Program<ReadonlyArray<Seen>> =>
  inParallel(state.rollout?.maxParallel ?? usualParallel, standing, (before) =>
    pipe(
      SipConnection.read(before.siteGuid ?? '', foundOf(before, state)),
      RTE.map((found): Seen => [before, pipe(found, O.map(sightOf(before)))])
    )
  )

/** The entries with what was changed outside written out in them, and without what is gone. */
const foundBy = (
  platform: string,
  state: FoundFleet,
  seen: ReadonlyArray<Seen>
): Found<SipConnectionFleetArgs, FleetState> => {
  const connections = { ...state.connections }
  const siteGuids = { ...state.siteGuids }
  const deploymentStates = { ...state.deploymentStates }
  const executionMessages = { ...state.executionMessages }
  const pending = { ...state.pending }
  const leftovers = { ...state.leftovers }
  for (const [before, sight] of seen) {
    const { name, args, siteGuid = '' } = before
    const isLeftover = siteGuid in leftovers
    if (O.isNone(sight)) {
      if (isLeftover) delete leftovers[siteGuid]
      else
        for (const record of [connections, siteGuids, deploymentStates, executionMessages, pending]) delete record[name]
      continue
    }
    const { changes, deploymentState } = sight.value
    const live = { ...args, ...changes }
    if (isLeftover) leftovers[siteGuid] = { ...leftovers[siteGuid], name, outcome: before.outcome, args: live }
    else if (name in pending) pending[name] = { ...pending[name], outcome: before.outcome, args: live }
    else if (Object.keys(changes).length > 0) connections[name] = writtenOut(connections[name] ?? {}, args, changes)
    if (!isLeftover && deploymentState !== undefined) deploymentStates[name] = deploymentState
  }
  return {
    state: { ...state, connections, siteGuids, deploymentStates, executionMessages, pending, leftovers, platform },
    inputs: { ...pick(state, fleetKeys), connections }
  }
}

// ---------------------------------------------------------------- remove

/**
 * Deletes the connections, unless the limits of the last run allow fewer deletions: the engine asks for no check before it. Those that could not be deleted
 * keep the fleet in the state; the next run meets the others as gone.
 */
export const remove = (id: string, state: FoundFleet): Program<void> =>
  pipe(
    onItsPlatform('The fleet', state),
    RTE.chain(() => mayBeDeleted(state)),
    RTE.chain(() => rolled(id, planFor(state, {}).tasks, state, state.rollout ?? {})),
    RTE.chain(({ done: ended, notBegun, stopped }) => (env: Env) => {
      const end = endOf(ended, notBegun, O.toUndefined(stopped), why(env))
      return isWell(end) ? doing(() => undefined)(env) : failing<void>(partly(end))(env)
    }),
    operation('delete', secretsAt(state, stateSecrets))
  )

const mayBeDeleted = (state: FoundFleet): Program<void> => {
  const { maxDeletes } = state.limits ?? {}
  const [fault] = limitFaults(maxDeletes === undefined ? {} : { maxDeletes }, planFor(state, {}).tasks, [])
  return fault === undefined
    ? doing(() => undefined)
    : failing<void>(
        refused(
          `limits.maxDeletes: ${fault[1]}; nothing was sent`,
          'raise limits.maxDeletes, or take it out, run "pulumi up", and then delete the fleet'
        )
      )
}
