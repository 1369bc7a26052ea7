import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { isGuid } from '../Codecs'
import type { Env, Program } from '../Env'
import { operation } from '../Operations'
import type { Imported } from '../Resource'
import { schemaVersion } from '../State'
import { customerGuid as guidOfCustomer } from '../lookups/Names'
import type { ServiceArgs } from './Args'
import { isOfKind } from './Identity'
import type { Kind } from './Kind'
import { type LiveService, liveArgs, visibleKeys } from './Live'
import { getService } from './Requests'
import type { ServiceState } from './State'
import { computed, managedKeysOf } from './Written'

/** The import of a service: found by its id or short name, and read with everything that the platform shows of it. */

/** What can be declared: OC Essential cannot, nor can what the license change of an entry license may have no place for. */
const declarable = <A extends ServiceArgs>({ licenses }: Kind<A>, live: LiveService): LiveService => {
  const { licenseType, licensedUsersCount } = live
  const canBe = licenseType !== undefined && Object.values(licenses.words).includes(licenseType)
  return {
    ...live,
    licenseType: canBe ? licenseType : undefined,
    ...(canBe && licenseType !== licenses.entry
      ? { licensedUsersCount: (licensedUsersCount ?? 0) > 0 ? licensedUsersCount : undefined }
      : { licensedUsersCount: undefined, applicationClientId: undefined })
  }
}

/** What is imported is managed from now on: all that the platform shows and a program can declare, and nothing else. */
const imported = <A extends ServiceArgs>(
  kind: Kind<A>,
  customerGuid: string,
  live: LiveService
): Program<Imported<A, ServiceState<A>>> => {
  const inputs = liveArgs<A>(kind.licenses, declarable(kind, live), {}, visibleKeys)
  return RTE.asks((env: Env) => ({
    id: customerGuid,
    inputs,
    state: {
      ...inputs,
      ...computed(kind, customerGuid, inputs, O.some(live), {}),
      executionMessages: [],
      platform: env.platform,
      managedKeys: managedKeysOf(kind, inputs),
      schemaVersion
    } as unknown as Partial<ServiceState<A>>
  }))
}

/**
 * Finds a service by its id (uuid) or its short name.
 *
 * @returns its id, and inputs and state with everything that the platform shows. `Refused` for one that is unknown, ambiguous, or of the other kind
 */
export const find =
  <A extends ServiceArgs>(kind: Kind<A>) =>
  (importId: string): Program<Imported<A, ServiceState<A>>> =>
    pipe(
      isGuid(importId)
        ? RTE.right<Env, never, string>(importId.toLowerCase())
        : guidOfCustomer({ shortName: importId }),
      RTE.chain((customerGuid) =>
        pipe(
          getService(customerGuid),
          RTE.chainFirst((live) => isOfKind(kind, customerGuid, live)),
          RTE.chain((live) => imported(kind, customerGuid, live))
        )
      ),
      operation('read', [])
    )
