import * as E from 'fp-ts/Either'
import { isGuid } from '../Codecs'
import type { ChangeRules } from '../Difference'
import {
  type Checked,
  type Configured,
  type Finding,
  type InputCodecs,
  type Inputs,
  declared,
  decodeEach,
  failuresOf
} from '../Inputs'
import { sameJson } from '../Json'
import type { Settings } from '../Settings'
import { hasUnknown, isUnknown } from '../Unknowns'
import type { ServiceArgs } from './Args'
import { type Licenses, typeOf } from './License'

/** The check of a service, as far as it is the same for both kinds. */

/** What the check of one kind of service knows. */
export interface Checking<K extends string> extends InputCodecs<K> {
  readonly changeRules: ChangeRules<K>
  /** Inputs that are sent with the creation, and never again. */
  readonly creationOnly: ReadonlyArray<K>
  readonly licenses: Licenses
  /** Whether a new service cannot be made without its connection. */
  readonly needsSiteLocation: boolean
}

interface Judged<K extends string> extends Checking<K> {
  readonly replaceKeys: ReadonlyArray<K>
  /** Values that are known and well-formed; the others are not judged a second time. */
  readonly args: Partial<ServiceArgs>
  /** Inputs that are declared, whether known or not. */
  readonly has: (key: string) => boolean
  /** Whether an input is known, and other than at the last run. */
  readonly differs: (key: string) => boolean
  /** Inputs of the last run, empty when there was none. */
  readonly before: Partial<ServiceArgs>
  /** What becomes of the service, as far as it can be told. */
  readonly course: 'created' | 'kept' | 'replaced' | 'undecided'
  readonly settings: Settings | undefined
}

/** A key is a text here, since the rules are those of both kinds. */
type Rule = <K extends string>(judged: Judged<K>) => ReadonlyArray<Finding<string>>

const replaceNeedsRelease: Rule = ({ course, before, replaceKeys, differs }) =>
  course === 'replaced' && before.deletionProtection !== false
    ? replaceKeys
        .filter((key) => key in before && differs(key))
        .map((key) => [
          key,
          'a change replaces the service, which deletes it with all of its SIP connections and dial plans, and it is protected. If that is meant, first run "pulumi up" with deletionProtection: false and without this change'
        ])
    : []

const creationOnlyStays: Rule = ({ course, creationOnly, differs }) =>
  course === 'kept'
    ? creationOnly
        .filter(differs)
        .map((key) => [
          key,
          key === 'siteLocation'
            ? 'is used at the creation of the service only, and the service exists; declare what it was then, or leave it out, and manage the connection as a SipConnection with adopt'
            : 'is used at the creation of the service only, and the service exists; declare what it was then, or leave it out'
        ])
    : []

const newNeedsSiteLocation: Rule = ({ needsSiteLocation, course, args, has }) => {
  // A replacement deletes the old service first, so it must be able to make the new one.
  const adopts = has('adopt') && args.adopt !== false && (course === 'created' || args.adopt !== true)
  return needsSiteLocation && (course === 'created' || course === 'replaced') && !adopts && !has('siteLocation')
    ? [
        [
          'siteLocation',
          'is required for a new service: { sbcId, onboardingScript, cleanupScript } (see Get SBC Devices and Get Script Templates)'
        ]
      ]
    : []
}

const licenseComesFirst: Rule = ({ has }) =>
  has('license')
    ? []
    : (['licensedUsersCount', 'applicationClientId', 'applicationClientSecret'] as const)
        .filter(has)
        .map((key) => [key, 'is sent with the license; declare license too'])

const needsSampleBody =
  'the setting licenseBody: licenseType (AUDIOCODES_LIVE_LICENSE_BODY), since the other body has no place for it'

const bodyHasPlace: Rule = ({ args, has, differs, course, before, licenses, settings }) => {
  if (settings === undefined || settings.licenseBody === 'licenseType') return []
  const entry = args.license !== undefined && typeOf(licenses, args) === licenses.entry
  return [
    ...(course === 'kept' && differs('fullName') && before.fullName !== undefined
      ? [['fullName', `can be changed only with ${needsSampleBody}; or declare what it was`] as const]
      : []),
    // What is declared for the first time may be what the platform has.
    ...(course === 'kept' && differs('license') && before.license !== undefined && entry
      ? [['license', `a change to ${args.license ?? ''} can be sent only with ${needsSampleBody}`] as const]
      : []),
    ...(entry
      ? (['licensedUsersCount', 'applicationClientId', 'applicationClientSecret'] as const)
          .filter(has)
          .map(
            (key) => [key, `can be sent with the license ${args.license ?? ''} only with ${needsSampleBody}`] as const
          )
      : [])
  ]
}

const adoptNamesNoOther: Rule = ({ args, before, course }) =>
  course === 'replaced' && isGuid(args.adopt) && args.adopt === before.adopt
    ? [['adopt', 'names the old service, which this replacement deletes; remove it, or name another service']]
    : []

const rules: ReadonlyArray<Rule> = [
  replaceNeedsRelease,
  creationOnlyStays,
  newNeedsSiteLocation,
  licenseComesFirst,
  bodyHasPlace,
  adoptNamesNoOther
]

/** Ids in lower case: an import file may hold them as the portal shows them. */
const canonical = (olds: Inputs): Inputs =>
  typeof olds.msTenantId === 'string' ? { ...olds, msTenantId: olds.msTenantId.toLowerCase() } : olds

/**
 * Checks the inputs of a service without any request. Values that are not known yet are skipped, never rejected. All faults come at once, one line an
 * input, and none holds a value.
 */
export const checking =
  <K extends string>(kind: Checking<K>) =>
  (olds: Inputs, news: Inputs, settings: Configured): Checked => {
    const decoded = decodeEach(kind, declared(news))
    const { values, faults } = decoded
    const before = canonical(declared(olds))
    const isKnown = (key: string): boolean => !faults.has(key) && values[key] !== undefined && !isUnknown(values[key])
    const differs = (key: string): boolean =>
      isKnown(key) && !hasUnknown(values[key]) && !sameJson(values[key], before[key])
    const replaceKeys = (Object.keys(kind.changeRules) as Array<K>).filter((key) => kind.changeRules[key] === 'replace')
    const judged: Judged<K> = {
      ...kind,
      replaceKeys,
      args: Object.fromEntries(Object.entries(values).filter(([key]) => isKnown(key))),
      has: (key) => values[key] !== undefined,
      differs,
      before,
      course:
        before.shortName === undefined
          ? 'created'
          : replaceKeys.some((key) => before[key] !== undefined && differs(key))
            ? 'replaced'
            : replaceKeys.some((key) => isUnknown(values[key]))
              ? 'undecided'
              : 'kept',
      settings: E.isRight(settings) ? settings.right : undefined
    }
    const findings = rules.flatMap((rule) => rule(judged))
    return { inputs: values, failures: failuresOf(settings, decoded, findings) }
  }
