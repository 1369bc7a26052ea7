import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { sitesNamed, sitesOf } from '../Customers'
import type { Env, Program, Site } from '../Env'
import { type ProviderError, failed, refused } from '../Errors'
import { exclusively, holdingSbc, operation } from '../Operations'
import { isSecretName } from '../Secrets'
import { type Added, add, existsAlready } from './Add'
import { type ArgKey, type SipConnectionArgs, isGuid, optionKeys, secretsOf } from './Args'
import { clearable } from './Body'
import { changedKeys } from './Diff'
import { notCarriedByAdd } from './Fields'
import { differing, isReadable, liveArgs, visibleKeys } from './Live'
import { errorTexts, sbcProgrammed } from './Messages'
import { type Modified, modify } from './Modify'
import { confirmGone, deletedOutside, remove as removeSite } from './Remove'
import { getSite } from './Requests'
import { settle } from './Settle'
import {
  type FoundState,
  type LastOperation,
  type SipConnectionState,
  argsOf,
  managedKeysOf,
  pick,
  schemaVersion
} from './State'
import { type SiteAnswer, taskIds } from './Wire'

/**
 * The life of a SIP connection: create, update, read, remove, in this order. `Check.ts` and `Diff.ts` come before it and need no
 * platform. A `Program` is an effect that ends with a value or a known error; `pipe` reads from top to bottom.
 */

/** A connection after a write. With a fault it exists and belongs into the state, and something went wrong with it. */
export interface Written {
  readonly siteGuid: string
  readonly state: SipConnectionState
  readonly fault: O.Option<ProviderError>
}

/** A connection as a read finds it. */
export interface Found {
  readonly state: FoundState
  /** The live values of the managed inputs. */
  readonly inputs: Partial<SipConnectionArgs>
}

// ---------------------------------------------------------------- create

/** Creates the connection, or takes an existing one over when the program says so. */
export const create = (args: SipConnectionArgs): Program<Written> =>
  pipe(
    existing(args),
    RTE.chain((found) => (O.isSome(found) ? takeOver(args, found.value.id) : createNew(args))),
    exclusively(`name ${args.customerGuid} ${args.siteName}`),
    holdingSbc([args.sbcId]),
    operation('create', secretsOf(args, isSecretName))
  )

/** The connection that is to be taken over; none when a new one is to be made. */
const existing = (args: SipConnectionArgs): Program<O.Option<Site>> => {
  const { adopt, customerGuid, siteName } = args
  if (isGuid(adopt)) {
    return pipe(
      sitesOf(customerGuid),
      RTE.map((sites) => sites.filter(({ id }) => id === adopt)),
      RTE.chain(([site]) => (site === undefined ? RTE.left(noSuchSite(adopt, customerGuid)) : RTE.right(O.some(site))))
    )
  }
  return pipe(
    sitesNamed(customerGuid, siteName),
    RTE.chain((sites) => {
      const [first] = sites
      if (first === undefined) return RTE.right(O.none)
      return adopt === true && sites.length === 1 ? RTE.right(O.some(first)) : RTE.left(existsAlready(args, sites))
    })
  )
}

const noSuchSite = (siteGuid: string, customerGuid: string): ProviderError =>
  refused(
    `Customer ${customerGuid} has no connection ${siteGuid}, which adopt names; nothing was sent`,
    'take the id from the service details of the customer (field SiteLocation), or leave adopt out to create a connection'
  )

/** Makes a new connection. From the answer to Add on it exists, so nothing that goes wrong after may lose it. */
const createNew = (args: SipConnectionArgs): Program<Written> =>
  pipe(
    hasScripts(args),
    RTE.chain(() => add(args)),
    RTE.chainFirst(({ siteGuid }) => claim(siteGuid)),
    RTE.chain((added) =>
      pipe(
        complete(args, added),
        RTE.orElse((fault) => RTE.right<Env, ProviderError, Modified>({ site: O.none, fault: O.some(fault) })),
        RTE.chain((modified) => written('create', args, added.siteGuid, modified))
      )
    )
  )

