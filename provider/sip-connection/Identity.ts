import * as E from 'fp-ts/Either'
import { sitesOf } from '../Customers'
import type { Program } from '../Env'
import { type ProviderError, mismatch, refused } from '../Errors'
import { getSite } from './Requests'
import { pick } from '../State'
import { type FoundState } from './State'
import type { SiteAnswer } from './Wire'

/**
 * Whether an id is that of the connection that is meant. An answer can be wrong, and the id of another connection would lead to a change, and one
 * day to the deletion, of that one. Get does not repeat the id that it was asked for, so the service details of the customer decide.
 */

/** What a fresh list of the customer says of an id. */
export type Standing = 'proven' | 'another name' | 'absent'

/** @param names the names that the connection may have */
export const standing =
  (siteGuid: string, customerGuid: string, names: ReadonlyArray<string | undefined>): Program<Standing> =>
  (env) =>
  async () => {
    const sites = await sitesOf(customerGuid, env.now())(env)()
    if (E.isLeft(sites)) return sites
    const entry = sites.right.find(({ id }) => id === siteGuid)
    return E.right(entry === undefined ? 'absent' : names.includes(entry.name) ? 'proven' : 'another name')
  }

/**
 * Before a change, which sends the variables that were read along with its own: if the answer was that of another connection, they would be the
 * other one's, its passwords among them. A name that nobody expects is right only if the service details have it too.
 *
 * @param names the names that the connection may have: declared, and of the last run
 */
export const isItself =
  (siteGuid: string, customerGuid: string, names: ReadonlyArray<string | undefined>) =>
  (site: SiteAnswer): Program<void> =>
  (env) =>
  async () => {
    if (names.includes(site.siteName)) return E.right(undefined)
    const listed = await standing(siteGuid, customerGuid, [site.siteName])(env)()
    if (E.isLeft(listed)) return listed
    return listed.right === 'proven'
      ? E.right(undefined)
      : E.left(
          mismatch(
            `The platform answered Get for connection ${siteGuid} with a connection of another name than the one that the service details of customer ${customerGuid} list under this id; it was not changed`
          )
        )
  }

const notProven = (siteGuid: string, customerGuid: string): ProviderError =>
  refused(
    `Connection ${siteGuid} exists, and customer ${customerGuid} has none of this id and name: its creation did not end well, and the id may be that of another connection; nothing was sent`,
    'compare in the portal; if it is not yours, take it out of the state with "pulumi state delete", and run "pulumi up" again: if there is one of the declared name, the error tells how to take it over'
  )

/**
 * Before a connection is changed or deleted whose creation did not end well: its id comes from the answer to Add alone.
 *
 * @param names the names that the connection may have: declared, and of the last run
 * @returns gone when neither the list nor a read has it; an error unless it is proven then
 */
export const isProven =
  (siteGuid: string, state: FoundState, names: ReadonlyArray<string | undefined>): Program<'there' | 'gone'> =>
  (env) =>
  async () => {
    const { customerGuid, lastOperation } = pick(state, ['customerGuid', 'lastOperation'])
    if (customerGuid === undefined || lastOperation?.kind !== 'create' || lastOperation.outcome === 'ok')
      return E.right('there')
    const listed = await standing(siteGuid, customerGuid, names)(env)()
    if (E.isLeft(listed)) return listed
    if (listed.right === 'proven') return E.right('there')
    if (listed.right === 'another name') return E.left(notProven(siteGuid, customerGuid))
    const site = await getSite(siteGuid)(env)()
    if (E.isLeft(site)) return site.left._tag === 'NotFound' ? E.right('gone') : site
    return E.left(notProven(siteGuid, customerGuid))
  }
