import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { sameJson } from '../Json'
import { isMasked } from '../Secrets'
import {
  type ArgKey,
  type SbcConfigurationType,
  type SbcScripts,
  type SipConnectionArgs,
  argKeys,
  optionKeys,
  secretKeys
} from './Args'
import { pick } from '../State'
import type { SiteAnswer, Variables } from './Wire'

/**
 * What an answer of Get SIP Connections says of the inputs. It does not tell all of them, tells some in another form, and
 * echoes some in the bag of script variables.
 */

type Args = Partial<SipConnectionArgs>
type Read<A> = (site: SiteAnswer, had: Args) => O.Option<A>

const folded = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

/** Spellings of the carrier fields in the bag of script variables; the platform misspells some. */
export const bagSpellings = {
  carrierUserPassword: ['carrieruserpassword', 'carieruserpassword'],
  carrierMainLine: ['carriermainline', 'carriermailline', 'cariermailline', 'cariermainline'],
  carrierUserName: ['carrierusername', 'carierusername'],
  carrierHostName: ['carrierhostname', 'carierhostname'],
  cacProfile: ['cacprofile'],
  onlinePstnGateway: ['onlinepstngateway'],
  proxySet: ['proxyset']
} as const satisfies Partial<Record<ArgKey, ReadonlyArray<string>>>

/** The input that a name in the bag of script variables stands for, if it is not a variable of the user's own. */
export const echoedKey = (name: string): keyof typeof bagSpellings | undefined =>
  (Object.keys(bagSpellings) as ReadonlyArray<keyof typeof bagSpellings>).find((key) =>
    (bagSpellings[key] as ReadonlyArray<string>).includes(folded(name))
  )

/** The bag of script variables that the platform holds. */
export const liveVariables = (site: SiteAnswer): Variables => site.sbcInfo?.sbcScripts?.customerVariables ?? {}

const inBag = (site: SiteAnswer, key: keyof typeof bagSpellings): O.Option<string> =>
  pipe(
    Object.entries(liveVariables(site)).find(([name, value]) => echoedKey(name) === key && value !== null),
    (entry) => O.fromNullable(entry?.[1])
  )

const configurationTypes: ReadonlyMap<string, SbcConfigurationType> = new Map([
  ['1', 'SipTrunk'],
  ['siptrunk', 'SipTrunk'],
  ['2', 'IpPbx'],
  ['ippbx', 'IpPbx'],
  ['3', 'Byoc'],
  ['byoc', 'Byoc']
])

const untold: Read<never> = () => O.none

/** A live variable under the name that is declared: exact spelling first, then without regard to case. A masked one says nothing. */
const liveVariable = (bag: Variables, name: string): string | undefined => {
  const entries = Object.entries(bag)
  const found =
    entries.find(([key]) => key === name) ?? entries.find(([key]) => key.toLowerCase() === name.toLowerCase())
  const value = found?.[1] ?? undefined
  return value === undefined || isMasked(value) ? undefined : value
}

interface ScriptIds {
  readonly onboardingScript?: number | undefined
  readonly cleanupScript?: number | undefined
}

/** The live ids of those scripts that are declared, or of both when none are; what is not told stays as it was. */
const scriptIds = (
  live: ScriptIds,
  declared: ScriptIds | undefined
): Pick<SbcScripts, 'onboardingScript' | 'cleanupScript'> =>
  pick(
    {
      onboardingScript: live.onboardingScript ?? declared?.onboardingScript,
      cleanupScript: live.cleanupScript ?? declared?.cleanupScript
    },
    (['onboardingScript', 'cleanupScript'] as const).filter(
      (name) => declared === undefined || declared[name] !== undefined
    )
  )

/** How each input is read from an answer; none: the answer does not tell, and what is known already stands. */
const readers: { readonly [K in ArgKey]-?: Read<Exclude<SipConnectionArgs[K], undefined>> } = {
  customerGuid: untold,
  siteName: (site) => O.some(site.siteName),
  sbcId: (site) => O.fromNullable(site.sbcInfo?.sbcId),
  // 0 is shown for real trunks, so it says nothing.
  sbcConfigurationType: (site) =>
    O.fromNullable(configurationTypes.get(folded(site.sbcInfo?.sbcConfigurationType ?? ''))),
  configureSbc: (site) => O.fromNullable(site.sbcInfo?.flagConfigureSbc),
  enableCac: untold,
  cacProfile: (site) => O.fromNullable(site.sbcInfo?.cacProfile),
  carrierRegistration: untold,
  carrierUserName: (site) => O.fromNullable(site.sbcInfo?.carrierUserName),
  carrierUserPassword: (site) =>
    pipe(
      inBag(site, 'carrierUserPassword'),
      O.filter((password) => !isMasked(password))
    ),
  carrierPasswordDpi: untold,
  carrierMainLine: (site) =>
    pipe(
      O.fromNullable(site.sbcInfo?.carrierMainLine),
      // The field is empty or null where the bag has the value.
      O.filter((mainLine) => mainLine !== '' || O.isNone(inBag(site, 'carrierMainLine'))),
      O.alt(() => inBag(site, 'carrierMainLine'))
    ),
  carrierHostName: (site) => O.fromNullable(site.sbcInfo?.carrierHostName),
  phones: untold,
  dialPlanPrefixes: untold,
  sbcScripts: (site, had) =>
    pipe(
      O.fromNullable(site.sbcInfo?.sbcScripts),
      O.map((scripts) => {
        const declared = had.sbcScripts
        const variables = Object.entries(declared?.customerVariables ?? {}).map(
          ([name, value]) => [name, liveVariable(scripts.customerVariables ?? {}, name) ?? value] as const
        )
        return {
          ...scriptIds(scripts, declared),
          ...(declared?.customerVariables === undefined ? {} : { customerVariables: Object.fromEntries(variables) })
        }
      })
    ),
  m365Scripts: (site, had) =>
    pipe(
      O.fromNullable(site.m365Info?.m365Scripts),
      O.map((scripts) => {
        const declared = had.m365Scripts
        return {
          // Get shows false where the documented default is true, so a read false says nothing against a declared true.
          configureM365Routing: scripts.flagConfigureM365Routing === true || (declared?.configureM365Routing ?? false),
          ...scriptIds(scripts, declared)
        }
      })
    ),
  onlinePstnGateway: (site) => O.fromNullable(site.onlinePstnGateway),
  proxySet: untold,
  adopt: untold,
  allow: untold
}

