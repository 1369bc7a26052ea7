import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { isGuid } from '../Codecs'
import { sitesOf } from '../Customers'
import type { Env, Program, Site } from '../Env'
import { type ProviderError, refused } from '../Errors'
import { failing, operation } from '../Operations'
import type { Imported } from '../Resource'
import { schemaVersion } from '../State'
import { few } from '../Words'
import { customerGuid as guidOfCustomer } from '../lookups/Names'
import type { SipConnectionArgs } from './Args'
import { isItself } from './Identity'
import { sbcProgrammed } from './Messages'
import { getSite } from './Requests'
import { shownArgs } from './Shown'
import { type SipConnectionState, managedKeysOf } from './State'
import type { SiteAnswer } from './Wire'
import { computed } from './Written'

/** The import of a connection: found by what a person writes, and read with everything that the platform shows of it. */

type ImportedConnection = Imported<SipConnectionArgs, SipConnectionState>

/** The two parts of an import id: a customer, by guid or short name, and a connection, by guid or name. */
interface Named {
  readonly customer: string
  readonly site: string
}

const forms = 'expected <customer guid>/<site guid>, or <short name of the customer>/<name of the connection>'

/** A short name has no slash, so the first one ends it. */
const parsed = (importId: string): E.Either<ProviderError, Named> => {
  const [, customer = '', site = ''] = /^([^/]*)\/(.*)$/s.exec(importId) ?? []
  return customer.trim() === '' || site.trim() === ''
    ? E.left(
        refused(
          `The import id is not understood: ${forms}; nothing was sent`,
          'give such an id; the guids are in the service details of the customer (field SiteLocation)'
        )
      )
    : E.right({ customer, site })
}

const shown = ({ id, name }: Site): string => `"${name}" (${id})`

const several = (customerGuid: string, found: ReadonlyArray<Site>): ProviderError =>
  refused(
    `Customer ${customerGuid} has ${found.length} connections of this name: ${few(found.map(({ id }) => id))}`,
    `give the one that is meant by its id: ${customerGuid}/<site guid>`
  )

const noneOfThem = (customerGuid: string, sites: ReadonlyArray<Site>): ProviderError =>
  refused(
    `Customer ${customerGuid} has no such connection; ${sites.length === 0 ? 'it has none at all' : `it has ${few(sites.map(shown))}`}`,
    'correct the second part of the import id (upper and lower case count in a name)'
  )

const ofAnother = (customerGuid: string, siteGuid: string): ProviderError =>
  refused(
    `Connection ${siteGuid} exists, and is not one of customer ${customerGuid}`,
    'correct the first part of the import id'
  )

/** Why a customer lacks a connection: there is none with that guid, or it is another one's. */
const missing = (customerGuid: string, site: string, sites: ReadonlyArray<Site>): Program<Site> =>
  isGuid(site)
    ? pipe(
        getSite(site.toLowerCase()),
        RTE.chain(() => failing<Site>(ofAnother(customerGuid, site.toLowerCase()))),
        RTE.mapLeft((error) => (error._tag === 'NotFound' ? noneOfThem(customerGuid, sites) : error))
      )
    : failing(noneOfThem(customerGuid, sites))

const matching = (sites: ReadonlyArray<Site>, site: string): ReadonlyArray<Site> =>
  sites.filter(({ id, name }) => (isGuid(site) ? id === site.toLowerCase() : name === site))

/** The list of the customer, which all imports share; a new one when it may be older than the connection. */
const sitesWith =
  (customerGuid: string, site: string): Program<ReadonlyArray<Site>> =>
  (env) =>
    pipe(
      sitesOf(customerGuid),
      RTE.chain((sites) => (matching(sites, site).length > 0 ? RTE.right(sites) : sitesOf(customerGuid, env.now())))
    )(env)

const choose =
  (customerGuid: string, site: string) =>
  (sites: ReadonlyArray<Site>): Program<Site> => {
    const [first, ...others] = matching(sites, site)
    if (first === undefined) return missing(customerGuid, site, sites)
    return others.length === 0 ? RTE.right(first) : failing(several(customerGuid, [first, ...others]))
  }

const read = (customerGuid: string, { id, name }: Site): Program<ImportedConnection> =>
  pipe(
    getSite(id),
    RTE.chainFirst(isItself(id, customerGuid, [name])),
    RTE.chain((site) => RTE.asks((env: Env) => imported(env, customerGuid, id, site)))
  )

/** What is imported is managed from now on: all that the platform shows, and nothing else. */
const imported = (env: Env, customerGuid: string, id: string, site: SiteAnswer): ImportedConnection => {
  const inputs = shownArgs(customerGuid, site)
  return {
    id,
    inputs,
    state: {
      ...inputs,
      ...computed(id, O.some(site), env.operation.scrub),
      executionMessages: [],
      sbcProgrammed: sbcProgrammed([], site.sbcDeploymentState),
      platform: env.platform,
      managedKeys: managedKeysOf(inputs),
      schemaVersion
    }
  }
}

/**
 * Finds a connection by `<customer guid>/<site guid>` or `<short name>/<site name>`; the two forms of each part go together as one likes.
 *
 * @returns its id, and inputs and state with everything that the platform shows. `Refused` for an id that is malformed, unknown, ambiguous, or of
 * another customer's connection
 */
export const find = (importId: string): Program<ImportedConnection> =>
  pipe(
    RTE.fromEither(parsed(importId)),
    RTE.bindTo('named'),
    RTE.bind('customerGuid', ({ named: { customer } }) =>
      isGuid(customer) ? RTE.right(customer.toLowerCase()) : guidOfCustomer({ shortName: customer })
    ),
    RTE.bind('site', ({ named, customerGuid }) =>
      pipe(sitesWith(customerGuid, named.site), RTE.chain(choose(customerGuid, named.site)))
    ),
    RTE.chain(({ customerGuid, site }) => read(customerGuid, site)),
    operation('read', [])
  )
