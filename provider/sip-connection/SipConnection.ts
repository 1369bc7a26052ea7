import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { sitesNamed, sitesOf } from '../Customers'
import type { Env, Program, Site } from '../Env'
import { type ProviderError, refused } from '../Errors'
import { doing, exclusively, failing, holdingSbc, operation } from '../Operations'
import type { Found } from '../Resource'
import { secretsAt } from '../SecretMarks'
import type { Written } from '../Written'
import { add, existsAlready } from './Add'
import { isGuid } from '../Codecs'
import { type SipConnectionArgs, optionKeys, secretPlaces } from './Args'
import { changedKeys } from './Diff'
import { notCarriedByAdd } from './Fields'
import { isItself, isProven } from './Identity'
import { differing, liveArgs, visibleKeys } from './Live'
import { sbcProgrammed } from './Messages'
import { type Modified, modify } from './Modify'
import { warnCarrier, warnOutsideChanges, warnUnfinished, warnUnmanaged, warnUntold } from './Notices'
import { claiming, keptForOther, onItsPlatform, ownerOf, wanting } from '../Ownership'
import { type Reached, reach } from './Reach'
import { confirmGone, deletedOutside, remove as removeSite } from './Remove'
import { getSite } from './Requests'
import { settle } from './Settle'
import { isUnfinished, pick, schemaVersion } from '../State'
import { type FoundState, type SipConnectionState, argsOf, managedKeysOf } from './State'
import type { SiteAnswer } from './Wire'
import { computed, written } from './Written'

/**
 * The life of a SIP connection: create, update, read, remove, in this order. `Check.ts` and `Diff.ts` come before it and need no
 * platform. A `Program` is an effect that ends with a value or a known error. `pipe` reads from top to bottom, each step with the value of the
 * one before; `exclusively`, `holdingSbc` and `operation` at its end wrap all that stands above them, so they begin first.
 */

/** A connection as a read finds it. */
export type FoundConnection = Found<SipConnectionArgs, SipConnectionState>

const named = (siteGuid: string): string => `Connection ${siteGuid}`

// ---------------------------------------------------------------- create

/** Creates the connection, or takes an existing one over when the program says so. */
export const create = (args: SipConnectionArgs): Program<Written<SipConnectionState>> =>
  pipe(
    existing(args),
    RTE.chain((found) => (O.isSome(found) ? takeOver(args, found.value.id) : createNew(args))),
    exclusively(`name ${args.customerGuid} ${args.siteName}`),
    holdingSbc([args.sbcId]),
    operation('create', secretsAt(args, secretPlaces))
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
      if (adopt === true && sites.length === 1) return RTE.right(O.some(first))
      return pipe(
        wanting(sites.map(({ id }) => id)),
        RTE.chain(() => RTE.left(existsAlready(args, sites)))
      )
    })
  )
}

const noSuchSite = (siteGuid: string, customerGuid: string): ProviderError =>
  refused(
    `Customer ${customerGuid} has no connection ${siteGuid}, which adopt names; nothing was sent`,
    'take the id from the service details of the customer (field SiteLocation), or leave adopt out to create a connection; if this run has just replaced the connection, it was deleted before'
  )

