import type { CallingProfile } from '../lookups/CallingProfiles'
import { few } from '../Words'
import type { OnlinePstnGateway } from '../lookups/OnlinePstnGateways'
import { sameGateway } from '../sip-connection/Live'
import { type Declaration, configuresSbc, ifKnown } from './Declaration'
import type { Inventory } from './Sbcs'

/**
 * Whether the online PSTN gateway is there. Pure.
 *
 * The list of a customer holds the gateways of the connections that it has, so that the one of a first connection on an SBC is missing in it. A
 * gateway is doubted only where the platform tells what the SBC is called, and neither an SBC, nor a trunk, nor the list of the customer has the name.
 * Of a customer without any gateway nothing can be concluded: there it is no fault.
 */

/** The declared name as it is, and without the name of the connection in front, with which the platform reads it back. */
const spellings = (gateway: string, siteName: string | undefined): ReadonlyArray<string> => {
  const prefix = `${siteName ?? ''}.`.toLowerCase()
  return siteName !== undefined && gateway.toLowerCase().startsWith(prefix)
    ? [gateway, gateway.slice(prefix.length)]
    : [gateway]
}

/** Whether the gateway has the name of the connection in front: then it is a matter of that name too. */
export const namesItsSite = ({ args }: Declaration): boolean => {
  const gateway = ifKnown(args.onlinePstnGateway)
  return gateway !== undefined && spellings(gateway, ifKnown(args.siteName)).length > 1
}

const isAmong = (names: ReadonlyArray<string>, { args }: Declaration, gateway: string): boolean =>
  spellings(gateway, ifKnown(args.siteName)).some((spelling) => names.some((name) => sameGateway(spelling, name)))

const told = (names: ReadonlyArray<string | undefined>): ReadonlyArray<string> => [
  ...new Set(names.flatMap((name) => (name === undefined || name === '' ? [] : [name])))
]

/** What the platform calls an SBC: its host names. */
const namesOf = (sbcId: number | undefined, { sbcs }: Inventory): ReadonlyArray<string> =>
  told(sbcs.filter((sbc) => sbc.sbcId === sbcId).map(({ fqdn }) => fqdn))

/** The declared gateway, where the inventory makes it look wrong; only then it is worth to ask further. */
export const doubtfulGateway = (declaration: Declaration, inventory: Inventory): string | undefined => {
  const gateway = ifKnown(declaration.args.onlinePstnGateway)
  if (gateway === undefined || !configuresSbc(declaration)) return undefined
  const isDoubtful =
    namesOf(ifKnown(declaration.args.sbcId), inventory).length > 0 &&
    !isAmong(told(inventory.sbcs.map(({ fqdn }) => fqdn)), declaration, gateway)
  return isDoubtful ? gateway : undefined
}

/** What else has names of gateways. */
export interface GatewayNames {
  /** Calling profiles, whose trunks have names of their own. */
  readonly profiles: ReadonlyArray<CallingProfile>
  /** The gateways of the customer. */
  readonly gateways: ReadonlyArray<OnlinePstnGateway>
}

const missing = (declaration: Declaration, inventory: Inventory, { profiles, gateways }: GatewayNames) => {
  const gateway = doubtfulGateway(declaration, inventory)
  const ofCustomer = told(gateways.map(({ fqdn }) => fqdn))
  const trunks = told(profiles.flatMap((profile) => profile.trunks.map(({ trunkFqdn }) => trunkFqdn)))
  return gateway === undefined || isAmong([...ofCustomer, ...trunks], declaration, gateway)
    ? undefined
    : { gateway, ofCustomer, ofSbc: few(namesOf(ifKnown(declaration.args.sbcId), inventory)) }
}

export const gatewayFindings = (
  declaration: Declaration,
  inventory: Inventory,
  names: GatewayNames
): ReadonlyArray<string> => {
  const found = missing(declaration, inventory, names)
  return found === undefined || found.ofCustomer.length === 0
    ? []
    : [
        `onlinePstnGateway: there is no gateway "${found.gateway}"; the SBC is ${found.ofSbc}, and the customer has ${few(found.ofCustomer)}`
      ]
}

export const gatewayNotices = (
  declaration: Declaration,
  inventory: Inventory,
  names: GatewayNames
): ReadonlyArray<string> => {
  const found = missing(declaration, inventory, names)
  return found?.ofCustomer.length === 0
    ? [
        `Gateway "${found.gateway}" is neither that of an SBC nor of a trunk, which is right if it is a new one. The SBC is ${found.ofSbc}`
      ]
    : []
}