const hasScripts = (args: SipConnectionArgs): Program<void> =>
  args.sbcScripts?.onboardingScript === undefined || args.sbcScripts.cleanupScript === undefined
    ? RTE.left(
        refused(
          `There is no connection "${args.siteName}" to take over, and a new one needs both sbcScripts; nothing was sent`,
          'declare sbcScripts: { onboardingScript, cleanupScript }, or correct siteName'
        )
      )
    : RTE.right(undefined)

/** Waits for a new connection, and sends what Add could not carry, or did not take, in one `PATCH`. */
const complete = (args: SipConnectionArgs, added: Added): Program<Modified> => {
  const said = errorTexts(added.messages)
  if (added.fault !== undefined) return RTE.left(added.fault)
  if (said.length > 0)
    return (env) => RTE.left<Env, ProviderError, Modified>(failed(said.map(env.operation.scrub)))(env)
  const managed = managedKeysOf(args)
  return pipe(
    settle(added.siteGuid, { isNew: true }),
    RTE.chain((site) =>
      managed.some((key) => notCarriedByAdd.includes(key)) || differing(site, args, managed).length > 0
        ? modify({ siteGuid: added.siteGuid, args, removed: [], removedVariables: [], before: site })
        : RTE.right(unchanged(site))
    )
  )
}

/** A connection that needs no `PATCH`. */
const unchanged = (site: SiteAnswer): Modified => ({ site: O.some(site), fault: O.none })

/** Takes an existing connection over: reads it, and sends a `PATCH` only when a declared field differs. */
const takeOver = (args: SipConnectionArgs, siteGuid: string): Program<Written> =>
  pipe(
    settle(siteGuid),
    RTE.chainFirst((site) => isAllowed(args, site)),
    RTE.chainFirst(() => warnUnreadable(args)),
    RTE.chain((site) =>
      differing(site, args, managedKeysOf(args)).length === 0
        ? RTE.right(unchanged(site))
        : modify({ siteGuid, args, removed: [], removedVariables: [], before: site })
    ),
    RTE.chain((modified) => written('adopt', args, siteGuid, modified)),
    claiming(siteGuid)
  )

/** Two resources of one program must not manage the same connection: the second one is told. */
const claiming =
  (siteGuid: string) =>
  (program: Program<Written>): Program<Written> =>
  (env) =>
  async () => {
    if (env.claims.has(siteGuid)) {
      return E.left(
        refused(
          `Connection ${siteGuid} is managed by another resource of this program already; nothing was sent`,
          'remove one of the two'
        )
      )
    }
    env.claims.add(siteGuid)
    const result = await program(env)()
    if (E.isLeft(result)) env.claims.delete(siteGuid)
    return result
  }

const claim = (siteGuid: string): Program<void> => RTE.asks((env: Env) => void env.claims.add(siteGuid))

/** The dangerous changes need their word in `allow` at a takeover as well. */
const isAllowed = (args: SipConnectionArgs, site: SiteAnswer): Program<void> => {
  const allowed = args.allow ?? []
  const [renames, moves] = [differing(site, args, ['siteName']).length > 0, differing(site, args, ['sbcId']).length > 0]
  if (renames && !allowed.includes('rename')) {
    return RTE.left(
      refused(
        'The connection to take over has another name, and a rename is not allowed; nothing was sent',
        'declare its present name, or allow: ["rename"]'
      )
    )
  }
  return moves && !allowed.includes('sbcMove')
    ? RTE.left(
        refused(
          `The connection to take over is on SBC ${site.sbcInfo?.sbcId ?? 'unknown'}, and a move is not allowed; nothing was sent`,
          'declare its present sbcId, or allow: ["sbcMove"]'
        )
      )
    : RTE.right(undefined)
}

