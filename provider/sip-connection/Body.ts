import { isMasked } from '../Secrets'
import type { ClearWith, ModifyBody } from '../Settings'
import type { ArgKey, SbcConfigurationType, SipConnectionArgs } from './Args'
import { notCarriedByScriptParameters } from './Fields'
import { echoedKey } from './Live'
import type { Variables } from './Wire'

/** Bodies of Add and Modify, with the field names of the vendor's pages "Add SIP Connection" and "Modify SIP Connection". */

type Args = Partial<SipConnectionArgs>
type Body = Readonly<Record<string, unknown>>

const configurationNumbers: Readonly<Record<SbcConfigurationType, number>> = {
  Unknown: 0,
  SipTrunk: 1,
  IpPbx: 2,
  Byoc: 3
}

const declaredOnly = (fields: Body): Body =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** The shape of Add, which is also that of the sample body of Modify. */
const scriptParametersBody = (args: Args, variables: Variables, clear: Body): Body =>
  declaredOnly({
    siteLocationName: args.siteName,
    ovocCustomerType: 'IPGROUP_TYPE',
    sbcId: args.sbcId,
    sbcOnboardingScript: args.sbcScripts?.onboardingScript,
    sbcCleanupScript: args.sbcScripts?.cleanupScript,
    SbcConfigurationType: args.sbcConfigurationType && configurationNumbers[args.sbcConfigurationType],
    scriptParameters: declaredOnly({
      ...Object.fromEntries(Object.entries(variables).filter(([name]) => echoedKey(name) === undefined)),
      OnlinePstnGateway: args.onlinePstnGateway ?? clear.onlinePstnGateway,
      ProxySet: args.proxySet ?? clear.proxySet,
      CacProfile: args.cacProfile ?? clear.cacProfile,
      CarrierUserName: args.carrierUserName ?? clear.carrierUserName,
      CarrierUserPassword: args.carrierUserPassword ?? clear.carrierUserPassword,
      CarrierMainLine: args.carrierMainLine ?? clear.carrierMainLine,
      CarrierHostName: args.carrierHostName ?? clear.carrierHostName
    })
  })

/** The documented table of Modify. */
const fieldsBody = (args: Args, variables: Variables, clear: Body): Body =>
  declaredOnly({
    sbcId: args.sbcId,
    sbcSiteName: args.siteName,
    CacProfile: args.cacProfile ?? clear.cacProfile,
    enableCAC: args.enableCac ?? clear.enableCac,
    flagConfigureSbc: args.configureSbc ?? clear.configureSbc,
    flagCarrierRegistration: args.carrierRegistration ?? clear.carrierRegistration,
    CarrierUserName: args.carrierUserName ?? clear.carrierUserName,
    CarrierUserPassword: args.carrierUserPassword ?? clear.carrierUserPassword,
    carrierPasswordDPI: args.carrierPasswordDpi ?? clear.carrierPasswordDpi,
    CarrierMainLine: args.carrierMainLine ?? clear.carrierMainLine,
    CarrierHostName: args.carrierHostName ?? clear.carrierHostName,
    phones: args.phones?.join(',') ?? clear.phones,
    dialPlanPrefixes: args.dialPlanPrefixes ?? clear.dialPlanPrefixes,
    sbcConfigurationType: args.sbcConfigurationType && configurationNumbers[args.sbcConfigurationType],
    sbcScripts:
      args.sbcScripts &&
      declaredOnly({
        sbcOnboardingScript: args.sbcScripts.onboardingScript,
        sbcCleanupScript: args.sbcScripts.cleanupScript,
        customerVariables: Object.keys(variables).length > 0 ? variables : undefined
      }),
    m365Scripts:
      args.m365Scripts &&
      declaredOnly({
        flagConfigureM365Routing: args.m365Scripts.configureM365Routing,
        OnboardingScript: args.m365Scripts.onboardingScript,
        CleanupScript: args.m365Scripts.cleanupScript
      }),
    OnlinePstnGateway: args.onlinePstnGateway ?? clear.onlinePstnGateway
  })

