import type { SipConnectionFleetArgs } from '../../provider/fleet/Args'
import type { RunResult } from '../support/EngineRun'
import type { JsonObject } from '../support/Json'
import type { Stack } from '../support/Stack'
import { acme, complaint, properties, resource } from './World'

/** Fleets in the programs of tests, and what came of them. */

export const fleetType = 'pulumi-nodejs:dynamic/audiocodes-live:SipConnectionFleet'

/** What the connections of a fleet have in common; with it they can be taken over too. */
export const common = {
  customerGuid: acme,
  sbcId: 3,
  enableCac: true,
  cacProfile: '10 sessions',
  carrierRegistration: false,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
}

/** Entries that have nothing but their names, which are those of the sites too. */
export const named = (...names: ReadonlyArray<string>): SipConnectionFleetArgs['connections'] =>
  Object.fromEntries(names.map((siteName) => [siteName, { siteName }]))

/** A fleet with what is common in its defaults. */
export const fleetOf = (
  connections: SipConnectionFleetArgs['connections'],
  more: Partial<SipConnectionFleetArgs> = {}
): SipConnectionFleetArgs => ({ defaults: common, connections, ...more })

/** A text of JavaScript that declares a fleet in a variable of its name. */
export const declaringFleet = (name: string, args: SipConnectionFleetArgs, options = '{}'): string =>
  `const ${name} = new live.SipConnectionFleet('${name}', ${JSON.stringify(args)}, ${options})`

/** A program of these texts. */
export const programOf = (...texts: ReadonlyArray<string>): string =>
  [`const live = require('pulumi-audiocodes-live')`, ...texts].join('\n')

/** The outputs of a fleet that tests compare. */
export const outputsOf = async (stack: Stack, name: string): Promise<JsonObject> => {
  const { siteGuids, summary, failures, pending, leftovers } = properties((await resource(stack, name)).outputs)
  return {
    siteGuids,
    summary,
    failures,
    pending,
    leftovers
  } as JsonObject
}

/** What the provider says of a fleet whose run failed. */
export const saidOf = (result: RunResult, name: string): ReadonlyArray<string> =>
  (
    complaint(result)
      .split(`${fleetType} (${name}):\n`)[1]
      ?.split(/\n(?=pulumi:|pulumi-nodejs:)/)[0] ?? ''
  )
    .replace(/^[\s\S]*?error: (1 error occurred:\n\* )?/, '')
    .split('\n')
