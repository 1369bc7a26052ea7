import * as E from 'fp-ts/Either'
import type { Program } from '../Env'
import { type ProviderError, failed, mismatch } from '../Errors'
import { type Added, existsAlready, findAdded } from './Add'
import type { SipConnectionArgs } from './Args'
import { notCarriedByAdd } from './Fields'
import { standing } from './Identity'
import { differing } from './Live'
import { errorTexts } from '../Answers'
import { settle } from './Settle'
import { managedKeysOf } from './State'
import type { SiteAnswer } from './Wire'

/** A new connection: as it was read once no task was pending, or what was wrong on the way to it. */
export type Reached = { readonly siteGuid: string } & (
  { readonly site: SiteAnswer } | { readonly fault: ProviderError }
)

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
    const { siteGuid, messages, found = false } = added
    // An `Error` among the messages is a failure, whatever the status says.
    const said = errorTexts(messages, env.operation.scrub)
    const fault = added.fault ?? (said.length > 0 ? failed(said) : undefined)
    if (fault !== undefined) return E.right({ siteGuid, fault })
    const site = await settle(siteGuid, 'afterAdd')(env)()
    if (isCredible(args, site)) return E.right(reachedAs(siteGuid, site))
    return found && E.isRight(site) ? E.left(notAsSent(args, added)) : confirmed(args, added, site)(env)()
  }

type Read = E.Either<ProviderError, SiteAnswer>

const reachedAs = (siteGuid: string, site: Read): Reached =>
  E.isRight(site) ? { siteGuid, site: site.right } : { siteGuid, fault: site.left }

/** The failure of its task is told of a connection that was read. After any other failed read nothing speaks for the id. */
const isCredible = (args: SipConnectionArgs, site: Read): boolean =>
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
  (args: SipConnectionArgs, { siteGuid, messages }: Added, site: Read): Program<Reached> =>
  (env) =>
  async () => {
    const listed = await standing(siteGuid, args.customerGuid, [args.siteName])(env)()
    if (E.isRight(listed) && listed.right === 'proven') return E.right(reachedAs(siteGuid, site))
    const fault = mismatch(
      `The platform answered Add with the id of another connection (site ${siteGuid}), which is not one of customer ${args.customerGuid} with this name; that one is left alone`
    )
    const other = await findAdded(args, { patience: 'short', messages, whenNone: fault, fault })(env)()
    if (E.isRight(other))
      return E.right(
        other.right.siteGuid === siteGuid ? reachedAs(siteGuid, site) : { siteGuid: other.right.siteGuid, fault }
      )
    const isOther = E.isRight(site) && differing(site.right, args, ['siteName', 'sbcId']).length > 0
    // The list may lag behind, or not be readable: then the id may be right, and the next run proves it before it sends anything.
    return isOther && E.isRight(listed) ? other : E.right({ siteGuid, fault: E.isLeft(site) ? site.left : fault })
  }
