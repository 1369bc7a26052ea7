import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { isGuid } from '../Codecs'
import type { Env, Program, Site } from '../Env'
import type { ProviderError } from '../Errors'
import { listedNow } from '../lookups/Lists'
import { services } from '../lookups/Services'
import { doing } from '../Operations'
import { type Names, isAnother } from './Live'
import { getService } from './Requests'

/**
 * The services of the platform: one read of the list a process (Get Services Brief Details, V3), shared by all that ask, and kept up to date by own
 * writes. The directory keeps it as it keeps the connections of a customer.
 */

/** Where the directory has the services; the lists of connections have uuids for keys. */
const key = 'services'

/** Short names are unique within a tenant, which the list may not tell. */
const nameOf = (shortName: string | undefined, msTenantId: string | undefined): string =>
  `${msTenantId ?? ''} ${shortName ?? ''}`.toLowerCase()

const read: Program<ReadonlyArray<Site>> = pipe(
  listedNow(services(false)),
  RTE.map((all) =>
    all.flatMap(({ customerGuid, shortName, msTenantId }) =>
      isGuid(customerGuid) ? [{ id: customerGuid, name: nameOf(shortName, msTenantId) }] : []
    )
  )
)

/** Under which key a service is claimed: its first connection may have the same id. */
export const claimOf = (customerGuid: string): string => `${key} ${customerGuid}`

const listed =
  (since: number): Program<ReadonlyArray<Site>> =>
  (env) =>
    env.directory.get(key, since, read(env))

/** The service, unless its details say that it is another one: for those whose tenant the list does not tell. */
const unlessAnother = (customerGuid: string, names: Names): Program<ReadonlyArray<string>> =>
  pipe(
    getService(customerGuid),
    RTE.map((live) => (isAnother(customerGuid, names, live) ? [] : [customerGuid])),
    RTE.orElse((error) => (error._tag === 'NotFound' ? RTE.right<Env, ProviderError, string[]>([]) : RTE.left(error)))
  )

/**
 * Ids of the services of this name.
 *
 * @param since ms since the epoch: a read that began before it is not fresh enough. Default: any read of this process will do.
 */
export const servicesNamed = (names: Names, since = 0): Program<ReadonlyArray<string>> => {
  const { shortName, msTenantId } = names
  return pipe(
    listed(since),
    RTE.chain(
      RTE.traverseArray(({ id, name }) =>
        name === nameOf(shortName, msTenantId)
          ? RTE.right<Env, ProviderError, ReadonlyArray<string>>([id])
          : name === nameOf(shortName, undefined)
            ? unlessAnother(id, names)
            : RTE.right([])
      )
    ),
    RTE.map((found) => found.flat())
  )
}

/** The same, read anew. */
export const servicesNamedNow = (names: Names): Program<ReadonlyArray<string>> =>
  pipe(
    RTE.asks((env: Env) => env.now()),
    RTE.chain((now) => servicesNamed(names, now))
  )

/** The service of this id, if the list has it. */
export const isListedAlready = (customerGuid: string): Program<ReadonlyArray<string>> =>
  pipe(
    listed(0),
    RTE.map((all) => all.map(({ id }) => id).filter((id) => id === customerGuid))
  )

/** Whether the list, read anew, has a service. */
export const isListed = (customerGuid: string): Program<boolean> =>
  pipe(
    RTE.asks((env: Env) => env.now()),
    RTE.chain(listed),
    RTE.map((all) => all.some(({ id }) => id === customerGuid))
  )

/** A service that is there now, by an own write. */
export const noteService = (customerGuid: string, { shortName, msTenantId }: Names): Program<void> =>
  doing((env) => {
    env.directory.put(key, { id: customerGuid, name: nameOf(shortName, msTenantId) })
  })

/** A service that is gone, with all of its connections. */
export const forgetService = (customerGuid: string, siteGuids: ReadonlyArray<string>): Program<void> =>
  doing((env) => {
    env.directory.drop(key, customerGuid)
    for (const siteGuid of siteGuids) env.directory.drop(customerGuid, siteGuid)
    env.claims.delete(claimOf(customerGuid))
  })
