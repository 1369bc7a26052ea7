import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../../provider/Env'
import { type ProviderError, refused } from '../../provider/Errors'
import { operation } from '../../provider/Operations'
import { customerGuid } from '../../provider/lookups/Names'
import { getService } from '../../provider/lookups/Service'
import {
  type CustomerSummary,
  type ServiceConnection,
  getCustomers,
  getServices
} from '../../provider/lookups/Services'
import { isGuid } from '../../provider/Codecs'
import { slots } from '../../provider/live/Slots'
import type { Progress } from '../report/Progress'
import { type Failure, failureOf } from './Failure'

/** A customer, and its connections as its details list them. */
export interface Customer {
  readonly guid: string
  readonly shortName: string | undefined
  readonly fullName: string | undefined
  readonly licenseType?: number | undefined
  readonly connections: ReadonlyArray<ServiceConnection>
}

/** Reads that are under way at the same time; how many a second that makes is the setting `requestsPerSecond`. */
export const concurrency = 8

/** Which customers are meant: one by guid or short name, or all. */
export type Which = { readonly customer: string } | 'all'

/** Too like a guid to be a short name. */
const isNearlyGuid = (text: string): boolean => /^[{(]?[0-9a-f]{6,}(-[0-9a-f]+){3,}[)}]?$/i.test(text)

const run = <A>(program: Program<A>, env: Env): Promise<E.Either<ProviderError, A>> =>
  operation('lookup', [])(program)(env)()

/** V2 lists them too. */
const brief: Program<ReadonlyArray<CustomerSummary>> = pipe(
  getServices(),
  RTE.map((services): ReadonlyArray<CustomerSummary> => services),
  RTE.orElse((error) =>
    error._tag === 'NotFound' ? getCustomers() : RTE.left<Env, ProviderError, ReadonlyArray<CustomerSummary>>(error)
  )
)

const guidsOfAll: Program<ReadonlyArray<string>> = pipe(
  brief,
  // A lead without a license has no guid, and no connections.
  RTE.map((services) => services.flatMap(({ customerGuid: guid }) => (guid === undefined ? [] : [guid]))),
  RTE.map((guids) => [...new Set(guids)])
)

const guidsOf = (which: Which): Program<ReadonlyArray<string>> => {
  if (which === 'all') return guidsOfAll
  const { customer } = which
  const isWhole: boolean = isGuid(customer)
  if (isWhole) return RTE.right([customer.toLowerCase()])
  return isNearlyGuid(customer)
    ? RTE.left(
        refused(
          `"${customer}" is no guid: expected 32 hexadecimal digits such as 11111111-2222-3333-4444-555555555555; nothing was sent`,
          'correct it, or give the short name of the customer'
        )
      )
    : pipe(
        customerGuid({ shortName: customer }),
        RTE.map((guid) => [guid])
      )
}

const detailsOf = (guid: string): Program<Customer> =>
  pipe(
    getService({ customerGuid: guid }),
    RTE.chain(({ shortName, fullName, licenseType, sipConnections }) =>
      sipConnections === undefined
        ? RTE.left<Env, ProviderError, Customer>(
            refused(
              `the service details of customer ${guid} list no connections (field SiteLocation)`,
              'check audiocodes-live:baseUrl, and the rights of the app registration'
            )
          )
        : RTE.right({ guid, shortName, fullName, licenseType, connections: eachOnce(sipConnections) })
    )
  )

const eachOnce = (connections: ReadonlyArray<ServiceConnection>): ReadonlyArray<ServiceConnection> => [
  ...new Map(connections.map((connection) => [connection.siteGuid, connection])).values()
]

/** The customers with their connections; those that cannot be read are told, and the others stand for themselves. */
export const customersOf = async (
  which: Which,
  env: Env,
  progressOf: (total: number) => Progress
): Promise<{ readonly customers: ReadonlyArray<Customer>; readonly failures: ReadonlyArray<Failure> }> => {
  const guids = await run(guidsOf(which), env)
  if (E.isLeft(guids)) {
    const lookup = which === 'all' ? 'the list of customers' : `customer ${JSON.stringify(which.customer)}`
    return { customers: [], failures: [failureOf({ kind: 'lookup', lookup: `of ${lookup}` }, guids.left, env.now())] }
  }
  const shown = progressOf(guids.right.length)
  const { hold } = slots()
  const read = await Promise.all(
    guids.right.map((guid) =>
      hold('read', concurrency, async () => {
        const details = await run(detailsOf(guid), env)
        shown.step()
        return E.isRight(details)
          ? details
          : E.left(failureOf({ kind: 'lookup', lookup: `of customer ${guid}` }, details.left, env.now()))
      })
    )
  )
  shown.end()
  return {
    customers: read.flatMap((each) => (E.isRight(each) ? [each.right] : [])),
    failures: read.flatMap((each) => (E.isLeft(each) ? [each.left] : []))
  }
}
