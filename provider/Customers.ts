import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { isUuid } from './Decode'
import type { Env, Program, Site } from './Env'
import { type NotFound, type ProviderError, refused } from './Errors'
import * as Http from './Http'
import { ServiceAnswer } from './sip-connection/Wire'

const details = (version: 'v2' | 'v3', customerGuid: string): Program<ServiceAnswer> =>
  Http.send({
    method: 'GET',
    path: `/api/${version}/customer/${encodeURIComponent(customerGuid)}`,
    ...(version === 'v3' ? { query: { allDetails: 'true' } } : {}),
    answer: ServiceAnswer
  })

const noSuchCustomer = (customerGuid: string, env: Env, error: NotFound): ProviderError =>
  refused(
    `The platform knows no customer ${customerGuid} (404${error.words.length > 0 ? `: ${error.words.join(' ')}` : ''}), or ${env.platform} is not its base URL`,
    'check customerGuid and audiocodes-live:baseUrl (it usually ends in /tenantui); if the customer itself was deleted, its connections went with it: drop them with "pulumi state delete <urn>"'
  )

/** The listed connections. An id becomes part of addresses and of the state, so that anything but a uuid is refused, and not shown. */
const listed = (
  customerGuid: string,
  entries: ServiceAnswer['siteLocation']
): E.Either<ProviderError, ReadonlyArray<Site>> => {
  const told = `The service details of customer ${customerGuid}`
  if (entries === undefined) return E.left(refused(`${told} list no connections (field SiteLocation)`))
  const sites = entries ?? []
  const odd = sites.findIndex(({ id }) => !isUuid(id))
  return odd === -1
    ? E.right(sites.map(({ id, name, sbcId }) => ({ id, name, ...(sbcId === undefined ? {} : { sbcId }) })))
    : E.left(refused(`${told} list a connection whose id is not a uuid (SiteLocation[${odd}].id)`))
}

/** The V3 details, or the V2 ones where V3 is missing or lists no connections. */
const readSites =
  (customerGuid: string): Program<ReadonlyArray<Site>> =>
  (env) =>
    pipe(
      details('v3', customerGuid),
      RTE.orElse((error) =>
        error._tag === 'NotFound'
          ? RTE.right<Env, ProviderError, ServiceAnswer>({ siteLocation: undefined })
          : RTE.left(error)
      ),
      // What .NET does not fill is null, so only an empty list of V3 says that there is none.
      RTE.chain((v3) => ((v3.siteLocation ?? undefined) === undefined ? details('v2', customerGuid) : RTE.right(v3))),
      RTE.mapLeft((error) => (error._tag === 'NotFound' ? noSuchCustomer(customerGuid, env, error) : error)),
      RTE.chainEitherK(({ siteLocation }) => listed(customerGuid, siteLocation))
    )(env)

/**
 * The connections of a customer: one read a customer and process, shared by all that ask, and kept up to date by own writes.
 *
 * @param since ms since the epoch: a read that began before it is not fresh enough. Default: any read of this process will do.
 */
export const sitesOf =
  (customerGuid: string, since = 0): Program<ReadonlyArray<Site>> =>
  (env) =>
    env.directory.get(customerGuid, since, readSites(customerGuid)(env))

/** The connections of a customer with exactly this name. */
export const sitesNamed = (customerGuid: string, name: string, since?: number): Program<ReadonlyArray<Site>> =>
  pipe(
    sitesOf(customerGuid, since),
    RTE.map((sites) => sites.filter((site) => site.name === name))
  )
