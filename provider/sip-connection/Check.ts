import * as E from 'fp-ts/Either'
import { isGuid } from '../Codecs'
import { type Checked, type Configured, type Finding, type Inputs, declared, decodeEach, failuresOf } from '../Inputs'
import type { Settings } from '../Settings'
import { hasUnknown, isUnknown } from '../Unknowns'
import { type ArgKey, type DangerousChange, type SipConnectionArgs, argCodecs, requiredKeys } from './Args'
import { addOnlyKeys, notCarriedByScriptParameters } from './Fields'
import { echoedKey } from './Live'

type KnownArgs = { readonly [K in ArgKey]?: Exclude<SipConnectionArgs[K], undefined> }

interface Judged {
  /** Values that are known and well-formed; the others are not judged a second time. */
  readonly args: KnownArgs
  /** Inputs that are declared, whether known or not. */
  readonly has: (key: ArgKey) => boolean
  /** Inputs of the last run, when this run is known to go on with the same connection. */
  readonly olds: KnownArgs | undefined
  readonly isNew: boolean
  /** Inputs of the last run, whatever becomes of the connection. */
  readonly before: KnownArgs
  /** Inputs of the last run, when this run replaces the connection by one of another customer. */
  readonly replaced: KnownArgs | undefined
  readonly settings: Settings | undefined
}

type Rule = (judged: Judged) => ReadonlyArray<Finding<ArgKey>>

const cacNeedsProfile: Rule = ({ args, has }) =>
  args.enableCac === true && !has('cacProfile')
    ? [['enableCac', 'true needs cacProfile, e.g. "10 sessions"; declare it, or set enableCac to false']]
    : []

const registrationNeedsCarrier: Rule = ({ args, has }) => {
  const needed = ['carrierMainLine', 'carrierHostName', 'carrierUserName', 'carrierUserPassword'] as const
  const missing = needed.filter((key) => !has(key))
  return args.carrierRegistration === true && missing.length > 0
    ? [
        [
          'carrierRegistration',
          `true needs ${missing.join(', ')}; declare ${missing.length > 1 ? 'them' : 'it'}, or set carrierRegistration to false`
        ]
      ]
    : []
}

const newNeedsScripts: Rule = ({ args, has, isNew, replaced }) => {
  // A replacement deletes the old connection first, so it must be able to make the new one.
  const adopts = has('adopt') && args.adopt !== false && (replaced === undefined || args.adopt !== true)
  if (!isNew || adopts) return []
  if (!has('sbcScripts'))
    return [
      [
        'sbcScripts',
        'is required for a new connection: { onboardingScript, cleanupScript } (script ids, see Get Script Templates)'
      ]
    ]
  const scripts = args.sbcScripts
  if (scripts === undefined) return []
  const missing = (['onboardingScript', 'cleanupScript'] as const).filter((name) => scripts[name] === undefined)
  return missing.length > 0
    ? [
        [
          'sbcScripts',
          `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} required for a new connection (script id, see Get Script Templates)`
        ]
      ]
    : []
}

const noDuplicates: Rule = ({ args }) => {
  const twice = (items: ReadonlyArray<string>): ReadonlyArray<readonly [number, number]> =>
    items.flatMap((item, index) => (items.indexOf(item) < index ? [[items.indexOf(item), index] as const] : []))
  const keyed = (args.dialPlanPrefixes ?? []).map((entry, index) =>
    hasUnknown(entry) ? `not known yet ${index}` : JSON.stringify([entry.dialPlanName, entry.index])
  )
  const phones = (args.phones ?? []).map((phone, index) => (isUnknown(phone) ? `not known yet ${index}` : phone))
  return [
    ...twice(keyed).map(
      ([first, second]) =>
        [
          'dialPlanPrefixes',
          `has the same dialPlanName and index as [${first}]; give each prefix an index of its own`,
          `[${second}]`
        ] as const
    ),
    ...twice(phones).map(
      ([first, second]) => ['phones', `is the same number as [${first}]; remove one`, `[${second}]`] as const
    )
  ]
}

const adoptNeedsUnreadable: Rule = ({ args, has, settings }) => {
  if (args.adopt === undefined || args.adopt === false || settings?.modifyBody === 'scriptParameters') return []
  const missing = (['enableCac', 'carrierRegistration'] as const).filter((key) => !has(key))
  return missing.length > 0
    ? [
        [
          'adopt',
          `needs ${missing.join(' and ')} to be declared, since the platform does not return ${missing.length > 1 ? 'them' : 'it'}: confirm the value in the portal and write it out`
        ]
      ]
    : []
}

const adoptNamesNoOther: Rule = ({ args, replaced }) =>
  replaced !== undefined && isGuid(args.adopt) && args.adopt === replaced.adopt
    ? [
        [
          'adopt',
          'names the connection of the old customer, which this replacement deletes; remove it, or name a connection of the new customer'
        ]
      ]
    : []

