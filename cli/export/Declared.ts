import * as E from 'fp-ts/Either'
import type * as t from 'io-ts'
import { decode } from '../../provider/Decode'
import { type Refused, refused } from '../../provider/Errors'
import { isMasked } from '../../provider/Secrets'
import type { Settings } from '../../provider/Settings'
import { type ArgKey, type SipConnectionArgs, argCodecs, argKeys } from '../../provider/sip-connection/Args'
import { check } from '../../provider/sip-connection/Check'
import { notCarriedByScriptParameters } from '../../provider/sip-connection/Fields'
import { isPositional } from '../../provider/sip-connection/Body'
import { echoedKey, liveArgs } from '../../provider/sip-connection/Live'
import { ownVariables, scriptIds, shownArgs, variablesOf } from '../../provider/sip-connection/Shown'
import type { SiteAnswer } from '../../provider/sip-connection/Wire'
import { lineOf } from '../report/Values'

/** What a program declares of a connection that exists. Pure. */

/** A connection as the details of its customer list it. */
export interface Listed {
  readonly customerGuid: string
  readonly siteGuid: string
  readonly siteName: string
  readonly sbcId: number | undefined
  readonly sbcConfigurationType: string | undefined
}

/** The inputs, and what a reader must know of them. */
export interface Declared {
  readonly args: SipConnectionArgs
  /** Behind the line of an input. */
  readonly remarks: Readonly<Partial<Record<ArgKey, string>>>
  /** What is not declared, a line each. */
  readonly left: ReadonlyArray<string>
}

type Args = Partial<SipConnectionArgs>

export const confirm = 'not readable: confirm'

/** Get shows 0 for real trunks; the details of the customer tell the mode. */
const withListedMode = (site: SiteAnswer, { sbcId, sbcConfigurationType }: Listed): SiteAnswer => {
  const shown = liveArgs(site, {}, ['sbcConfigurationType']).sbcConfigurationType
  const mode = shown ?? sbcConfigurationType
  return {
    ...site,
    sbcInfo: { ...emptyInfo, ...site.sbcInfo, sbcId: site.sbcInfo?.sbcId ?? sbcId, sbcConfigurationType: mode }
  }
}

const emptyInfo: NonNullable<SiteAnswer['sbcInfo']> = {
  sbcConfigurationType: undefined,
  cacProfile: undefined,
  carrierHostName: undefined,
  carrierId: undefined,
  carrierMainLine: undefined,
  carrierUserName: undefined,
  flagConfigureSbc: undefined,
  sbcId: undefined,
  sbcScripts: undefined
}

/** Whether the SBC registers with the carrier, as far as the other inputs tell. */
const registration = (site: SiteAnswer, args: Args): boolean | undefined => {
  const { carrierUserName, carrierUserPassword, carrierMainLine, carrierHostName } = args
  const credentials = [carrierUserName, carrierUserPassword]
  if ([...credentials, carrierMainLine, carrierHostName].every((value) => value !== undefined)) return true
  const hasPassword = variablesOf(site).some(
    ([name, value]) => echoedKey(name) === 'carrierUserPassword' && value !== ''
  )
  return hasPassword || credentials.some((value) => value !== undefined) ? undefined : false
}

/** What the check of an input does not accept cannot be declared, though the platform has it. */
const accepted = (args: Args): { readonly args: Args; readonly faults: ReadonlyArray<readonly [ArgKey, string]> } => {
  const keys = argKeys.filter((key) => args[key] !== undefined)
  const decoded = keys.map(
    (key) => [key, decode(argCodecs[key] as t.Type<unknown, unknown, unknown>, args[key])] as const
  )
  return {
    args: Object.fromEntries(decoded.flatMap(([key, value]) => (E.isRight(value) ? [[key, value.right]] : []))),
    faults: decoded.flatMap(([key, value]) => (E.isLeft(value) ? [[key, value.left.join('; ')] as const] : []))
  }
}

/** The inputs that no answer tells, with the values that fit the rest. */
const guessed = (site: SiteAnswer, args: Args): Args => {
  const carrierRegistration = registration(site, args)
  return {
    ...args,
    enableCac: args.cacProfile !== undefined,
    ...(carrierRegistration === undefined ? {} : { carrierRegistration })
  }
}

