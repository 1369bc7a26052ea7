import type { ArgKey, SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { customerGuids } from '../../../simulator'
import type { JsonObject } from '../../support/Json'

/** Connections of the customer `acme` on the simulated platform, and what the provider must make of them. */

export const acme = customerGuids.acme

/** Secrets that every encoding changes: none of their forms may turn up in anything that a person can see. */
export const secrets = {
  password: 'C4nary-one "pä/ß+&',
  dpi: 'C4nary-two "dö/?+&',
  variable: 'C4nary-three "vü/ß+&'
} as const

/** The least that a new connection declares. */
export const least = {
  customerGuid: acme,
  siteName: 'branch-07',
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
} as const satisfies SipConnectionArgs

/** Every input. */
export const most = {
  customerGuid: acme,
  siteName: 'branch-07',
  sbcId: 3,
  sbcConfigurationType: 'Byoc',
  configureSbc: true,
  enableCac: true,
  cacProfile: '10 sessions',
  carrierRegistration: true,
  carrierUserName: 'u-100',
  carrierUserPassword: secrets.password,
  carrierPasswordDpi: secrets.dpi,
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  phones: ['+49301234', '49301235'],
  dialPlanPrefixes: [
    { dialPlanName: 'CustDialPlan', index: 0, active: true },
    { dialPlanName: 'CustDialPlan', index: 1, active: false }
  ],
  sbcScripts: {
    onboardingScript: 12001,
    cleanupScript: 12002,
    customerVariables: { Region: 'EMEA', apiToken: secrets.variable }
  },
  m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
  onlinePstnGateway: 'sbc3.example.net',
  proxySet: 'Trunk-A',
  adopt: true,
  allow: ['rename', 'sbcMove', 'clearPhones']
} as const satisfies Required<SipConnectionArgs>

/** The inputs of `most` that are managed, in the order in which the state lists them. */
export const managedOfMost = (Object.keys(most) as readonly ArgKey[]).filter(
  (key) => key !== 'adopt' && key !== 'allow'
)

/** A line of what the platform did. */
export const information = (message: string): JsonObject => ({ level: 'Information', message })

/** What the simulator says of an Add. */
export const addMessages = [
  'Checking SBC IP Group Programming.',
  'SBC not programmed yet.',
  'Starting SBC Programming.',
  'Sbc is programmed',
  'Site location information saved.'
].map(information)

/** What the simulator says of a Modify. */
export const modifyMessages = [
  'Skipping SBC CheckIpGroupProgramming.',
  'Starting SBC Programming.',
  'Sbc is programmed',
  'Site location information saved.'
].map(information)

/** The Microsoft tenant of `acme`. */
export const acmeTenant = 'a0a0a0a0-0001-4000-8000-000000000001'

/** `lastOperation` as `steady` leaves it. */
export const last = (kind: string, outcome = 'ok'): JsonObject => ({
  kind,
  outcome,
  startedAt: '<time>',
  durationMs: '<ms>',
  correlationId: '<id>',
  serverIds: [],
  taskIds: []
})

/**
 * A state of version 1 as the provider keeps it: the inputs, and what is computed. With no `more`, of a connection that was
 * created and is deployed.
 */
export const stateOf = (
  siteGuid: string,
  platform: string,
  inputs: JsonObject,
  managedKeys: readonly string[],
  more: JsonObject = {}
): JsonObject => ({
  ...inputs,
  siteGuid,
  tenantId: acmeTenant,
  sbcDeploymentState: '3',
  executionMessages: addMessages,
  sbcProgrammed: true,
  pendingTasks: [],
  lastOperation: last('create'),
  platform,
  managedKeys,
  schemaVersion: 1,
  ...more
})

/** The inputs of `least` that are managed. */
export const managedOfLeast = ['customerGuid', 'siteName', 'sbcId', 'sbcScripts']
