import { isGuid } from '../Codecs'
import { isObject, sameJson } from '../Json'
import { isUnknown } from '../Unknowns'
import { type SipConnectionArgs, argKeys } from '../sip-connection/Args'
import type { FleetEntry, SipConnectionFleetArgs } from './Args'

/** What the entries of a fleet declare, with the defaults in the places that they leave open. Pure. */

type Values = Readonly<Record<string, unknown>>

/** Objects are merged field by field; everything else, a list too, is taken whole. null counts as left out. */
const merged = (defaults: Values, own: Values): Values => ({
  ...defaults,
  ...Object.fromEntries(
    Object.entries(own).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, withFallback(value, defaults[key])] as const]
    )
  )
})

/** An object whose defaults are not known yet may hold more than it says. */
const withFallback = (value: unknown, fallback: unknown): unknown => {
  if (!isObject(value)) return value
  return isUnknown(fallback) ? fallback : merged(isObject(fallback) ? fallback : {}, value)
}

/** The inputs of which nothing is known yet: each may have any value. */
const allUnknown = (unknown: unknown): Values => Object.fromEntries(argKeys.map((key) => [key, unknown]))

const inputsOf = (given: unknown): Values => (isUnknown(given) ? allUnknown(given) : isObject(given) ? given : {})

/** Of changed values what differs, objects field by field; whatever else an entry has from its defaults stays there. */
const differing = (before: Values, after: Values): Values =>
  Object.fromEntries(
    Object.entries(after).flatMap(([key, value]) => {
      const had = before[key]
      if (sameJson(had, value)) return []
      return [[key, isObject(value) && isObject(had) ? differing(had, value) : value] as const]
    })
  )

/** An entry with what is otherwise than its whole inputs say. */
export const writtenOut = (entry: FleetEntry, whole: FleetEntry, live: FleetEntry): FleetEntry =>
  merged(entry, differing(whole, live))

type Declaration = Pick<SipConnectionFleetArgs, 'defaults' | 'connections' | 'adopt'>

/** The inputs of a connection of a fleet. `adopt` of the fleet is that of every entry without one. */
export const withDefaults = (
  { defaults, adopt }: Partial<Pick<Declaration, 'defaults' | 'adopt'>>,
  entry: FleetEntry
): FleetEntry => merged({ ...(adopt === undefined ? {} : { adopt }), ...inputsOf(defaults) }, inputsOf(entry))

/** A connection of a fleet with its whole inputs; before the check some may be missing. */
export interface Entry {
  readonly name: string
  readonly args: Partial<SipConnectionArgs>
}

/** The connections of a fleet. Of an entry that is not known yet, all inputs are not. */
export const entriesOf = (fleet: Partial<Declaration>): ReadonlyArray<Entry> =>
  isObject(fleet.connections)
    ? Object.entries(fleet.connections)
        .filter(([, entry]) => isObject(entry) || isUnknown(entry))
        .map(([name, entry]) => ({ name, args: withDefaults(fleet, entry) }))
    : []

const isKnownText = (value: unknown): value is string => typeof value === 'string' && !isUnknown(value)

/** What makes two entries the same connection of the platform: customer and name; none as long as they are not known. */
export const siteKey = ({ customerGuid, siteName }: Partial<SipConnectionArgs>): string | undefined =>
  isKnownText(customerGuid) && isKnownText(siteName)
    ? JSON.stringify([customerGuid.toLowerCase(), siteName])
    : undefined

/** The site id that an entry names; none where it names none, or none that is known. */
export const adoptedSite = ({ adopt }: Partial<SipConnectionArgs>): string | undefined =>
  isGuid(adopt) && isKnownText(adopt) ? adopt.toLowerCase() : undefined
