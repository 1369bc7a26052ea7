import { ruleKey } from '../../provider/dial-plan/ChangeSet'
import { isUnknown } from '../../provider/Unknowns'
import type { SipConnectionFleetArgs } from '../../provider/fleet/Args'
import { entriesOf } from '../../provider/fleet/Entries'
import { planOf } from '../../provider/fleet/Plan'
import { standingByInputs } from '../../provider/fleet/State'
import { type FieldChange, fieldChanges } from '../report/Fields'
import type { Kind } from '../report/Kinds'

/** Why a change may affect calls, in the order of its weight. */
export const dangers = {
  serviceGone: 'takes all its SIP connections and dial plans with it',
  delete: 'deleted',
  replace: 'replaced: deleted and made again',
  sbcMove: 'moves to another SBC: the old one may keep its IP group and registration',
  registration: 'registration with the carrier',
  licenseLowered: 'license or licensed users lowered, or not comparable',
  cacLowered: 'fewer calls at a time (CAC)',
  cacNotComparable: 'CAC changed, not comparable',
  numbersRemoved: 'numbers removed, or not comparable',
  rulesRemoved: 'rules removed or changed, or not comparable: numbers routed elsewhere or nowhere',
  route: 'route of the calls (gateway, proxy set, configuration mode, M365 routing)',
  rename: 'renamed',
  takeOver: 'takes an existing connection over: what differs there is changed',
  adopted: 'takes over what exists: what differs there is changed',
  unprotected: 'deletionProtection is turned off: it can be deleted from then on',
  unfinished: 'the last operation did not end well: all declared fields are sent again'
} as const

export type Danger = keyof typeof dangers

/** Those of the given dangers, the heaviest first. */
export const byWeight = (found: ReadonlySet<Danger>): ReadonlyArray<Danger> =>
  (Object.keys(dangers) as ReadonlyArray<Danger>).filter((danger) => found.has(danger))

type Inputs = Readonly<Record<string, unknown>>
type Dangers = ReadonlyArray<Danger>

/** An update, or the changes of a replacement. */
export interface Changed {
  readonly changes: ReadonlyArray<FieldChange>
  readonly before: Inputs
  readonly after: Inputs
  /** What the state holds beside the inputs. */
  readonly outputs?: Inputs
}

const changedIn =
  ({ changes }: Changed) =>
  (...names: ReadonlyArray<string>): boolean =>
    changes.some(({ path }) => names.includes(path))

// ---------------------------------------------------------------- connections

const registration = [
  'carrierRegistration',
  'carrierHostName',
  'carrierUserName',
  'carrierMainLine',
  'carrierUserPassword',
  'carrierPasswordDpi'
]

const route = ['onlinePstnGateway', 'proxySet', 'sbcConfigurationType', 'm365Scripts.configureM365Routing']

/** Calls at a time: the one number in the name of the profile; unlimited without CAC, `undefined` where it cannot be told. */
export const sessionsOf = ({ enableCac, cacProfile }: Inputs): number | undefined => {
  if (enableCac === false) return Infinity
  if (typeof cacProfile !== 'string' || isUnknown(cacProfile) || isUnknown(enableCac)) return undefined
  const numbers = cacProfile.match(/\d+/g) ?? []
  return numbers.length === 1 ? Number(numbers[0]) : undefined
}

const ofCac = (before: Inputs, after: Inputs): Dangers => {
  const [had, has] = [sessionsOf(before), sessionsOf(after)]
  // Without a limit from now on: never less than before.
  if (has === Infinity) return []
  if (had === undefined || has === undefined) return ['cacNotComparable']
  return has < had ? ['cacLowered'] : []
}

/** A list takes the place of what the platform has; where the old one is not known, it may have been longer. */
const numbersAreRemoved = ({ before, after }: FieldChange): boolean =>
  !(Array.isArray(before) && Array.isArray(after)) || before.some((number) => !after.includes(number))

const ofConnection = (of: Changed): Dangers => {
  const changed = changedIn(of)
  const numbers = of.changes.find(({ path }) => path === 'phones')
  return [
    ...(changed('sbcId') ? (['sbcMove'] as const) : []),
    ...(changed(...registration) ? (['registration'] as const) : []),
    ...(changed('enableCac', 'cacProfile') ? ofCac(of.before, of.after) : []),
    ...(numbers !== undefined && numbersAreRemoved(numbers) ? (['numbersRemoved'] as const) : []),
    ...(changed(...route) ? (['route'] as const) : []),
    ...(changed('siteName') ? (['rename'] as const) : [])
  ]
}

// ---------------------------------------------------------------- fleets

