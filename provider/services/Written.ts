import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../Env'
import { type LastOperation, pick } from '../State'
import { type Written, afterWrite, ending } from '../Written'
import type { ServiceArgs } from './Args'
import { claimOf, noteService } from './Catalogue'
import type { Changed } from './Change'
import type { Kind } from './Kind'
import { type LiveService, primaryOf } from './Live'
import type { AnyState, Origin, ServiceState } from './State'

/** Inputs that an object declares, without those that only a creation or the provider uses. */
export const managedKeysOf = <A extends ServiceArgs>(
  { argKeys, changeRules }: Kind<A>,
  args: Partial<A>
): ReadonlyArray<keyof A & string> => argKeys.filter((key) => args[key] !== undefined && changeRules[key] !== 'option')

/** What is known of a service beside its inputs before it is read. */
export type Known = Origin & Pick<AnyState, 'siteGuid' | 'siteName' | 'licenseType'>

/** What a service has beside its inputs, as far as one answer tells it; without an answer that of the last one. */
export const computed = <A extends ServiceArgs>(
  kind: Kind<A>,
  customerGuid: string,
  args: Partial<A>,
  live: O.Option<LiveService>,
  known: Known
) => {
  const first = pipe(
    live,
    O.chainNullableK((service) => primaryOf(service, kind.connectionName(args), known.siteGuid)),
    O.toUndefined
  )
  const told = O.isNone(live) || live.value.sipConnections === undefined
  return {
    customerGuid,
    ...pick(known, kind.origin),
    ...pick({ licenseType: O.toUndefined(live)?.licenseType ?? known.licenseType }, ['licenseType']),
    ...(told
      ? pick(known, ['siteGuid', 'siteName'])
      : pick({ siteGuid: first?.siteGuid, siteName: first?.siteName }, ['siteGuid', 'siteName']))
  }
}

/** The end of a write. With a fault the service exists all the same: id and state are kept, and the next run finishes it. */
export const written = <A extends ServiceArgs>(
  kind: Kind<A>,
  operation: LastOperation['kind'],
  args: A,
  customerGuid: string,
  { live, fault }: Changed,
  known: Known,
  argsAfterFault: A
): Program<Written<ServiceState<A>>> =>
  pipe(
    noteService(customerGuid, args),
    RTE.chain(() =>
      RTE.asks((env: Env) => {
        const kept = O.isNone(fault) ? args : argsAfterFault
        const state = {
          ...kept,
          ...computed(kind, customerGuid, args, live, known),
          ...afterWrite(env, operation, fault, managedKeysOf(kind, kept))
        } as ServiceState<A>
        env.claims.set(claimOf(customerGuid), env.operation.correlationId)
        return ending(env, customerGuid, state, fault)
      })
    )
  )
