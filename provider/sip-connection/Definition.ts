import { type Definition, type Resource, resource } from '../Resource'
import { type SipConnectionArgs, argCodecs, argKeys, optionKeys, requiredKeys, secretPlaces } from './Args'
import { check } from './Check'
import { changeRules, diff } from './Diff'
import { find } from './Import'
import { visibleKeys } from './Live'
import * as SipConnection from './SipConnection'
import { type SipConnectionState, stateFrom } from './State'
import { subject } from './Subject'

const definition: Definition<SipConnectionArgs, SipConnectionState> = {
  type: 'SipConnection',
  inputs: { codecs: argCodecs, required: requiredKeys, rules: changeRules },
  secrets: secretPlaces,
  // The password is told, though it is not shown in a look.
  untold: argKeys.filter(
    (key) => !visibleKeys.includes(key) && !optionKeys.includes(key) && key !== 'carrierUserPassword'
  ),
  canonicalId: (given) => given.toLowerCase(),
  subject,
  check,
  stateFrom,
  diff,
  create: SipConnection.create,
  read: SipConnection.read,
  update: SipConnection.update,
  remove: SipConnection.remove,
  outputs: {
    siteGuid: 'kept',
    tenantId: 'kept',
    sbcDeploymentState: 'written',
    m365DeploymentState: 'written',
    executionMessages: 'written',
    sbcProgrammed: 'written',
    pendingTasks: 'written',
    lastOperation: 'written',
    platform: 'kept',
    managedKeys: 'written',
    schemaVersion: 'kept'
  },
  find
}

/** The resource `SipConnection`. */
export const sipConnection: Resource = resource(definition)
