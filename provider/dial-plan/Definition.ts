import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { Thing } from '../ErrorText'
import { type Definition, type Resource, resource } from '../Resource'
import { type DialPlanArgs, argCodecs, defaultDialPlanName, requiredKeys, secretPlaces } from './Args'
import { check } from './Check'
import { kept } from './Claims'
import * as DialPlan from './DialPlan'
import { changeRules, diff } from './Diff'
import { type DialPlanState, addressFrom, canonicalId, stateFrom } from './State'

const thing: Thing = {
  noun: 'dial plan',
  short: 'dial plan',
  remains: 'which of its rules are left',
  calls: 'those to its prefixes'
}

const definition: Definition<DialPlanArgs, DialPlanState> = {
  type: 'DialPlan',
  inputs: {
    codecs: argCodecs,
    required: requiredKeys,
    rules: changeRules,
    defaults: { dialPlanName: defaultDialPlanName }
  },
  secrets: secretPlaces,
  // They are its address.
  untold: ['customerGuid', 'siteGuid', 'dialPlanName'],
  canonicalId,
  subject: (kind, { customerGuid, siteGuid, dialPlanName }) => ({
    kind,
    thing,
    ...(customerGuid === undefined ? {} : { customerGuid: customerGuid.toLowerCase() }),
    ...(siteGuid === undefined ? {} : { siteGuid: siteGuid.toLowerCase() }),
    ...(dialPlanName === undefined ? {} : { name: dialPlanName })
  }),
  check,
  stateFrom,
  diff,
  holds: (id, state, news) =>
    pipe(
      addressFrom(id),
      E.match(
        () => [],
        (at) => kept(at, state, news)
      )
    ),
  create: DialPlan.create,
  read: DialPlan.read,
  update: DialPlan.update,
  remove: DialPlan.remove,
  outputs: {
    changedOutside: 'written',
    executionMessages: 'written',
    lastOperation: 'written',
    platform: 'kept',
    managedKeys: 'written',
    schemaVersion: 'kept'
  },
  find: DialPlan.find
}

/** The resource `DialPlan`. */
export const dialPlan: Resource = resource(definition)