const warnUnreadable = (args: SipConnectionArgs): Program<void> => {
  const unread = managedKeysOf(args).filter((key) => !isReadable(key) && key !== 'customerGuid')
  return RTE.asks((env: Env) => {
    if (unread.length > 0) {
      env.warn(
        `Connection "${args.siteName}" is taken over. The platform does not return ${unread.join(', ')}: they are taken as declared, and sent with the next change.`
      )
    }
  })
}

// ---------------------------------------------------------------- update

/** Changes the connection to what is declared now. A change of options alone sends nothing. */
export const update = (siteGuid: string, state: FoundState, args: SipConnectionArgs): Program<Written> => {
  const changed = changedKeys(state, args)
  const finished = state.lastOperation?.outcome === 'ok'
  const optionsOnly = finished && changed.every((key) => optionKeys.includes(key))
  return pipe(
    onItsPlatform(siteGuid, state),
    RTE.chain(() =>
      optionsOnly
        ? rewritten(siteGuid, state, args)
        : pipe(change(siteGuid, state, args), holdingSbc([state.sbcId, args.sbcId]))
    ),
    operation('update', [...secretsOf(args, isSecretName), ...secretsOf(state, isSecretName)])
  )
}

/** The state with the options of this run; everything else stays. */
const rewritten = (siteGuid: string, state: FoundState, args: SipConnectionArgs): Program<Written> => {
  const { adopt: _adopt, allow: _allow, ...rest } = state
  return RTE.right({ siteGuid, state: { ...rest, ...args } as SipConnectionState, fault: O.none })
}

const change = (siteGuid: string, state: FoundState, args: SipConnectionArgs): Program<Written> => {
  const before = argsOf(state)
  // What a failed write has left is no change from outside.
  const finished = state.lastOperation?.outcome === 'ok'
  const removed = managedKeysOf(before).filter((key) => args[key] === undefined)
  const variables = args.sbcScripts?.customerVariables ?? {}
  const removedVariables = Object.keys(before.sbcScripts?.customerVariables ?? {}).filter(
    (name) => args.sbcScripts !== undefined && variables[name] === undefined
  )
  return pipe(
    warnUnfinished(args, state),
    RTE.chain(() => settle(siteGuid)),
    RTE.orElse(explainAbsence(siteGuid, state)),
    RTE.chainFirst((site) =>
      finished ? warnOutsideChanges(args, differing(site, before, managedKeysOf(before))) : RTE.right(undefined)
    ),
    RTE.chainFirst(() => warnUnmanaged(args, removed)),
    RTE.chain((site) => modify({ siteGuid, args, removed, removedVariables, before: site })),
    RTE.chain((modified) => written('update', args, siteGuid, modified, uncleared(args, before, removedVariables)))
  )
}

/**
 * The inputs with those that were to be cleared: after a fault they may still have their values, and what the state does not name is
 * never cleared again.
 */
const uncleared = (
  args: SipConnectionArgs,
  before: Partial<SipConnectionArgs>,
  removedVariables: ReadonlyArray<string>
): SipConnectionArgs => {
  const all = { ...pick(before, managedKeysOf(before)), ...args }
  const variables = pick(before.sbcScripts?.customerVariables ?? {}, removedVariables)
  return removedVariables.length === 0
    ? all
    : {
        ...all,
        sbcScripts: { ...args.sbcScripts, customerVariables: { ...variables, ...args.sbcScripts?.customerVariables } }
      }
}

const warnUnfinished = (args: SipConnectionArgs, state: FoundState): Program<void> =>
  RTE.asks((env: Env) => {
    const last = state.lastOperation
    if (last !== undefined && last.outcome !== 'ok') {
      env.warn(
        `The last ${last.kind} of connection "${args.siteName}" ended ${last.outcome === 'failed' ? 'with an error' : 'without a clear answer'} (correlation id ${last.correlationId}). ` +
          'It is finished now: read first, then all declared fields are sent.'
      )
    }
  })

