import * as E from 'fp-ts/Either'
import { sitesOf } from '../Customers'
import type { Program } from '../Env'
import { type ProviderError, mismatch } from '../Errors'
import { type Added, findAdded } from './Add'
import type { SipConnectionArgs } from './Args'
import { notCarriedByAdd } from './Fields'
import { differing } from './Live'
import { errorTexts } from './Messages'
import { settle } from './Settle'
import { managedKeysOf } from './State'
import type { SiteAnswer } from './Wire'

/** A new connection, as it was read once no task was pending. Not read when Add has reported an error. */
export interface Reached extends Added {
  readonly site?: SiteAnswer
}

/**
 * Waits for a new connection. Its id comes from the answer to Add, and an answer can be wrong: the id of another customer's connection would lead
 * to a change, and one day to the deletion, of that one. So when nothing can be read under the id, or something else than what was
 * sent, the service details of the customer decide.
 *
 * @returns the connection; with a fault when the answer named another one, or when it cannot be read
 */
export const reach =
  (args: SipConnectionArgs, added: Added): Program<Reached> =>
  (env) =>
  async () => {
    if (added.fault !== undefined || errorTexts(added.messages, env.operation.scrub).length > 0) return E.right(added)
    const site = await settle(added.siteGuid, 'afterAdd')(env)()
    const reached: Reached = E.isRight(site) ? { ...added, site: site.right } : { ...added, fault: site.left }
    return isCredible(args, site) ? E.right(reached) : confirmed(args, reached)(env)()
  }

/** The failure of its task is told of a connection that was read. After any other failed read nothing speaks for the id. */
const isCredible = (args: SipConnectionArgs, site: E.Either<ProviderError, SiteAnswer>): boolean =>
  E.isLeft(site)
    ? site.left._tag === 'Failed'
    : differing(
        site.right,
        args,
        managedKeysOf(args).filter((key) => !notCarriedByAdd.includes(key))
      ).length === 0

/** The connection under the id if it is one of the customer's, or else the one that has the name. */
const confirmed =
  (args: SipConnectionArgs, reached: Reached): Program<Reached> =>
  (env) =>
  async () => {
    const { siteGuid, messages, site } = reached
    const listed = await sitesOf(args.customerGuid, env.now())(env)()
    if (E.isRight(listed) && listed.right.some(({ id }) => id === siteGuid)) return E.right(reached)
    const fault = mismatch(
      `The platform answered Add with the id of another connection (site ${siteGuid}), which is not one of customer ${args.customerGuid}; that one is left alone`
    )
    const found = await findAdded(args, { patience: 'short', messages, whenNone: fault, fault })(env)()
    const isOther = site !== undefined && differing(site, args, ['siteName', 'sbcId']).length > 0
    if (E.isRight(found)) return found.right.siteGuid === siteGuid ? E.right(reached) : found
    // The list may lag behind, so an id that nothing speaks against is kept.
    return isOther ? found : E.right(reached)
  }
