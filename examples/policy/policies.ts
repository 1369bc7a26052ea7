import type {
  PolicyConfigSchema,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy
} from '@pulumi/policy'
import { limitFaults, uncounted } from 'pulumi-audiocodes-live/limits'
import { type Properties, connectionsOf, kindOf, propertiesOf } from './resources'

type BySbc = Readonly<Record<string, number>>

const mostBySbc = (key: string, description: string): PolicyConfigSchema => ({
  properties: {
    [key]: { type: 'object', description, additionalProperties: { type: 'integer', minimum: 0 } }
  }
})

/** The first of a list, and how many more there are. */
const few = (names: ReadonlyArray<string>): string =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`

export const cacSessionsPerSbc: StackValidationPolicy = {
  name: 'cac-sessions-per-sbc',
  description: 'The CAC sessions that connections declare on an SBC stay within its capacity.',
  enforcementLevel: 'mandatory',
  configSchema: mostBySbc('sessions', 'The most CAC sessions on an SBC, by its id; without it nothing is judged.'),
  validateStack: ({ resources, getConfig }, report) => {
    const { sessions } = getConfig<{ readonly sessions?: BySbc }>()
    const limits = sessions === undefined ? {} : { cacSessionsPerSbc: sessions }
    for (const [, text] of limitFaults(limits, [], connectionsOf(resources))) report(text)
  }
}

export const cacProfilesCounted: StackValidationPolicy = {
  name: 'cac-profiles-counted',
  description:
    'The name of every CAC profile says its number of sessions, so that it counts towards the capacity of the SBC.',
  enforcementLevel: 'advisory',
  validateStack: ({ resources }, report) => {
    for (const line of uncounted(connectionsOf(resources))) report(`not counted: ${line}`)
  }
}

export const connectionsPerSbc: StackValidationPolicy = {
  name: 'connections-per-sbc',
  description: 'An SBC has no more connections than it is meant for.',
  enforcementLevel: 'mandatory',
  configSchema: mostBySbc('connections', 'The most connections on an SBC, by its id; without it nothing is judged.'),
  validateStack: ({ resources, getConfig }, report) => {
    const { connections = {} } = getConfig<{ readonly connections?: BySbc }>()
    const all = connectionsOf(resources)
    for (const [sbcId, most] of Object.entries(connections)) {
      const names = all.filter((each) => String(each.sbcId) === sbcId).map(({ name }) => name)
      if (names.length > most)
        report(
          `SBC ${sbcId} has ${names.length} connections (${few(names)}), at most ${most} are allowed; raise the limit, or declare another SBC`
        )
    }
  }
}

const bag = (value: unknown): Properties => (typeof value === 'object' && value !== null ? (value as Properties) : {})

/** Inputs that may hold words of `allow`, by where they stand. */
const declarationsOf = (resource: ResourceValidationArgs): ReadonlyArray<readonly [path: string, Properties]> => {
  const own = propertiesOf(resource)
  return kindOf(resource) === 'SipConnectionFleet'
    ? [
        ['defaults.', bag(own['defaults'])],
        ...Object.entries(bag(own['connections'])).map(([name, entry]) => [`connections.${name}.`, bag(entry)] as const)
      ]
    : [['', own]]
}

export const noAllowLeft: ResourceValidationPolicy = {
  name: 'no-allow-left',
  description:
    'A word of `allow` is there for one change, and goes with the next one: left in the program it allows the next accident too.',
  enforcementLevel: 'advisory',
  validateResource: (resource, report) => {
    if (kindOf(resource) === undefined) return
    const places = declarationsOf(resource).flatMap(([path, { allow }]) =>
      Array.isArray(allow) && allow.length > 0 ? [`${path}allow`] : []
    )
    if (places.length > 0) report(`remove ${few(places)} when the change is done`)
  }
}

export const deletionProtected: ResourceValidationPolicy = {
  name: 'deletion-protected',
  description:
    'Services and guards keep their deletion protection: a service is deleted with everything that belongs to it.',
  enforcementLevel: 'mandatory',
  validateResource: (resource, report) => {
    if (kindOf(resource) !== undefined && propertiesOf(resource)['deletionProtection'] === false)
      report('deletionProtection is false; remove it, or disable this policy for the run that is meant to delete')
  }
}

export const fleetLimitsDeletes: ResourceValidationPolicy = {
  name: 'fleet-limits-deletes',
  description: 'A fleet declares limits.maxDeletes, which holds its plan to it: a policy does not see what is deleted.',
  enforcementLevel: 'mandatory',
  configSchema: {
    properties: {
      most: { type: 'integer', minimum: 0, description: 'The most that limits.maxDeletes may be. Default: anything.' }
    }
  },
  validateResource: (resource, report) => {
    if (kindOf(resource) !== 'SipConnectionFleet') return
    const { most = Infinity } = resource.getConfig<{ readonly most?: number }>()
    const { limits = {} } = propertiesOf(resource)
    // Limits that are not known yet are a text instead of an object.
    if (typeof limits !== 'object') return
    const { maxDeletes } = bag(limits)
    if (maxDeletes === undefined || maxDeletes === null) report('declare limits.maxDeletes')
    else if (typeof maxDeletes === 'number' && maxDeletes > most)
      report(`limits.maxDeletes is ${maxDeletes}, at most ${most} is allowed`)
  }
}

export const policies = [
  cacSessionsPerSbc,
  cacProfilesCounted,
  connectionsPerSbc,
  noAllowLeft,
  deletionProtected,
  fleetLimitsDeletes
]
