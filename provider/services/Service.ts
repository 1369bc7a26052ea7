import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { isGuid } from '../Codecs'
import { changedBy } from '../Difference'
import type { Env, Program } from '../Env'
import { type NotFound, type ProviderError, refused } from '../Errors'
import { doing, exclusively, failing, holdingSbc, operation } from '../Operations'
import { claiming, keptForOther, onItsPlatform, ownerOf } from '../Ownership'
import type { Found } from '../Resource'
import { secretsAt } from '../SecretMarks'
import { type LastOperation, isUnfinished, pick, schemaVersion } from '../State'
import type { Written } from '../Written'
import { type LicenseKey, type ServiceArgs, licenseKeys, secretPlaces } from './Args'
import { claimOf } from './Catalogue'
import { type Changed, changeLicense, unchanged } from './Change'
import { another, confirmGone, deletedOutside, isItself, isOfKind, named } from './Identity'
import type { Kind, Present } from './Kind'
import { differing, typeOf, untold } from './License'
import { type LiveService, isAnother, liveArgs, visibleKeys } from './Live'
import { existsAlready, make } from './Make'
import { warnOutsideChanges, warnUnfinished, warnUnmanaged, warnUntold } from './Notices'
import { type Reached, awaited, reach } from './Reach'
import { isProtected, remove as removeService } from './Remove'
import { getService } from './Requests'
import type { AnyState, FoundState, Origin, ServiceState } from './State'
import { computed, managedKeysOf, written } from './Written'

/**
 * The life of a service, whatever its kind: create, update, read, remove, in this order. A `Program` is an effect that ends with a value or a known error. `pipe`
 * reads from top to bottom, each step with the value of the one before; what wraps a program stands at its end, and begins first.
 */

// ---------------------------------------------------------------- create

/** Creates the service, or takes an existing one over when the program says so. */
export const create =
  <A extends ServiceArgs>(kind: Kind<A>) =>
  (args: A): Program<Written<ServiceState<A>>> =>
    pipe(
      kind.present(args),
      RTE.bindTo('present'),
      RTE.bind('existing', ({ present }) => existing(kind, args, present)),
      RTE.chain(({ present: { origin }, existing: found }) =>
        O.isSome(found) ? takeOver(kind, args, found.value, origin) : createNew(kind, args, origin)
      ),
      exclusively(kind.turn(args)),
      holdingSbc([args.siteLocation?.sbcId]),
      operation('create', secretsAt(args, secretPlaces))
    )

/** The service that is to be taken over; none when a new one is to be made. */
const existing = <A extends ServiceArgs>(
  kind: Kind<A>,
  args: A,
  { customerGuids }: Present
): Program<O.Option<string>> => {
  const { adopt } = args
  if (isGuid(adopt)) return customerGuids.includes(adopt) ? RTE.right(O.some(adopt)) : failing(noSuchService(adopt))
  const [first] = customerGuids
  if (first === undefined) return RTE.right(O.none)
  return adopt === true && customerGuids.length === 1
    ? RTE.right(O.some(first))
    : failing(existsAlready(kind, args, customerGuids))
}

const noSuchService = (customerGuid: string): ProviderError =>
  refused(
    `There is no service ${customerGuid} of this Microsoft tenant, which adopt names; nothing was sent`,
    'take the id from getServices, or leave adopt out to create a service; if this run has just replaced the service, it was deleted before'
  )

/** Makes a new service. From the answer to the `POST` on it exists, so nothing that goes wrong after may lose it. */
const createNew = <A extends ServiceArgs>(kind: Kind<A>, args: A, origin: Origin): Program<Written<ServiceState<A>>> =>
  pipe(
    kind.mayMake(args),
    RTE.chain(() => make(kind, args)),
    RTE.bindTo('made'),
    RTE.bind('reached', ({ made }) => reach(kind, args, made)),
    RTE.bind('changed', ({ reached }) => licensed(kind, args, reached)),
    RTE.chain(({ made: { jobId }, reached: { customerGuid }, changed }) =>
      written(
        kind,
        'create',
        args,
        customerGuid,
        changed,
        { ...origin, ...(jobId === undefined ? {} : { jobId }) },
        withoutLicense(args, {})
      )
    )
  )

