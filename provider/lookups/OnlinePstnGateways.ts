import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { Text, caseBlind, optional } from '../Decode'
import type { Program } from '../Env'
import { type Arguments, CustomerGuid } from './Arguments'
import { listed } from './Lists'
import { orMissing } from './Missing'

/** An online PSTN gateway of a customer. */
export interface OnlinePstnGateway {
  /** Name: `<SIP connection>.<domain of the SBC>`, or a domain of the tenant. */
  readonly fqdn: string
  /** `DerivedTrunk`: calls go straight through the provider's SBC. `AzureAdDomainOnly`: a domain in Entra, whose calls use the derived trunk. */
  readonly trunkModel: string | undefined
}

/** Arguments of `getOnlinePstnGateways`. */
export interface GetOnlinePstnGatewaysArgs {
  /** Id of the service, a uuid. */
  readonly customerGuid: string
}

/** What is right for `getOnlinePstnGateways`. */
export const onlinePstnGatewaysArguments: Arguments<GetOnlinePstnGatewaysArgs> = { customerGuid: CustomerGuid }

const Gateway: t.Type<OnlinePstnGateway, unknown, unknown> = caseBlind(
  { fqdn: t.string, trunkModel: optional(Text) },
  'OnlinePstnGateway'
)

/** Get Online PSTN Gateway. */
export const getOnlinePstnGateways = ({
  customerGuid
}: GetOnlinePstnGatewaysArgs): Program<ReadonlyArray<OnlinePstnGateway>> =>
  pipe(
    listed({
      path: `/api/v3/customer/${encodeURIComponent(customerGuid)}/onlinepstngateway`,
      entry: Gateway,
      paging: { first: 0, size: 100, usual: [10] }
    }),
    orMissing(`customer ${customerGuid}`)
  )
