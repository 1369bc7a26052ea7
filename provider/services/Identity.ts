import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Program } from '../Env'
import { type NotFound, type ProviderError, mismatch, refused } from '../Errors'
import type { ServiceArgs } from './Args'
import { isListed } from './Catalogue'
import type { Kind } from './Kind'
import { isOfOtherKind } from './License'
import { type LiveService, type Names, isAnother } from './Live'

/**
 * Whether an id is that of the service that is meant, and whether that service is gone. An answer can be wrong, and the id of another service would lead to
 * the change, and one day to the deletion, of a whole customer. So details are believed only under the short name and the tenant that are expected.
 */

/** A service in the words of a message. */
export const named = (customerGuid: string): string => `Service ${customerGuid}`

/** The error of details that are those of another service. @param sent what was sent to it */
export const another = (customerGuid: string, sent = 'nothing was sent to it'): ProviderError =>
  mismatch(
    `The platform answered for service ${customerGuid} with a service of another id, short name or Microsoft tenant; ${sent}. ` +
      'Compare in the portal: if it was renamed there, declare the new name with adopt after "pulumi state delete <urn>"'
  )

/** Ends with an error unless the details are those of the service that is meant. */
export const isItself =
  (customerGuid: string, names: Partial<Names>, sent?: string) =>
  (live: LiveService): Program<void> =>
    isAnother(customerGuid, names, live) ? RTE.left(another(customerGuid, sent)) : RTE.right(undefined)

/** Ends with an error when the service is one of the other kind, as its license tells. */
export const isOfKind = <A extends ServiceArgs>(
  { licenses, type }: Kind<A>,
  customerGuid: string,
  { licenseType }: LiveService
): Program<void> =>
  isOfOtherKind(licenses, licenseType)
    ? RTE.left(
        refused(
          `${named(customerGuid)} has license type ${licenseType ?? ''}, so it is no ${type}; nothing was sent`,
          type === 'OperatorConnectService'
            ? 'declare it as a HostedEssentialsService'
            : 'declare it as an OperatorConnectService'
        )
      )
    : RTE.right(undefined)

/**
 * Whether a 404 means that the service is gone. A wrong base URL answers 404 too, and would then empty a whole state; so the list of services must be
 * readable, read anew, and lack the service.
 *
 * @returns right when it is gone; otherwise the error that says what does not fit
 */
export const confirmGone = (customerGuid: string, error: NotFound): Program<void> =>
  pipe(
    isListed(customerGuid),
    RTE.chain((is) =>
      is
        ? RTE.left<never, ProviderError>(
            mismatch(
              `The platform answers 404 for service ${customerGuid}, and lists it among its services; nothing was dropped from the state`,
              error.exchange
            )
          )
        : RTE.right(undefined)
    )
  ) as Program<void>

/** The error of a change of a service that was deleted outside. */
export const deletedOutside = (customerGuid: string): ProviderError =>
  refused(
    `Service ${customerGuid} does not exist any more: it was deleted outside of Pulumi`,
    'run "pulumi refresh", then "pulumi up" to create it again'
  )