const warnOutsideChanges = (args: SipConnectionArgs, keys: ReadonlyArray<ArgKey>): Program<void> =>
  RTE.asks((env: Env) => {
    if (keys.length > 0) {
      env.warn(
        `Connection "${args.siteName}" was changed outside of Pulumi since the last run: ${keys.join(', ')}. The declared values are sent.`
      )
    }
  })

const warnUnmanaged = (args: SipConnectionArgs, removed: ReadonlyArray<ArgKey>): Program<void> => {
  const left = removed.filter((key) => !clearable(key))
  return RTE.asks((env: Env) => {
    if (left.length > 0) {
      env.warn(
        `Connection "${args.siteName}": no longer declared, and without a documented empty value: ${left.join(', ')}. On the platform nothing of it changes, and it is not managed any more.`
      )
    }
  })
}

/** A 404 in the middle of a change: deleted outside, or a wrong address. */
const explainAbsence =
  (siteGuid: string, state: FoundState) =>
  (error: ProviderError): Program<SiteAnswer> =>
    error._tag === 'NotFound'
      ? pipe(
          confirmGone(siteGuid, state.customerGuid, error),
          RTE.chain(() => RTE.left(deletedOutside(siteGuid)))
        )
      : RTE.left(error)

// ---------------------------------------------------------------- read

/**
 * The connection as it is on the platform; none when it is gone. A look without a state (`get`) gives what can be read and is
 * no secret, and a missing connection is an error then.
 */
export const read = (siteGuid: string, state: FoundState): Program<O.Option<Found>> =>
  pipe(
    onItsPlatform(siteGuid, state),
    RTE.chain(() => getSite(siteGuid)),
    RTE.chain((site) => found(siteGuid, state, site)),
    RTE.map(O.some),
    RTE.orElse((error) => (error._tag === 'NotFound' ? gone(siteGuid, state, error) : RTE.left(error))),
    operation('read', secretsOf(state, isSecretName))
  )

const found = (siteGuid: string, state: FoundState, site: SiteAnswer): Program<Found> => {
  const isLook = state.managedKeys === undefined
  const inputs = {
    ...pick(state, ['customerGuid']),
    ...liveArgs(site, argsOf(state), state.managedKeys ?? visibleKeys),
    ...pick(state, optionKeys)
  }
  return RTE.asks((env: Env) => {
    warnCarrier(env, inputs, site)
    return {
      inputs,
      state: {
        ...inputs,
        ...computed(siteGuid, O.some(site)),
        executionMessages: state.executionMessages ?? [],
        sbcProgrammed: sbcProgrammed(state.executionMessages ?? [], site.sbcDeploymentState),
        platform: env.platform,
        schemaVersion,
        ...(isLook ? {} : pick(state, ['managedKeys', 'lastOperation']))
      }
    }
  })
}

/** Whether `carrierId` is the proxy set is not documented, so a difference is a notice and no drift. */
const warnCarrier = (env: Env, inputs: Partial<SipConnectionArgs>, site: SiteAnswer): void => {
  const carrier = site.sbcInfo?.carrierId
  if (inputs.proxySet !== undefined && carrier !== undefined && carrier !== inputs.proxySet) {
    env.warn(
      `Connection "${site.siteName}": the platform shows another carrier (carrierId) than the declared proxySet.`
    )
  }
}

const gone = (
  siteGuid: string,
  state: FoundState,
  error: Extract<ProviderError, { _tag: 'NotFound' }>
): Program<O.Option<Found>> =>
  pipe(
    confirmGone(siteGuid, state.customerGuid, error),
    RTE.chain(() =>
      state.managedKeys === undefined
        ? RTE.left<Env, ProviderError, O.Option<Found>>(
            refused(
              `Customer ${state.customerGuid ?? 'unknown'} has no connection ${siteGuid}`,
              'correct the id that get names'
            )
          )
        : RTE.right(O.none)
    )
  )

