import type { Thing } from '../ErrorText'
import { type Definition, type Resource, resource } from '../Resource'
import { type SipConnectionFleetArgs, fleetCodecs, fleetRequired } from './Args'
import { check } from './Check'
import { changeRules, diff, keptSites, refusals } from './Diff'
import * as Fleet from './Fleet'
import { announcement } from './Preview'
import { type FleetState, stateFrom, stateSecrets } from './State'

const fleet: Thing = {
  noun: 'fleet of SIP connections',
  short: 'fleet',
  remains: 'what its connections left on the SBCs',
  calls: 'those of its connections'
}

const definition: Definition<SipConnectionFleetArgs, FleetState> = {
  type: 'SipConnectionFleet',
  inputs: { codecs: fleetCodecs, required: fleetRequired, rules: changeRules },
  secrets: stateSecrets,
  untold: [],
  canonicalId: (given) => given,
  subject: (kind) => ({ kind, thing: fleet }),
  check,
  stateFrom,
  diff,
  refuses: refusals,
  announces: announcement,
  holds: (_id, state, news) => keptSites(state, news),
  create: Fleet.create,
  read: Fleet.read,
  update: Fleet.update,
  remove: Fleet.remove,
  outputs: {
    siteGuids: 'written',
    deploymentStates: 'written',
    executionMessages: 'written',
    summary: 'written',
    failures: 'written',
    pending: 'written',
    leftovers: 'written',
    canary: 'written',
    lastOperation: 'written',
    platform: 'kept',
    schemaVersion: 'kept'
  },
  // A row for each connection.
  reports: 'itself'
}

/** The resource `SipConnectionFleet`. */
export const sipConnectionFleet: Resource = resource(definition)