/** Sends the license that is declared, when the new service has another one. */
const licensed = <A extends ServiceArgs>(
  kind: Kind<A>,
  args: A,
  { customerGuid, live, fault }: Reached
): Program<Changed> => {
  if (O.isNone(live) || O.isSome(fault)) return RTE.right({ live, fault })
  const before = live.value
  // A new service has nothing of what it does not tell.
  const changed = [...differing(kind.licenses, before, args), ...toldLater(kind, args, before)]
  return pipe(
    changed.length === 0 ? RTE.right(unchanged(before)) : changeLicense({ kind, customerGuid, args, changed, before }),
    RTE.orElse((error) => RTE.right<Env, ProviderError, Changed>({ live, fault: O.some(error) }))
  )
}

/** Declared inputs of the license that the platform does not tell; the name is sent with the creation. */
const toldLater = <A extends ServiceArgs>(
  { licenses }: Kind<A>,
  args: A,
  live: LiveService
): ReadonlyArray<LicenseKey> =>
  untold(licenses, live, args).filter(
    (key) => key !== 'fullName' && !(key === 'license' && typeOf(licenses, args) === licenses.entry)
  )

/** The inputs with the license that was there before: after a fault it may be the one in force, and the next run compares with it. */
const withoutLicense = <A extends ServiceArgs>(args: A, before: Partial<A>): A => {
  const rest = Object.fromEntries(
    Object.entries(args).filter(([key]) => key === 'fullName' || !licenseKeys.some((each) => each === key))
  ) as unknown as A
  return { ...rest, ...pick(before, licenseKeys as unknown as ReadonlyArray<keyof A>) }
}

/** Takes an existing service over: reads it, and sends a license change only when a declared input differs. */
const takeOver = <A extends ServiceArgs>(
  kind: Kind<A>,
  args: A,
  customerGuid: string,
  origin: Origin
): Program<Written<ServiceState<A>>> =>
  pipe(
    getService(customerGuid),
    RTE.chainFirst(isItself(customerGuid, {})),
    RTE.chainFirst((live) => isAsDeclared(customerGuid, args, live)),
    RTE.chainFirst((live) => isOfKind(kind, customerGuid, live)),
    RTE.chainFirst((live) => warnUntold(args, untold(kind.licenses, live, args))),
    RTE.chain((before) => {
      const changed = differing(kind.licenses, before, args)
      return changed.length === 0
        ? RTE.right(unchanged(before))
        : changeLicense({ kind, customerGuid, args, changed, before })
    }),
    RTE.chain((changed) => written(kind, 'adopt', args, customerGuid, changed, origin, withoutLicense(args, {}))),
    claiming(named(customerGuid), claimOf(customerGuid))
  )

const isAsDeclared = (customerGuid: string, args: ServiceArgs, live: LiveService): Program<void> =>
  isAnother(customerGuid, args, live)
    ? failing(
        refused(
          `${named(customerGuid)}, which is to be taken over, has another short name or Microsoft tenant than is declared; nothing was sent`,
          'declare its present shortName and msTenantId (see getService), or correct adopt'
        )
      )
    : RTE.right(undefined)

// ---------------------------------------------------------------- update

/** Changes the license to what is declared now. A change of anything else sends nothing. */
export const update =
  <A extends ServiceArgs>(kind: Kind<A>) =>
  (customerGuid: string, state: FoundState<A>, args: A): Program<Written<ServiceState<A>>> => {
    const changed = changedOf(kind, state, args)
    const optionsOnly = !isUnfinished(anyState(state)) && changed.every((key) => kind.changeRules[key] === 'option')
    return pipe(
      onItsPlatform(named(customerGuid), anyState(state)),
      RTE.chain(() =>
        optionsOnly ? rewritten(kind, customerGuid, state, args) : change(kind, customerGuid, state, args)
      ),
      operation('update', [...secretsAt(args, secretPlaces), ...secretsAt(anyState(state), secretPlaces)])
    )
  }

/** What of a state does not depend on the kind of service. */
const anyState = <A extends ServiceArgs>(state: FoundState<A>): AnyState => state

const changedOf = <A extends ServiceArgs>(
  { changeRules }: Kind<A>,
  state: FoundState<A>,
  args: A
): ReadonlyArray<keyof A & string> => changedBy<keyof A & string>(changeRules)(state, args)