// ---------------------------------------------------------------- remove

/** Deletes the connection and waits for the cleanup on the SBC. */
export const remove = (siteGuid: string, state: FoundState): Program<void> =>
  pipe(
    onItsPlatform(siteGuid, state),
    RTE.chain(() => removeSite(siteGuid, argsOf(state))),
    holdingSbc([state.sbcId]),
    operation('delete', secretsOf(state, isSecretName))
  )

// ---------------------------------------------------------------- common

/** A state belongs to one platform; at another address the same id means nothing. */
const onItsPlatform =
  (siteGuid: string, state: FoundState): Program<void> =>
  (env) => {
    const home = state.platform
    return home === undefined || home === env.platform || env.settings.movedFrom.includes(home)
      ? RTE.right<Env, ProviderError, void>(undefined)(env)
      : RTE.left<Env, ProviderError, void>(
          refused(
            `Connection ${siteGuid} belongs to the platform ${home}, and the configuration names ${env.platform}; nothing was sent`,
            `correct audiocodes-live:baseUrl; if the platform's address really changed, set audiocodes-live:movedFrom to ${home}`
          )
        )(env)
  }

const computed = (siteGuid: string, site: O.Option<SiteAnswer>) => {
  const live = O.toUndefined(site)
  return {
    siteGuid,
    ...pick(
      {
        tenantId: live?.tenantId,
        sbcDeploymentState: live?.sbcDeploymentState,
        m365DeploymentState: live?.m365DeploymentState
      },
      ['tenantId', 'sbcDeploymentState', 'm365DeploymentState']
    ),
    pendingTasks: taskIds(live?.pendingTasks)
  }
}

/** The state after a write, without its outcome. */
const stateAfter = (
  env: Env,
  kind: LastOperation['kind'],
  outcome: LastOperation['outcome'],
  args: SipConnectionArgs,
  siteGuid: string,
  site: O.Option<SiteAnswer>
): SipConnectionState => {
  const { startedAt, correlationId, serverIds, taskIds: tasks, said } = env.operation
  return {
    ...args,
    ...computed(siteGuid, site),
    executionMessages: [...said],
    sbcProgrammed: sbcProgrammed(said, O.toUndefined(site)?.sbcDeploymentState),
    lastOperation: {
      kind,
      outcome,
      startedAt: new Date(startedAt).toISOString(),
      durationMs: env.now() - startedAt,
      correlationId,
      serverIds: [...serverIds],
      taskIds: [...tasks]
    },
    platform: env.platform,
    managedKeys: managedKeysOf(args),
    schemaVersion
  }
}

/** Ends after which it is known that the platform did not do what was asked. */
const isDefinite = ({ _tag }: ProviderError): boolean =>
  _tag === 'Failed' || _tag === 'Rejected' || _tag === 'Conflict' || _tag === 'Refused'

/** The end of a write. With a fault the connection exists all the same: id and state are kept, and the next run finishes it. */
const written = (
  kind: LastOperation['kind'],
  args: SipConnectionArgs,
  siteGuid: string,
  { site, fault }: Modified,
  argsAfterFault: SipConnectionArgs = args
): Program<Written> =>
  RTE.asks((env: Env) => {
    const outcome = O.isNone(fault) ? 'ok' : isDefinite(fault.value) ? 'failed' : 'unknown'
    const state = stateAfter(env, kind, outcome, outcome === 'ok' ? args : argsAfterFault, siteGuid, site)
    if (outcome === 'ok' && !state.sbcProgrammed && args.configureSbc !== false) {
      env.warn(
        `Connection "${args.siteName}" is saved; neither the messages nor the deployment state say that SBC ${args.sbcId} is programmed.`
      )
    }
    const { correlationId } = env.operation
    return {
      siteGuid,
      state,
      fault: pipe(
        fault,
        O.map((error) => ({ ...error, correlationId }))
      )
    }
  })
