import * as E from 'fp-ts/Either'
import type { Program } from '../Env'
import { type ProviderError, mismatch } from '../Errors'
import { type Added, existsAlready, findAdded } from './Add'
import type { SipConnectionArgs } from './Args'
import { notCarriedByAdd } from './Fields'
import { standing } from './Identity'
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
 * Waits for a new connection, and makes sure that it is the new one. An answer with what was sent speaks for itself. After any other, the service
 * details must list the id under the declared name, or else the connection is looked for by its name.
 *
 * @returns the connection; with a fault, so that nothing is sent to it, when it is not proven to be the new one
 */
export const reach =
  (args: SipConnectionArgs, added: Added): Program<Reached> =>
  (env) =>
  async () => {
    if (added.fault !== undefined || errorTexts(added.messages, env.operation.scrub).length > 0) return E.right(added)
    const site = await settle(added.siteGuid, 'afterAdd')(env)()
    const reached: Reached = E.isRight(site) ? { ...added, site: site.right } : { ...added, fault: site.left }
    if (isCredible(args, site)) return E.right(reached)
    return added.found === true && E.isRight(site) ? E.left(notAsSent(args, added)) : confirmed(args, reached)(env)()
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

/** Found by its name only, and not what was sent: somebody else may have made it meanwhile, so it is not ours to change. */
const notAsSent = (args: SipConnectionArgs, { siteGuid }: Added): ProviderError => ({
  ...existsAlready(args, [{ id: siteGuid, name: args.siteName }], 'the answer to its creation was lost'),
  mayHaveChanged: true
})

const confirmed =
  (args: SipConnectionArgs, reached: Reached): Program<Reached> =>
  (env) =>
  async () => {
    const { siteGuid, messages, site } = reached
    const listed = await standing(siteGuid, args.customerGuid, [args.siteName])(env)()
    if (E.isRight(listed) && listed.right === 'proven') return E.right(reached)
    const fault = mismatch(
      `The platform answered Add with the id of another connection (site ${siteGuid}), which is not one of customer ${args.customerGuid} with this name; that one is left alone`
    )
    const other = await findAdded(args, { patience: 'short', messages, whenNone: fault, fault })(env)()
    if (E.isRight(other)) return other.right.siteGuid === siteGuid ? E.right(reached) : other
    const isOther = site !== undefined && differing(site, args, ['siteName', 'sbcId']).length > 0
    // The list may lag behind, or not be readable: then the id may be right, and the next run proves it before it sends anything.
    return isOther && E.isRight(listed) ? other : E.right({ ...reached, fault: reached.fault ?? fault })
  }
