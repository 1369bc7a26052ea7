import * as t from 'io-ts'
import { exactly, flag, fqdn, guid, list, refine, text } from '../Codecs'
import type { SecretPlaces } from '../SecretMarks'
import type { Codec } from '../Shape'
import { known } from '../Unknowns'

/** A rule of a dial plan. */
export interface DialPlanRule {
  /** What dialled numbers begin with, or a whole number: 1 to 15 digits, with or without a `+` (E.164). */
  readonly prefix: string
  /**
   * Where calls go: name (FQDN) of the derived trunk. Compared without regard to case and to a dot at the end. A tag that is no gateway of
   * AudioCodes makes the number a service number, which counts for the license.
   */
  readonly tag: string
  /**
   * Name of the rule in the onboarding script. Default: the name of the dial plan. It is sent when the rule is made, and never compared: the platform
   * may read another one back (the name of the connection). A change of the name alone is not sent.
   */
  readonly name?: string
}

/**
 * What a program declares of a dial plan of a SIP connection: its own prefixes. Those of others in the same plan are never touched.
 *
 * Source of all fields: the vendor's pages "Get" and "Modify Dial Plan Content for SIP Connection".
 */
export interface DialPlanArgs {
  /** The service (customer) that the connection belongs to: a uuid, as the connection has it. A change replaces the resource. */
  readonly customerGuid: string
  /** Id of the connection (site location): a uuid, the output `siteGuid` of a `SipConnection`. A change replaces the resource. */
  readonly siteGuid: string
  /**
   * Name of the dial plan on the SBC: 1 to 128 characters, no slash. Default: `CustDialPlan`. The vendor also names `RegisteredUsers`, `Zoom`
   * and `OCDialPlan`. A change replaces the resource.
   */
  readonly dialPlanName?: string
  /** The rules, at least one, each prefix once. Their order does not matter. */
  readonly rules: ReadonlyArray<DialPlanRule>
  /**
   * What happens when one of the prefixes is in the plan already. Default: false, an error that lists them. `true`: they are taken over; one with
   * another tag gets the declared one.
   */
  readonly adopt?: boolean
}

/** Names of the inputs. */
export type ArgKey = keyof DialPlanArgs

/** The dial plan that onboarding scripts make. */
export const defaultDialPlanName = 'CustDialPlan'

const prefix = refine('a prefix of 1 to 15 digits, with or without a "+"', t.string, (s) =>
  /^\+?\d{1,15}$/.test(s) ? undefined : 'expected 1 to 15 digits, with or without a "+" in front'
)

const rule: Codec<DialPlanRule> = exactly(
  'an object with prefix, tag and perhaps name',
  { prefix: known(prefix), tag: known(fqdn) },
  { name: known(text('the name of a rule', 128)) }
)

// It becomes the last part of a path, where dots have a meaning of their own.
const planName = text('the name of a dial plan', 128, (s) =>
  s.includes('/') || /^\.{1,2}$/.test(s)
    ? 'expected the name of a dial plan such as CustDialPlan, without a slash'
    : undefined
)

/** The codec of every input. A value that is not known yet passes. An input without a codec does not compile. */
export const argCodecs: { readonly [K in ArgKey]-?: Codec<Exclude<DialPlanArgs[K], undefined>> } = {
  customerGuid: known(guid),
  siteGuid: known(guid),
  dialPlanName: known(planName),
  rules: known(list('a list of rules', known(rule))),
  adopt: known(flag)
}

/** Names of the inputs, in the order of the documentation. */
export const argKeys = Object.keys(argCodecs) as ReadonlyArray<ArgKey>

/** Inputs that a program must declare. */
export const requiredKeys: ReadonlyArray<ArgKey> = ['customerGuid', 'siteGuid', 'rules']

/** Inputs that steer the provider and are never sent. */
export const optionKeys: ReadonlyArray<ArgKey> = ['adopt']

/** A dial plan has no secrets. */
export const secretPlaces: SecretPlaces = { keys: [], bags: [] }
