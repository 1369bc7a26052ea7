import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { sitesOf } from '../Customers'
import type { Env, Program } from '../Env'
import { type NotFound, type ProviderError, refused } from '../Errors'
import type { Rule } from './ChangeSet'
import { getPlan } from './Requests'
import type { Address } from './State'

/** What a 404 for a dial plan means: that its connection is gone, or that the name of the plan or the address of the platform is wrong. */

const hasSite = ({ customerGuid, siteGuid }: Address, since: number): Program<boolean> =>
  pipe(
    sitesOf(customerGuid, since),
    RTE.map((sites) => sites.some(({ id }) => id === siteGuid))
  )

/** Whether the service details of the customer have the connection; one that an earlier read of this run has may be gone since. */
const isListed = (at: Address): Program<boolean> =>
  pipe(
    RTE.asks((env: Env) => env.now()),
    RTE.chain((asked) =>
      pipe(
        hasSite(at, 0),
        RTE.chain((listed) => (listed ? hasSite(at, asked) : RTE.right(false)))
      )
    )
  )

const noSuchPlan = ({ customerGuid, siteGuid, dialPlanName }: Address, { words, exchange }: NotFound): ProviderError =>
  refused(
    `The platform knows no dial plan "${dialPlanName}" of site ${siteGuid} (404${words.length > 0 ? `: ${words.join(' ')}` : ''} from ${exchange.url}), and the service details of customer ${customerGuid} list the site; nothing was sent`,
    'check dialPlanName: the vendor names CustDialPlan, OCDialPlan, RegisteredUsers and Zoom, and the onboarding script of the connection makes the plan on the SBC. If the plan itself was deleted, drop the resource with "pulumi state delete <urn>"'
  )

/** The rules of a plan; none when its connection is gone. */
export const livePlan = (at: Address): Program<O.Option<ReadonlyArray<Rule>>> =>
  pipe(
    getPlan(at),
    RTE.map(O.some),
    RTE.orElse((error) =>
      error._tag !== 'NotFound'
        ? RTE.left(error)
        : pipe(
            isListed(at),
            RTE.chain((listed) => (listed ? RTE.left(noSuchPlan(at, error)) : RTE.right(O.none)))
          )
    )
  )

/** The rules of a plan whose connection must be there. */
export const presentPlan = (at: Address): Program<ReadonlyArray<Rule>> =>
  pipe(
    livePlan(at),
    RTE.chain((live) => (O.isSome(live) ? RTE.right(live.value) : RTE.left(noSite(at))))
  )

/** The error where a plan is to be made or changed, and there is no connection to hold it. */
export const noSite = ({ customerGuid, siteGuid, dialPlanName }: Address): ProviderError =>
  refused(
    `Dial plan "${dialPlanName}" has no connection: customer ${customerGuid} has no site ${siteGuid}; nothing was sent`,
    'check siteGuid and customerGuid; if the connection was deleted outside of Pulumi, run "pulumi refresh", then "pulumi up"'
  )