/** The state with the options of this run; everything else stays. */
const rewritten = <A extends ServiceArgs>(
  { argKeys }: Kind<A>,
  customerGuid: string,
  state: FoundState<A>,
  args: A
): Program<Written<ServiceState<A>>> => {
  const rest = Object.fromEntries(Object.entries(state).filter(([key]) => !argKeys.some((each) => each === key)))
  return RTE.right({ id: customerGuid, state: { ...rest, ...args } as unknown as ServiceState<A>, fault: O.none })
}

const change = <A extends ServiceArgs>(
  kind: Kind<A>,
  customerGuid: string,
  state: FoundState<A>,
  args: A
): Program<Written<ServiceState<A>>> => {
  const before = argsOf(kind, state)
  const unfinished = isUnfinished(anyState(state))
  const removed = managedKeysOf(kind, before).filter((key) => args[key] === undefined)
  const changedInputs = changedOf(kind, state, args)
  return pipe(
    warnUnfinished(args, anyState(state)),
    RTE.chain(() => readAgain(kind, customerGuid, state, args)),
    RTE.orElse(explainAbsence(customerGuid)),
    RTE.bindTo('reached'),
    RTE.bind('changed', ({ reached }) => {
      const { live, fault } = reached
      if (O.isSome(fault) || O.isNone(live)) return RTE.right<Env, ProviderError, Changed>(reached)
      const outside = differing(kind.licenses, live.value, before)
      const resent = toldLater(kind, args, live.value).filter((key) => unfinished || changedInputs.includes(key))
      const changed = [...differing(kind.licenses, live.value, args), ...resent]
      return pipe(
        // What a failed write has left is no change from outside.
        warnOutsideChanges(args, unfinished ? [] : outside.filter((key) => changed.includes(key))),
        RTE.chain(() => warnUnmanaged(args, removed)),
        RTE.chain(() =>
          changed.length === 0
            ? RTE.right(unchanged(live.value))
            : changeLicense({
                kind,
                customerGuid,
                args,
                changed,
                before: live.value,
                earlierTasks: tasksOf(anyState(state))
              })
        ),
        // What the platform refuses stays to be done, and the state tells the license in force.
        RTE.orElse((error) =>
          error._tag === 'Rejected' || error._tag === 'Conflict'
            ? RTE.right<Env, ProviderError, Changed>({ live, fault: O.some(error) })
            : RTE.left(error)
        )
      )
    }),
    RTE.chain(({ changed }) =>
      written(kind, 'update', args, customerGuid, changed, anyState(state), withoutLicense(args, before))
    )
  )
}

/** Tasks that the last write may have left under way. */
const tasksOf = (state: AnyState): ReadonlyArray<string> =>
  isUnfinished(state) ? ((state.lastOperation as Partial<LastOperation> | undefined)?.taskIds ?? []) : []

/** The service before a change. One whose creation did not end well is waited for as a new one is. */
const readAgain = <A extends ServiceArgs>(
  kind: Kind<A>,
  customerGuid: string,
  state: FoundState<A>,
  args: A
): Program<Reached> =>
  isUnfinished(anyState(state)) && state.lastOperation?.kind === 'create'
    ? pipe(
        awaited(kind, args, customerGuid, 'beforeChange'),
        RTE.chain((seen) =>
          seen === 'another'
            ? failing<Reached>(another(customerGuid))
            : RTE.right({ customerGuid, live: O.some(seen.live), fault: seen.fault })
        )
      )
    : pipe(
        getService(customerGuid),
        RTE.chainFirst(isItself(customerGuid, args)),
        RTE.map((live): Reached => ({ customerGuid, live: O.some(live), fault: O.none }))
      )

/** A 404 in the middle of a change: deleted outside, or a wrong address. */
const explainAbsence =
  (customerGuid: string) =>
  (error: ProviderError): Program<Reached> =>
    error._tag === 'NotFound'
      ? pipe(
          confirmGone(customerGuid, error),
          RTE.chain(() => RTE.left(deletedOutside(customerGuid)))
        )
      : RTE.left(error)

