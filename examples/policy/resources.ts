import type { PolicyResource, ResourceValidationArgs } from '@pulumi/policy'
import { type CountedConnection, countedOf } from 'pulumi-audiocodes-live/limits'

/** A resource: what a resource policy and a stack policy see alike. */
export type Seen = Pick<PolicyResource | ResourceValidationArgs, 'type' | 'name' | 'props'>

/** Its properties, without those that are left out. */
export type Properties = Readonly<Record<string, unknown>>

/** The name of its class, e.g. `SipConnection`, whichever host serves it; undefined for resources of other packages. */
export const kindOf = ({ type }: Pick<Seen, 'type'>): string | undefined =>
  /^(?:pulumi-nodejs:dynamic\/audiocodes-live|audiocodes-live:index):(\w+)$/.exec(type)?.[1]

/**
 * The properties as they are. To read a value that is not known yet throws, and then the policy is not judged at all (@pulumi/policy); a descriptor
 * does not read, so that what is known is judged.
 */
export const propertiesOf = ({ props }: Pick<Seen, 'props'>): Properties =>
  Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(props)).flatMap(([key, { value }]: [string, PropertyDescriptor]) =>
      value === undefined || value === null ? [] : [[key, value as unknown]]
    )
  )

const connectionsIn = (resource: Seen): ReadonlyArray<CountedConnection> => {
  const { name } = resource
  switch (kindOf(resource)) {
    case 'SipConnection':
      return [{ ...(propertiesOf(resource) as Omit<CountedConnection, 'name'>), name }]
    case 'SipConnectionFleet':
      return countedOf(propertiesOf(resource)).map((each) => ({ ...each, name: `${name}/${each.name}` }))
    default:
      return []
  }
}

const natural = new Intl.Collator('en', { numeric: true })

/** The connections of all resources, those of fleets as `fleet/connection`. The engine's order differs from run to run; theirs does not. */
export const connectionsOf = (resources: ReadonlyArray<Seen>): ReadonlyArray<CountedConnection> =>
  resources.flatMap(connectionsIn).sort((a, b) => natural.compare(a.name, b.name))