/** The fields that the platform echoes among the variables have inputs of their own, and Add would carry them twice. */
const variablesAreOwn: Rule = ({ args }) =>
  Object.keys(isUnknown(args.sbcScripts?.customerVariables) ? {} : (args.sbcScripts?.customerVariables ?? {})).flatMap(
    (name) => {
      const key = echoedKey(name)
      return key === undefined
        ? []
        : [
            [
              'sbcScripts',
              `is the carrier field that the input ${key} declares; use that`,
              `customerVariables.${name}`
            ] as const
          ]
    }
  )

/** Whether the program means a dangerous change, or may: a word that is not known yet can be any. */
const means = ({ args, has }: Judged, word: DangerousChange): boolean =>
  (has('allow') && (args.allow === undefined || args.allow.some(isUnknown))) || (args.allow ?? []).includes(word)

const emptyPhonesNeedWord: Rule = (judged) => {
  const { args, olds, before } = judged
  // With numbers at the last run, the rule of dangerous changes tells; while the customer is not known, that one is silent.
  const told = olds?.phones !== undefined || before.phones?.length === 0
  return args.phones?.length === 0 && !told && !means(judged, 'clearPhones')
    ? [
        [
          'phones',
          'an empty list takes all numbers from the connection: calls to them would fail. If that is meant, declare allow: ["clearPhones"]'
        ]
      ]
    : []
}

const dangerNeedsWord: Rule = (judged) => {
  const { args, olds, has } = judged
  if (olds === undefined) return []
  const changed = (key: 'siteName' | 'sbcId'): boolean =>
    args[key] !== undefined && olds[key] !== undefined && args[key] !== olds[key]
  const clears = (olds.phones?.length ?? 0) > 0 && (!has('phones') || args.phones?.length === 0)
  const unless = (word: DangerousChange, danger: boolean, key: ArgKey, text: string) =>
    danger && !means(judged, word) ? [[key, `${text}. If that is meant, declare allow: ["${word}"]`] as const] : []
  return [
    ...unless(
      'rename',
      changed('siteName'),
      'siteName',
      'differs from the name in state: the platform does not document whether the field renames a connection or selects another one'
    ),
    ...unless(
      'sbcMove',
      changed('sbcId'),
      'sbcId',
      'differs from the SBC in state: the old SBC may keep its IP group and its carrier registration, so that calls go both ways'
    ),
    ...unless('clearPhones', clears, 'phones', 'would take all numbers from the connection: calls to them would fail')
  ]
}

const bodyHasPlace: Rule = ({ args, olds, has, settings }) => {
  if (settings === undefined) return []
  if (settings.modifyBody === 'scriptParameters') {
    return notCarriedByScriptParameters
      .filter(has)
      .map(
        (key) =>
          [
            key,
            'cannot be sent with the setting modifyBody: scriptParameters, whose body has no place for it; leave it out, or use modifyBody: fields'
          ] as const
      )
  }
  if (olds === undefined) return []
  return addOnlyKeys
    .filter((key) => (has(key) ? args[key] !== undefined && args[key] !== olds[key] : olds[key] !== undefined))
    .map(
      (key) =>
        [
          key,
          'can be changed only with the setting modifyBody: scriptParameters (AUDIOCODES_LIVE_MODIFY_BODY), since the other body has no place for it'
        ] as const
    )
}

const rules: ReadonlyArray<Rule> = [
  cacNeedsProfile,
  registrationNeedsCarrier,
  newNeedsScripts,
  noDuplicates,
  adoptNeedsUnreadable,
  adoptNamesNoOther,
  variablesAreOwn,
  emptyPhonesNeedWord,
  dangerNeedsWord,
  bodyHasPlace
]

/**
 * Checks the inputs of a connection without any request. Values that are not known yet are skipped, never rejected. All
 * faults come at once, one line an input, and none holds a value.
 *
 * @param olds inputs of the last run, empty for a new connection (also for the second check of a replacement)
 * @param news inputs of this run
 * @param settings the configuration; its error is one more fault
 */
export const check = (olds: Inputs, news: Inputs, settings: Configured): Checked => {
  const decoded = decodeEach({ codecs: argCodecs, required: requiredKeys }, declared(news))
  const { values, faults } = decoded
  // An import file may hold the id as the portal shows it.
  const { customerGuid: customer, ...others } = declared(olds)
  const before: Inputs =
    customer === undefined
      ? others
      : { ...others, customerGuid: typeof customer === 'string' ? customer.toLowerCase() : customer }
  const isKnown = (key: string): boolean => !faults.has(key) && !isUnknown(values[key])
  // A customer that is not known yet may be the same one: then neither the rules of a new nor those of an old connection hold.
  const undecided = isUnknown(values.customerGuid)
  const isNew = before.customerGuid === undefined || (!undecided && values.customerGuid !== before.customerGuid)
  const judged: Judged = {
    args: Object.fromEntries(Object.entries(values).filter(([key]) => isKnown(key))),
    has: (key) => values[key] !== undefined,
    olds: isNew || undecided ? undefined : before,
    isNew,
    before: before,
    replaced: isNew && before.customerGuid !== undefined ? before : undefined,
    settings: E.isRight(settings) ? settings.right : undefined
  }
  const findings = rules.flatMap((rule) => rule(judged))
  return { inputs: values, failures: failuresOf(settings, decoded, findings) }
}
