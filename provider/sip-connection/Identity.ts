import * as E from 'fp-ts/Either'
import { sitesOf } from '../Customers'
import type { Program } from '../Env'
import { mismatch } from '../Errors'
import type { SiteAnswer } from './Wire'

/**
 * Before a change: Get does not repeat the id that it was asked for, and a change sends the variables that were read along with its own. So
 * the answer for another connection would bring the variables of that one, its carrier password among them, into this one. When the name
 * is none that is expected, the service details decide: they have it if the connection was renamed outside.
 *
 * @param names the names that the connection may have: declared, and of the last run
 */
export const isItself =
  (siteGuid: string, customerGuid: string, names: ReadonlyArray<string | undefined>) =>
  (site: SiteAnswer): Program<void> =>
  (env) =>
  async () => {
    if (names.includes(site.siteName)) return E.right(undefined)
    const listed = await sitesOf(customerGuid, env.now())(env)()
    if (E.isLeft(listed)) return listed
    const entry = listed.right.find(({ id }) => id === siteGuid)
    return entry === undefined || entry.name === site.siteName
      ? E.right(undefined)
      : E.left(
          mismatch(
            `The platform answered Get for connection ${siteGuid} with a connection of another name than the one that the service details of customer ${customerGuid} list under this id; it was not changed`
          )
        )
  }