/** The inputs within a state. */
const argsOf = <A extends ServiceArgs>(kind: Kind<A>, state: FoundState<A>): Partial<A> => {
  const { managedKeys = kind.argKeys } = anyState(state) as { readonly managedKeys?: ReadonlyArray<keyof A & string> }
  return pick(
    state as Partial<A>,
    kind.argKeys.filter((key) => managedKeys.includes(key) || kind.changeRules[key] === 'option')
  ) as Partial<A>
}

// ---------------------------------------------------------------- read

/** A service as a read finds it. */
export type FoundService<A extends ServiceArgs> = Found<A, ServiceState<A>>

/**
 * The service as it is on the platform; none when it is gone. A look without a state (`get`) gives what can be read, and a missing service is an error
 * then.
 */
export const read =
  <A extends ServiceArgs>(kind: Kind<A>) =>
  (customerGuid: string, state: FoundState<A>): Program<O.Option<FoundService<A>>> =>
    pipe(
      onItsPlatform(named(customerGuid), anyState(state)),
      RTE.chain(() => getService(customerGuid)),
      RTE.chainFirst(isItself(customerGuid, anyState(state))),
      RTE.chainFirst((live) => isOfKind(kind, customerGuid, live)),
      RTE.chain((live) => found(kind, customerGuid, state, live)),
      RTE.map(O.some),
      RTE.orElse((error) => (error._tag === 'NotFound' ? gone(customerGuid, anyState(state), error) : RTE.left(error))),
      operation('read', secretsAt(anyState(state), secretPlaces))
    )

const found = <A extends ServiceArgs>(
  kind: Kind<A>,
  customerGuid: string,
  state: FoundState<A>,
  live: LiveService
): Program<FoundService<A>> => {
  const isLook = state.managedKeys === undefined
  const before = argsOf(kind, state)
  const managed = (isLook ? visibleKeys : managedKeysOf(kind, before)) as ReadonlyArray<keyof A>
  const inputs: Partial<A> = { ...before, ...liveArgs(kind.licenses, live, before, managed) }
  return RTE.asks((env: Env) => ({
    inputs,
    state: {
      ...inputs,
      ...computed(kind, customerGuid, before, O.some(live), anyState(state)),
      executionMessages: state.executionMessages ?? [],
      platform: env.platform,
      schemaVersion,
      ...(isLook ? {} : pick(state, ['managedKeys', 'lastOperation']))
    } as unknown as Partial<ServiceState<A>>
  }))
}

const gone = <A extends ServiceArgs>(
  customerGuid: string,
  state: AnyState,
  error: NotFound
): Program<O.Option<FoundService<A>>> =>
  pipe(
    confirmGone(customerGuid, error),
    RTE.chain(() =>
      state.managedKeys === undefined
        ? failing(refused(`There is no service ${customerGuid}`, 'correct the id that get names'))
        : RTE.right(O.none)
    )
  )

// ---------------------------------------------------------------- remove

/** Deletes the service with all of its connections and dial plans, unless it is protected. */
export const remove =
  <A extends ServiceArgs>(kind: Kind<A>) =>
  (customerGuid: string, state: FoundState<A>): Program<void> =>
    pipe(
      onItsPlatform(named(customerGuid), anyState(state)),
      RTE.chain(() => ownerOf(claimOf(customerGuid), anyState(state))),
      RTE.chain((owner) =>
        owner === 'another' ? keptForOther(named(customerGuid)) : removeOwn(kind, customerGuid, anyState(state))
      ),
      holdingSbc([anyState(state).siteLocation?.sbcId]),
      operation('delete', secretsAt(anyState(state), secretPlaces))
    )

const removeOwn = <A extends ServiceArgs>(kind: Kind<A>, customerGuid: string, state: AnyState): Program<void> =>
  pipe(
    getService(customerGuid),
    RTE.map(O.some),
    RTE.orElse((error) =>
      error._tag === 'NotFound'
        ? pipe(
            confirmGone(customerGuid, error),
            RTE.map(() => O.none)
          )
        : RTE.left(error)
    ),
    RTE.chain((live) =>
      O.isNone(live)
        ? doing(() => undefined)
        : pipe(
            isItself(customerGuid, state)(live.value),
            RTE.chain(() =>
              state.deletionProtection === false
                ? removeService(kind, customerGuid, live.value)
                : failing<void>(isProtected(live.value))
            )
          )
    )
  )
