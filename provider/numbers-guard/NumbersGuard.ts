import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../Env'
import { doing, failing, operation } from '../Operations'
import { type ProviderError, refused } from '../Errors'
import { onItsPlatform } from '../Ownership'
import type { Found } from '../Resource'
import { isListed } from '../services/Catalogue'
import { getService } from '../services/Requests'
import { type LastOperation, pick } from '../State'
import { type Written, afterWrite, ending } from '../Written'
import { type NumbersGuardArgs, argKeys } from './Args'
import { few } from '../Words'
import { listed, mayGo, nameKey } from './Numbers'
import { type FoundState, type NumbersGuardState, managedKeysOf } from './State'

/**
 * The life of a guard. It stands in the state and nowhere else: what depends on nothing is destroyed first, so that a guard which depends on all of a
 * customer can refuse before anything of it goes. Nothing is ever written on the platform.
 */

const thing = (customerGuid: string): string => `The numbers guard of customer ${customerGuid}`

// ---------------------------------------------------------------- create

/** Sends nothing. */
export const create = (args: NumbersGuardArgs): Program<Written<NumbersGuardState>> =>
  pipe(set('create', args), operation('create', []))

const set = (kind: LastOperation['kind'], args: NumbersGuardArgs): Program<Written<NumbersGuardState>> =>
  RTE.asks((env: Env) =>
    ending(env, args.customerGuid, { ...args, ...afterWrite(env, kind, O.none, managedKeysOf(args)) }, O.none)
  )

// ---------------------------------------------------------------- update

/** A connection leaves the list only when no number refers to it, or when the program says that it may. */
export const update = (
  customerGuid: string,
  state: FoundState,
  args: NumbersGuardArgs
): Program<Written<NumbersGuardState>> => {
  const kept = new Set(args.connections.map(nameKey))
  const takenOut = (state.connections ?? []).filter((name) => !kept.has(nameKey(name)))
  return pipe(
    onItsPlatform(thing(customerGuid), state),
    RTE.chain(() => unlessAllowed(args, { ...args, connections: takenOut })),
    RTE.chain(() => set('update', args)),
    operation('update', [])
  )
}

const unlessAllowed = ({ allow = [] }: Pick<FoundState, 'allow'>, guarded: NumbersGuardArgs): Program<void> =>
  allow.includes('numbers') ? doing(() => undefined) : mayGo(guarded)

// ---------------------------------------------------------------- read

/** The guard as the state has it: there is nothing to read. */
export const read = (
  customerGuid: string,
  state: FoundState
): Program<O.Option<Found<NumbersGuardArgs, NumbersGuardState>>> =>
  pipe(
    onItsPlatform(thing(customerGuid), state),
    RTE.chain(() => (state.connections === undefined ? failing<void>(nothingToRead) : doing(() => undefined))),
    RTE.map(() => O.some({ state: { ...state, customerGuid }, inputs: { ...pick(state, argKeys), customerGuid } })),
    operation('read', [])
  )

const nothingToRead = refused(
  'A numbers guard is kept in the state of its stack alone, so there is nothing to read',
  'declare it with new NumbersGuard(...); in an import file, give customerGuid and connections'
)

// ---------------------------------------------------------------- remove

/** Goes when it is not protected and no number refers to one of the connections, when the last run has allowed it, or when the customer is gone. */
export const remove = (customerGuid: string, state: FoundState): Program<void> =>
  pipe(
    onItsPlatform(thing(customerGuid), state),
    RTE.chain(() =>
      pipe(
        mayBeDestroyed(customerGuid, state),
        RTE.orElse((refusal) => unlessGone(customerGuid, refusal))
      )
    ),
    operation('delete', [])
  )

const mayBeDestroyed = (customerGuid: string, state: FoundState): Program<void> =>
  state.deletionProtection === true
    ? failing(isProtected(customerGuid, state))
    : unlessAllowed(state, { ...state, customerGuid, connections: state.connections ?? [] })

/** Neither its details nor a list that is read now know it: one of them alone may be a wrong address. What cannot be read tells nothing. */
const isGone = (customerGuid: string): Program<boolean> =>
  pipe(
    getService(customerGuid),
    RTE.map(() => true),
    RTE.orElse((error) => (error._tag === 'NotFound' ? isListed(customerGuid) : failing<boolean>(error))),
    RTE.map((isThere) => !isThere),
    RTE.orElse(() => RTE.right<Env, ProviderError, boolean>(false))
  )

/** A customer that was deleted outside has nothing left to guard. */
const unlessGone = (customerGuid: string, refusal: ProviderError): Program<void> =>
  pipe(
    isGone(customerGuid),
    RTE.chain((gone) => (gone ? doing(() => undefined) : failing<void>(refusal)))
  )

const isProtected = (customerGuid: string, { connections = [] }: FoundState): ProviderError =>
  refused(
    `Customer ${customerGuid} has deletionProtection, so nothing of it is destroyed; that would take away ${few(connections, listed)}; nothing was changed`,
    'declare deletionProtection: false and run "pulumi up" before, if the customer is to go'
  )