const leftOf = (
  site: SiteAnswer,
  args: Args,
  faults: ReadonlyArray<readonly [ArgKey, string]>,
  settings: Settings
): ReadonlyArray<string> => {
  const all = ownVariables(site)
  const masked = all.filter(([name, value]) => !isPositional(name) && isMasked(value)).map(([name]) => lineOf(name))
  const positions = all.filter(([name]) => isPositional(name)).length
  const scripts = scriptIds(site.m365Info?.m365Scripts)
  const byFields = settings.modifyBody === 'fields'
  return [
    ...faults.map(([key, fault]) => `${key}: what the platform has is not accepted (${fault})`),
    ...(byFields && args.carrierRegistration === undefined
      ? [`carrierRegistration: ${confirm}; true needs complete credentials, and the platform does not tell them all`]
      : []),
    ...(masked.length === 0 ? [] : [`${masked.join(', ')} of customerVariables: ${confirm}; masked by the platform`]),
    ...(positions === 0
      ? []
      : [`${positions} of customerVariables: ${confirm}; shown by position, without the names that the script has`]),
    ...(byFields && args.m365Scripts === undefined && Object.keys(scripts).length > 0
      ? [
          `m365Scripts with ${idsText(scripts)}: ${confirm}; configureM365Routing is shown as false also where it is true`
        ]
      : []),
    ...(byFields ? [`phones, dialPlanPrefixes: ${confirm}`] : [])
  ]
}

const idsText = (ids: object): string =>
  Object.entries(ids)
    .map(([name, id]) => `${name} ${String(id)}`)
    .join(', ')

const remarksOf = (site: SiteAnswer, args: Args): Declared['remarks'] => {
  const shown = site.onlinePstnGateway
  const gatewayText =
    shown === args.onlinePstnGateway
      ? 'as shown; confirm that the platform has put nothing in front'
      : `shown as ${lineOf(shown ?? '')}: confirm`
  return {
    ...(args.enableCac === undefined ? {} : { enableCac: confirm }),
    ...(args.carrierRegistration === undefined ? {} : { carrierRegistration: confirm }),
    ...(args.onlinePstnGateway === undefined ? {} : { onlinePstnGateway: gatewayText })
  }
}

const fitting = (args: Args, settings: Settings): Args =>
  settings.modifyBody === 'fields'
    ? args
    : Object.fromEntries(Object.entries(args).filter(([key]) => !notCarriedByScriptParameters.includes(key as ArgKey)))

/** `adopt` needs both of them, where the body of Modify has a place for them. */
const mayAdopt = ({ enableCac, carrierRegistration }: Args, settings: Settings): boolean =>
  settings.modifyBody === 'scriptParameters' || (enableCac !== undefined && carrierRegistration !== undefined)

const hasBothScripts = ({ sbcScripts: scripts }: Args): boolean =>
  scripts?.onboardingScript !== undefined && scripts.cleanupScript !== undefined

/**
 * What a program declares so that nothing changes: everything that the platform tells, in the form in which it is written, and what it does
 * not tell with the values that fit the rest. The result passes the check of a new connection, as an import needs it.
 */
export const declaredOf = (listed: Listed, site: SiteAnswer, settings: Settings): E.Either<Refused, Declared> => {
  if (site.siteName !== listed.siteName) {
    return E.left(
      refused(
        'the platform answered with a connection of another name than the service details list under this id',
        'run the same command again, in case it was just renamed'
      )
    )
  }
  const { args: told, faults } = accepted(shownArgs(listed.customerGuid, withListedMode(site, listed)))
  const args = fitting(guessed(site, told), settings)
  const adopts = mayAdopt(args, settings)
  if (!adopts && !hasBothScripts(args)) {
    return E.left(
      refused(
        'without both sbcScripts it can be imported with adopt alone, which needs carrierRegistration, and that cannot be told: the credentials of the carrier are incomplete or masked',
        `declare it by hand, with its credentials and adopt: "${listed.siteGuid}"`
      )
    )
  }
  const { inputs, failures } = check({}, { ...args, ...(adopts ? { adopt: listed.siteGuid } : {}) }, E.right(settings))
  if (failures.length > 0) {
    const required = faults.filter(([key]) => failures.some((failure) => failure.startsWith(`${key}: is required`)))
    const reasons = [
      ...required.map(([key, fault]) => `${key}: ${fault}`),
      ...failures.filter((failure) => !required.some(([key]) => failure.startsWith(`${key}: `)))
    ]
    return E.left(
      refused(
        `it cannot be declared as it is (${reasons.join('; ')})`,
        `correct it in the portal, or declare it by hand with adopt: "${listed.siteGuid}"`
      )
    )
  }
  const checked = inputs as unknown as SipConnectionArgs
  return E.right({ args: checked, remarks: remarksOf(site, checked), left: leftOf(site, checked, faults, settings) })
}
