import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { caseBlind, optional } from '../Decode'
import type { Env, Program } from '../Env'
import type { ProviderError } from '../Errors'
import * as Http from '../Http'
import { type Arguments, CustomerGuid } from './Arguments'
import { orMissing } from './Missing'
import { type Service, serviceFields, serviceNames } from './Services'
import { shared } from './Shared'

/** A service (customer) with its SIP connections. */
export interface ServiceDetails extends Service {
  /** Default domain of the Microsoft tenant. */
  readonly msDefaultDomain: string | undefined
  /** App registration that the platform uses at Microsoft. Its secret is never given. */
  readonly applicationClientId: string | undefined
  /** When the secret of that app registration expires, as the platform writes it: US-style date and time, e.g. `1/31/2030 9:00:00 AM`. */
  readonly clientSecretExpirationDate: string | undefined
}

/** Arguments of `getService`. */
export interface GetServiceArgs {
  /** Id of the service, a uuid. */
  readonly customerGuid: string
}

/** What is right for `getService`. */
export const serviceArguments: Arguments<GetServiceArgs> = { customerGuid: CustomerGuid }

/** `ApplicationClientSecret` is not decoded: whether the platform always masks it is not documented. */
const Details: t.Type<ServiceDetails, unknown, unknown> = caseBlind(
  {
    ...serviceFields,
    msDefaultDomain: optional(t.string),
    applicationClientId: optional(t.string),
    clientSecretExpirationDate: optional(t.string)
  },
  'ServiceDetails',
  serviceNames
)

const details = (version: 'v2' | 'v3', customerGuid: string): Program<ServiceDetails> =>
  Http.send({
    method: 'GET',
    path: `/api/${version}/customer/${encodeURIComponent(customerGuid)}`,
    ...(version === 'v3' ? { query: { allDetails: 'true' } } : {}),
    answer: Details
  })

/** V3 may lack the list of connections, or the call; V2 always has it. */
const completed = (customerGuid: string, v3: ServiceDetails): Program<ServiceDetails> =>
  v3.sipConnections === undefined
    ? pipe(
        details('v2', customerGuid),
        RTE.map((v2) => ({ ...v3, sipConnections: v2.sipConnections })),
        // What V3 tells is worth having without it.
        RTE.orElse((error) =>
          error._tag === 'NotFound' ? RTE.right<Env, ProviderError, ServiceDetails>(v3) : RTE.left(error)
        )
      )
    : RTE.right(v3)

/** Get Details for Specific Service: V3, and V2 where that is missing. */
export const getService = ({ customerGuid }: GetServiceArgs): Program<ServiceDetails> =>
  shared(
    `service ${customerGuid}`,
    pipe(
      details('v3', customerGuid),
      RTE.chain((v3) => completed(customerGuid, v3)),
      RTE.orElse((error) => (error._tag === 'NotFound' ? details('v2', customerGuid) : RTE.left(error))),
      orMissing(`customer ${customerGuid}`),
      RTE.map((found) => ({ ...found, customerGuid }))
    )
  )