const fqdn = (name: string): string => name.toLowerCase().replace(/\.$/, '')

/** `<label>.sbc1.example.net` is how the platform reads `sbc1.example.net` back. */
export const sameGateway = (declared: string, live: string): boolean => {
  const [a, b] = [fqdn(declared), fqdn(live)]
  return a === b || (b.endsWith(`.${a}`) && /^[^.]+$/.test(b.slice(0, -a.length - 1)))
}

/** Whether what the platform reads back is what was declared. */
const same = (key: ArgKey, declared: unknown, live: unknown): boolean => {
  if (typeof declared === 'string' && typeof live === 'string') {
    if (key === 'onlinePstnGateway') return sameGateway(declared, live)
    // Host names have no case (RFC 3261, section 19.1.4).
    if (key === 'carrierHostName') return declared.toLowerCase() === live.toLowerCase()
  }
  return sameJson(declared, live)
}

const readOf = (key: ArgKey, site: SiteAnswer, had: Args): O.Option<unknown> => readers[key](site, had)

/** Inputs whose live value an answer can tell at all. */
const isReadable = (key: ArgKey): boolean => readers[key] !== untold

/** Those of the given inputs whose live value this answer does not tell. */
export const untoldKeys = (site: SiteAnswer, declared: Args, keys: ReadonlyArray<ArgKey>): ReadonlyArray<ArgKey> =>
  keys.filter((key) => key !== 'customerGuid' && O.isNone(readOf(key, site, declared)))

/** Those of the given inputs whose live value is not the declared one. What the answer does not tell does not differ. */
export const differing = (site: SiteAnswer, declared: Args, keys: ReadonlyArray<ArgKey>): ReadonlyArray<ArgKey> =>
  keys.filter((key) =>
    pipe(
      readOf(key, site, declared),
      O.exists((live) => !same(key, declared[key], live))
    )
  )

/**
 * The inputs as they are on the platform: the live value where the answer tells it and it differs, what was had otherwise.
 *
 * @param keys the inputs that are managed. For a look without a state (`get`): all that an answer tells; `had` is then empty, and neither
 * passwords nor variables are given.
 */
export const liveArgs = (site: SiteAnswer, had: Args, keys: ReadonlyArray<ArgKey>): Args =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const live = O.toUndefined(readOf(key, site, had))
      const value = live === undefined || (had[key] !== undefined && same(key, had[key], live)) ? had[key] : live
      return value === undefined ? [] : [[key, value]]
    })
  )

/**
 * Those of the given inputs that this answer tells, as they are on the platform; of the script variables, those that were had or are declared.
 *
 * @param had what is known: it gives a value its form, and a variable its value where the answer does not tell it
 */
export const toldArgs = (site: SiteAnswer, had: Args, declared: Args, keys: ReadonlyArray<ArgKey>): Args => {
  const bag = liveVariables(site)
  const seen = Object.keys(declared.sbcScripts?.customerVariables ?? {}).flatMap((name) => {
    const value = liveVariable(bag, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const customerVariables = { ...Object.fromEntries(seen), ...had.sbcScripts?.customerVariables }
  const form: Args =
    Object.keys(customerVariables).length === 0
      ? had
      : { ...had, sbcScripts: { ...(had.sbcScripts ?? declared.sbcScripts), customerVariables } }
  const untoldHere = untoldKeys(site, form, keys)
  return liveArgs(
    site,
    form,
    keys.filter((key) => key !== 'customerGuid' && !untoldHere.includes(key))
  )
}

/** The inputs that a look without a state gives: all that are readable and not secret. */
export const visibleKeys: ReadonlyArray<ArgKey> = argKeys.filter(
  (key) => isReadable(key) && !optionKeys.includes(key) && !(secretKeys as ReadonlyArray<ArgKey>).includes(key)
)

/** Those of the cleared inputs that still have a value on the platform. A flag is cleared when it has its documented default, true. */
export const stillSet = (site: SiteAnswer, cleared: ReadonlyArray<ArgKey>): ReadonlyArray<ArgKey> =>
  cleared.filter((key) =>
    pipe(
      readOf(key, site, {}),
      O.exists((live) => live !== '' && live !== true && !(Array.isArray(live) && live.length === 0))
    )
  )