/** Makes a new connection. From the answer to Add on it exists, so nothing that goes wrong after may lose it. */
const createNew = (args: SipConnectionArgs): Program<Written<SipConnectionState>> =>
  pipe(
    hasScripts(args),
    RTE.chain(() => add(args)),
    RTE.chain((added) => reach(args, added)),
    RTE.chain((reached) =>
      pipe(
        complete(args, reached),
        RTE.orElse((fault) => RTE.right<Env, ProviderError, Modified>({ site: O.none, fault: O.some(fault) })),
        RTE.chain((modified) => written('create', args, reached.siteGuid, modified))
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

/** Sends what Add could not carry, or did not take, in one `PATCH`. */
const complete = (args: SipConnectionArgs, reached: Reached): Program<Modified> => {
  const managed = managedKeysOf(args)
  const { siteGuid } = reached
  return pipe(
    'fault' in reached ? failing<SiteAnswer>(reached.fault) : RTE.right(reached.site),
    RTE.chainFirst(isItself(siteGuid, args.customerGuid, [args.siteName])),
    RTE.chain((site) => {
      const changed = [
        ...new Set([...managed.filter((key) => notCarriedByAdd.includes(key)), ...differing(site, args, managed)])
      ]
      return changed.length === 0
        ? RTE.right(unchanged(site))
        : modify({ siteGuid, args, removed: [], previous: {}, changed, before: site })
    })
  )
}

/** A connection that needs no `PATCH`. */
const unchanged = (site: SiteAnswer): Modified => ({ site: O.some(site), fault: O.none })

/** Takes an existing connection over: reads it, and sends a `PATCH` only when a declared field differs. */
const takeOver = (args: SipConnectionArgs, siteGuid: string): Program<Written<SipConnectionState>> =>
  pipe(
    settle(siteGuid, 'beforeChange'),
    RTE.chainFirst(isItself(siteGuid, args.customerGuid, [args.siteName])),
    RTE.chainFirst((site) => isAllowed(args, site)),
    RTE.chainFirst((site) => warnUntold(args, site)),
    RTE.chain((site) => {
      const changed = differing(site, args, managedKeysOf(args))
      return changed.length === 0
        ? RTE.right(unchanged(site))
        : modify({ siteGuid, args, removed: [], previous: {}, changed, before: site })
    }),
    RTE.chain((modified) => written('adopt', args, siteGuid, modified)),
    claiming(named(siteGuid), siteGuid)
  )

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

// ---------------------------------------------------------------- update

/** Changes the connection to what is declared now. A change of options alone sends nothing. */
export const update = (
  siteGuid: string,
  state: FoundState,
  args: SipConnectionArgs
): Program<Written<SipConnectionState>> => {
  const changed = changedKeys(state, args)
  const optionsOnly = !isUnfinished(state) && changed.every((key) => optionKeys.includes(key))
  return pipe(
    onItsPlatform(named(siteGuid), state),
    RTE.chain(() =>
      optionsOnly
        ? rewritten(siteGuid, state, args)
        : pipe(change(siteGuid, state, args), holdingSbc([state.sbcId, args.sbcId]))
    ),
    operation('update', [...secretsAt(args, secretPlaces), ...secretsAt(state, secretPlaces)])
  )
}

/** The state with the options of this run; everything else stays. */
const rewritten = (
  siteGuid: string,
  state: FoundState,
  args: SipConnectionArgs
): Program<Written<SipConnectionState>> => {
  const { adopt: _adopt, allow: _allow, ...rest } = state
  return RTE.right({ id: siteGuid, state: { ...rest, ...args } as SipConnectionState, fault: O.none })
}

const change = (siteGuid: string, state: FoundState, args: SipConnectionArgs): Program<Written<SipConnectionState>> => {
  const before = argsOf(state)
  const removed = managedKeysOf(before).filter((key) => args[key] === undefined)
  const previous = before.sbcScripts?.customerVariables ?? {}
  return pipe(
    warnUnfinished(args, state),
    RTE.chain(() => isProven(siteGuid, state, [args.siteName, state.siteName])),
    RTE.chain(() => settle(siteGuid, 'beforeChange')),
    RTE.orElse(explainAbsence(siteGuid, state)),
    RTE.chainFirst(isItself(siteGuid, args.customerGuid, [args.siteName, state.siteName])),
    RTE.bindTo('site'),
    RTE.let('outside', ({ site }) => differing(site, before, managedKeysOf(before))),
    // What a failed write has left is no change from outside.
    RTE.chainFirst(({ outside }) => warnOutsideChanges(args, isUnfinished(state) ? [] : outside)),
    RTE.chainFirst(() => warnUnmanaged(args, before, removed)),
    RTE.chain(({ site, outside }) =>
      modify({
        siteGuid,
        args,
        removed,
        previous,
        changed: [...new Set([...changedKeys(state, args), ...outside])],
        before: site
      })
    ),
    RTE.chain((modified) => written('update', args, siteGuid, modified, uncleared(args, before)))
  )
}

/**
 * The inputs with those that were to be cleared: after a fault they may still have their values, and what the state does not name is
 * never cleared again.
 */
const uncleared = (args: SipConnectionArgs, before: Partial<SipConnectionArgs>): SipConnectionArgs => {
  const all = { ...pick(before, managedKeysOf(before)), ...args }
  const previous = before.sbcScripts?.customerVariables
  return args.sbcScripts === undefined || previous === undefined
    ? all
    : {
        ...all,
        sbcScripts: { ...args.sbcScripts, customerVariables: { ...previous, ...args.sbcScripts.customerVariables } }
      }
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
export const read = (siteGuid: string, state: FoundState): Program<O.Option<FoundConnection>> =>
  pipe(
    onItsPlatform(named(siteGuid), state),
    RTE.chain(() => belongsToCustomer(siteGuid, state)),
    RTE.chain(() => getSite(siteGuid)),
    RTE.chain((site) => found(siteGuid, state, site)),
    RTE.map(O.some),
    RTE.orElse((error) => (error._tag === 'NotFound' ? gone(siteGuid, state, error) : RTE.left(error))),
    operation('read', secretsAt(state, secretPlaces))
  )

/** A look names a customer, and Get does not tell whose connection it is; a state was made for its customer. */
const belongsToCustomer = (siteGuid: string, state: FoundState): Program<void> =>
  state.managedKeys !== undefined || state.customerGuid === undefined
    ? doing(() => undefined)
    : pipe(
        sitesOf(state.customerGuid),
        RTE.chain((sites) =>
          sites.some(({ id }) => id === siteGuid) ? doing(() => undefined) : failing<void>(noSuchLook(siteGuid, state))
        )
      )

const noSuchLook = (siteGuid: string, { customerGuid }: FoundState): ProviderError =>
  refused(
    `Customer ${customerGuid ?? 'unknown'} has no connection ${siteGuid}`,
    'correct the id, or the customer, that get names'
  )

const found = (siteGuid: string, state: FoundState, site: SiteAnswer): Program<FoundConnection> => {
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
        ...computed(siteGuid, O.some(site), env.operation.scrub),
        executionMessages: state.executionMessages ?? [],
        sbcProgrammed: sbcProgrammed(state.executionMessages ?? [], site.sbcDeploymentState),
        platform: env.platform,
        schemaVersion,
        ...(isLook ? {} : pick(state, ['managedKeys', 'lastOperation']))
      }
    }
  })
}

const gone = (
  siteGuid: string,
  state: FoundState,
  error: Extract<ProviderError, { _tag: 'NotFound' }>
): Program<O.Option<FoundConnection>> =>
  pipe(
    confirmGone(siteGuid, state.customerGuid, error),
    RTE.chain(() => (state.managedKeys === undefined ? failing(noSuchLook(siteGuid, state)) : RTE.right(O.none)))
  )

// ---------------------------------------------------------------- remove

/** Deletes the connection and waits for the cleanup on the SBC. */
export const remove = (siteGuid: string, state: FoundState): Program<void> =>
  pipe(
    onItsPlatform(named(siteGuid), state),
    RTE.chain(() => ownerOf(siteGuid, state)),
    RTE.chain((owner) =>
      owner === 'another'
        ? keptForOther(named(siteGuid))
        : pipe(
            isProven(siteGuid, state, [state.siteName]),
            RTE.chain((is) => (is === 'gone' ? doing(() => undefined) : removeSite(siteGuid, argsOf(state))))
          )
    ),
    holdingSbc([state.sbcId]),
    operation('delete', secretsAt(state, secretPlaces))
  )