/** What is sent for an input that is no longer declared; inputs without an entry are no longer managed, and nothing is sent for them. */
const clearedValues = (removed: ReadonlyArray<ArgKey>, clearWith: ClearWith): Body => {
  const text = clearWith === 'null' ? null : ''
  const values: Partial<Record<ArgKey, unknown>> = {
    configureSbc: true,
    enableCac: true,
    carrierRegistration: true,
    cacProfile: text,
    carrierUserName: text,
    carrierUserPassword: text,
    carrierPasswordDpi: text,
    carrierMainLine: text,
    carrierHostName: text,
    onlinePstnGateway: text,
    proxySet: text,
    phones: text,
    dialPlanPrefixes: []
  }
  return Object.fromEntries(removed.filter((key) => key in values).map((key) => [key, values[key]]))
}

/**
 * Whether the removal of an input is sent. The others have no documented empty value (scripts, configuration mode) or no place in the
 * body: they are just no longer managed.
 */
export const clearable = (key: ArgKey, form: ModifyBody): boolean =>
  key in clearedValues([key], 'empty') && !(form === 'scriptParameters' && notCarriedByScriptParameters.includes(key))

/** The variables of the last run that are no longer declared although the scripts are. */
export const removedVariables = ({ args, previous }: Pick<Modification, 'args' | 'previous'>): ReadonlyArray<string> =>
  args.sbcScripts === undefined
    ? []
    : Object.keys(previous).filter((name) => args.sbcScripts?.customerVariables?.[name] === undefined)

/** What an update starts from. */
export interface Modification {
  readonly args: SipConnectionArgs
  /** Inputs that were managed at the last run and are no longer declared. */
  readonly removed: ReadonlyArray<ArgKey>
  /** Variables that were declared at the last run. */
  readonly previous: Readonly<Record<string, string>>
  /** The bag of script variables that the platform holds. */
  readonly live: Variables
}

/**
 * The variables that an update sends: the live ones with the declared ones on top. The bag echoes carrier fields; these follow the
 * declared inputs, so that an old password does not go out beside a new one. What is masked is not sent back.
 */
export const mergedVariables = ({ args, removed, previous, live }: Modification): Variables => {
  const variables = args.sbcScripts?.customerVariables ?? {}
  const emptied = removedVariables({ args, previous })
  const own = [...Object.keys(variables), ...emptied].map((name) => name.toLowerCase())
  const shown = Object.keys(live).map((name) => name.toLowerCase())
  // Where the platform shows the variables of the last run by their position, these are the same ones once more.
  const unseen = Object.entries(previous).filter(([name]) => !shown.includes(name.toLowerCase()))
  const isEcho = (name: string, value: string): boolean =>
    isPositional(name) && unseen.some(([, declared]) => declared === value)
  const kept = Object.entries(live).flatMap(([name, value]): ReadonlyArray<readonly [string, string]> => {
    const key = echoedKey(name)
    const declared = key === undefined ? undefined : args[key]
    if (declared !== undefined) return [[name, declared]]
    const obsolete =
      (key !== undefined && removed.includes(key)) ||
      // A declared variable takes the place of a live one in another case.
      own.includes(name.toLowerCase())
    return obsolete || value === null || isMasked(value) || isEcho(name, value) ? [] : [[name, value]]
  })
  // Variables are documented as texts, so a removed one is emptied whatever the setting clearWith says.
  const cleared = emptied.map((name) => [name, ''] as const)
  return Object.fromEntries([...kept, ...cleared, ...Object.entries(variables)])
}

/** `CustomVar.Variable1`: the platform's name of a variable by its position in the script. */
export const isPositional = (name: string): boolean => /^customvar\.variable\d+$/i.test(name)

/** The body of Add. */
export const addBody = (args: SipConnectionArgs): Body =>
  scriptParametersBody(args, args.sbcScripts?.customerVariables ?? {}, {})

/**
 * The body of Modify: all managed fields with their absolute values, not only the changed ones. That is right whether the platform
 * takes a partial or a full body (which is not documented), and makes a repeat harmless.
 */
export const modifyBody = (
  modification: Modification,
  form: { readonly modifyBody: ModifyBody; readonly clearWith: ClearWith }
): Body => {
  const { args, removed } = modification
  const clear = clearedValues(removed, form.clearWith)
  const variables = mergedVariables(modification)
  return form.modifyBody === 'fields'
    ? fieldsBody(args, variables, clear)
    : scriptParametersBody(args, variables, clear)
}