type Fleet = Partial<SipConnectionFleetArgs>

/** What happens to the connections of a fleet, by the inputs before and after. */
const ofFleet = ({ before, after }: Changed): Dangers => {
  const [olds, news]: ReadonlyArray<Fleet> = [before, after]
  return planOf(standingByInputs(olds ?? {}), entriesOf(news ?? {})).tasks.flatMap((task): Dangers => {
    if (task.kind === 'create') return []
    if (task.kind !== 'update') return [task.kind]
    const [had, has]: [Inputs, Inputs] = [{ ...task.before.args }, { ...task.args }]
    return ofConnection({ changes: fieldChanges(had, has), before: had, after: has })
  })
}

// ---------------------------------------------------------------- services

/** The licenses in the order of what they hold; the place is the type that the platform has for one. */
const licenses = [
  'HostedEssentials',
  'HostedEssentialsPlus',
  'HostedPro',
  'OcEssential',
  'OcEssentialPlus',
  'OcPro'
] as const

const placeOf = (license: unknown): number | undefined => {
  const place = licenses.findIndex((each) => each === license)
  return place === -1 ? undefined : place
}

/** Whether a number is now lower, or may be. */
const isLower = (had: unknown, has: unknown): boolean =>
  typeof had === 'number' && typeof has === 'number' ? has < had : true

/** What is not declared any more is not sent, and stays as it is. */
const licenseIsLowered = (of: Changed): boolean => {
  const { before, after, outputs = {} } = of
  const changed = changedIn(of)
  return (
    (changed('license') &&
      after.license !== undefined &&
      isLower(placeOf(before.license) ?? outputs.licenseType, placeOf(after.license))) ||
    (changed('licensedUsersCount') &&
      after.licensedUsersCount !== undefined &&
      isLower(before.licensedUsersCount, after.licensedUsersCount))
  )
}

const ofService = (of: Changed): Dangers => [
  ...(licenseIsLowered(of) ? (['licenseLowered'] as const) : []),
  ...(of.after.deletionProtection === false && of.before.deletionProtection !== false ? (['unprotected'] as const) : [])
]

// ---------------------------------------------------------------- dial plans

const isRule = (value: unknown): value is { readonly prefix: string; readonly tag: string } => {
  const { prefix, tag } = (value ?? {}) as { readonly prefix?: unknown; readonly tag?: unknown }
  return typeof prefix === 'string' && typeof tag === 'string' && !isUnknown(prefix) && !isUnknown(tag)
}

const rulesIn = (value: unknown): ReadonlyArray<{ readonly prefix: string; readonly tag: string }> | undefined =>
  Array.isArray(value) && value.every(isRule) ? value : undefined

/** Whether a rule is no longer there as it was, or may not be. */
const rulesAreRemoved = ({ before, after }: FieldChange): boolean => {
  const [had, has] = [rulesIn(before), rulesIn(after)]
  if (had === undefined || has === undefined) return true
  const kept = new Set(has.map(ruleKey))
  return had.some((rule) => !kept.has(ruleKey(rule)))
}

const ofDialPlan = ({ changes }: Changed): Dangers => {
  const rules = changes.find(({ path }) => path === 'rules')
  return rules !== undefined && rulesAreRemoved(rules) ? ['rulesRemoved'] : []
}

// ---------------------------------------------------------------- all of them

/** What may affect calls of each resource. */
interface Judgement {
  /** By taking it away; a replacement takes it away first. */
  readonly gone: Dangers
  readonly replaced: Dangers
  readonly adopted: Dangers
  readonly changed: (of: Changed) => Dangers
}

const service: Judgement = {
  gone: ['serviceGone'],
  replaced: ['serviceGone', 'replace'],
  adopted: ['adopted'],
  changed: ofService
}

/** A resource without a line here does not compile: whether a change of it may affect calls is said, and not left open. */
const judgements: Readonly<Record<Kind, Judgement>> = {
  sipConnection: { gone: ['delete'], replaced: ['replace'], adopted: ['takeOver'], changed: ofConnection },
  sipConnectionFleet: { gone: ['delete'], replaced: ['replace'], adopted: ['takeOver'], changed: ofFleet },
  hostedEssentialsService: service,
  operatorConnectService: service,
  dialPlan: {
    gone: ['delete', 'rulesRemoved'],
    replaced: ['replace', 'rulesRemoved'],
    adopted: ['adopted'],
    changed: ofDialPlan
  },
  // It is no thing on the platform.
  numbersGuard: { gone: [], replaced: [], adopted: [], changed: () => [] }
}

export const judgementOf = (kind: Kind): Judgement => judgements[kind]
