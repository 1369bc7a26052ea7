import { isUnknown } from '../../provider/Unknowns'
import type { FieldChange } from '../report/Fields'

/** Why a change may affect calls, in the order of its weight. */
export const dangers = {
  delete: 'deleted',
  replace: 'replaced: deleted and made again',
  sbcMove: 'moves to another SBC: the old one may keep its IP group and registration',
  registration: 'registration with the carrier',
  cacLowered: 'fewer calls at a time (CAC)',
  cacNotComparable: 'CAC changed, not comparable',
  numbersRemoved: 'numbers removed, or not comparable',
  route: 'route of the calls (gateway, proxy set, configuration mode, M365 routing)',
  rename: 'renamed',
  takeOver: 'takes an existing connection over: what differs there is changed',
  unfinished: 'the last operation did not end well: all declared fields are sent again'
} as const

export type Danger = keyof typeof dangers

/** Those of the given dangers, the heaviest first. */
export const byWeight = (found: ReadonlySet<Danger>): ReadonlyArray<Danger> =>
  (Object.keys(dangers) as ReadonlyArray<Danger>).filter((danger) => found.has(danger))

type Inputs = Readonly<Record<string, unknown>>

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

const ofCac = (before: Inputs, after: Inputs): ReadonlyArray<Danger> => {
  const [had, has] = [sessionsOf(before), sessionsOf(after)]
  // Without a limit from now on: never less than before.
  if (has === Infinity) return []
  if (had === undefined || has === undefined) return ['cacNotComparable']
  return has < had ? ['cacLowered'] : []
}

/** A list takes the place of what the platform has; where the old one is not known, it may have been longer. */
const numbersAreRemoved = ({ before, after }: FieldChange): boolean =>
  !(Array.isArray(before) && Array.isArray(after)) || before.some((number) => !after.includes(number))

/** What of the changed inputs of a connection may affect its calls. */
export const dangersOf = (changes: ReadonlyArray<FieldChange>, before: Inputs, after: Inputs): ReadonlySet<Danger> => {
  const changed = (...names: ReadonlyArray<string>): boolean => changes.some(({ path }) => names.includes(path))
  const numbers = changes.find(({ path }) => path === 'phones')
  return new Set<Danger>([
    ...(changed('sbcId') ? (['sbcMove'] as const) : []),
    ...(changed(...registration) ? (['registration'] as const) : []),
    ...(changed('enableCac', 'cacProfile') ? ofCac(before, after) : []),
    ...(numbers !== undefined && numbersAreRemoved(numbers) ? (['numbersRemoved'] as const) : []),
    ...(changed(...route) ? (['route'] as const) : []),
    ...(changed('siteName') ? (['rename'] as const) : [])
  ])
}
