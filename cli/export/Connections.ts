import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../../provider/Env'
import { type ProviderError, refused } from '../../provider/Errors'
import { operation } from '../../provider/Operations'
import { slots } from '../../provider/live/Slots'
import { isGuid } from '../../provider/Codecs'
import { type SipConnectionArgs } from '../../provider/sip-connection/Args'
import { getSite } from '../../provider/sip-connection/Requests'
import type { SipConnectionState } from '../../provider/sip-connection/State'
import type { SiteAnswer } from '../../provider/sip-connection/Wire'
import { written } from '../../provider/sip-connection/Written'
import type { Progress } from '../report/Progress'
import { type Customer, concurrency } from './Customers'
import { type Declared, type Listed, declaredOf } from './Declared'
import { type Failure, failureOf } from './Failure'

/** A connection that exists, as a program declares it and as the state has it. */
export interface Connection extends Declared {
  readonly customer: Customer
  readonly siteGuid: string
  readonly state: SipConnectionState
}

/** The state as after a takeover that found nothing to change. */
const takenOver =
  (args: SipConnectionArgs, siteGuid: string, site: SiteAnswer): Program<SipConnectionState> =>
  (env) =>
    pipe(
      written('adopt', args, siteGuid, { site: O.some(site), fault: O.none }),
      RTE.map(({ state }) => state)
      // Its notice speaks of a connection that was just saved.
    )({ ...env, warn: () => undefined })

const found =
  (customer: Customer, listed: Listed, site: SiteAnswer): Program<Connection> =>
  (env) =>
    pipe(
      RTE.fromEither<ProviderError, Declared, Env>(declaredOf(listed, site, env.settings)),
      RTE.chain((declared) =>
        pipe(
          takenOver(declared.args, listed.siteGuid, site),
          RTE.map((state) => ({ ...declared, customer, siteGuid: listed.siteGuid, state }))
        )
      )
    )(env)

const read = (customer: Customer, listed: Listed): Program<Connection> =>
  pipe(
    isGuid(listed.siteGuid)
      ? getSite(listed.siteGuid)
      : RTE.left<Env, ProviderError, SiteAnswer>(
          refused(`the service details of customer ${customer.guid} list it with an id that is no uuid`)
        ),
    RTE.chain((site) => found(customer, listed, site)),
    operation('read', [])
  )

/** The connections in the order of the lists; those that cannot be read are told. */
export const connectionsOf = async (
  customers: ReadonlyArray<Customer>,
  env: Env,
  progressOf: (total: number) => Progress
): Promise<{ readonly connections: ReadonlyArray<Connection>; readonly failures: ReadonlyArray<Failure> }> => {
  const all = customers.flatMap((customer) =>
    customer.connections.map((listed) => ({ customer, listed: { ...listed, customerGuid: customer.guid } }))
  )
  const shown = progressOf(all.length)
  const { hold } = slots()
  const results = await Promise.all(
    all.map(({ customer, listed }) =>
      hold('read', concurrency, async () => {
        const result = await read(customer, listed)(env)()
        shown.step()
        if (E.isRight(result)) return result
        const { customerGuid, siteName, siteGuid, sbcId } = listed
        const subject = { customerGuid, name: siteName, siteGuid, ...(sbcId === undefined ? {} : { sbcId }) }
        return E.left(failureOf({ kind: 'read', ...subject }, result.left, env.now()))
      })
    )
  )
  shown.end()
  return {
    connections: results.flatMap((each) => (E.isRight(each) ? [each.right] : [])),
    failures: results.flatMap((each) => (E.isLeft(each) ? [each.left] : []))
  }
}
