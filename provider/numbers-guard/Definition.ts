import type { Thing } from '../ErrorText'
import { type Definition, type Resource, resource } from '../Resource'
import { type NumbersGuardArgs, argCodecs, requiredKeys, secretPlaces } from './Args'
import { check } from './Check'
import { changeRules, diff } from './Diff'
import * as NumbersGuard from './NumbersGuard'
import { type NumbersGuardState, stateFrom } from './State'

const thing: Thing = {
  noun: 'numbers guard',
  short: 'guard',
  remains: 'nothing on the platform',
  calls: 'none'
}

const definition: Definition<NumbersGuardArgs, NumbersGuardState> = {
  type: 'NumbersGuard',
  inputs: { codecs: argCodecs, required: requiredKeys, rules: changeRules },
  secrets: secretPlaces,
  // All of it is what the program says; the platform knows nothing of it.
  untold: ['customerGuid', 'msTenantId', 'connections'],
  canonicalId: (given) => given.toLowerCase(),
  subject: (kind, { customerGuid }, id) => {
    const customer = customerGuid ?? id
    return { kind, thing, ...(customer === undefined ? {} : { customerGuid: customer.toLowerCase() }) }
  },
  check,
  stateFrom,
  diff,
  create: NumbersGuard.create,
  read: NumbersGuard.read,
  update: NumbersGuard.update,
  remove: NumbersGuard.remove,
  outputs: {
    executionMessages: 'written',
    lastOperation: 'written',
    platform: 'kept',
    managedKeys: 'written',
    schemaVersion: 'kept'
  }
}

/** The resource `NumbersGuard`. */
export const numbersGuard: Resource = resource(definition)
