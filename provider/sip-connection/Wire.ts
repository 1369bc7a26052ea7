import * as t from 'io-ts'
import { ExecutionMessage, Guid } from '../Answers'
import { Integer, Text, caseBlind, optional } from '../Decode'

/**
 * What the platform answers, as far as connections are concerned. Names are matched case-blind, unknown fields are ignored,
 * and a field of the wrong type is a fault that gives its path and the expected type.
 * Sources: the vendor's pages "Modify SIP Connection", "Get SIP Connections", "Delete SIP Connections" and "Get Details for Specific Service".
 */

/** Answer of Add and of Modify. */
export const WriteAnswer = caseBlind(
  { customerGuid: optional(Guid), siteGuid: optional(Guid), executionMessages: optional(t.array(ExecutionMessage)) },
  'WriteAnswer',
  { customerGuid: ['customerId', 'umpCustomerGuid'] }
)
export type WriteAnswer = t.TypeOf<typeof WriteAnswer>

const variableValue = new t.Type<string | null, string | null, unknown>(
  'string',
  (u): u is string | null => u === null || typeof u === 'string',
  (u, context) =>
    u === null || typeof u === 'string'
      ? t.success(u)
      : typeof u === 'number' || typeof u === 'boolean'
        ? t.success(String(u))
        : t.failure(u, context),
  t.identity
)

const Variables = t.record(t.string, variableValue)

/** The bag of script variables: it echoes carrier fields, the password in clear among them. */
export type Variables = Readonly<Record<string, string | null>>

const Scripts = caseBlind(
  { onboardingScript: optional(Integer), cleanupScript: optional(Integer), customerVariables: optional(Variables) },
  'SbcScripts',
  { onboardingScript: ['sbcOnboardingScript'], cleanupScript: ['sbcCleanupScript'] }
)

const SbcInfo = caseBlind(
  {
    sbcConfigurationType: optional(Text),
    cacProfile: optional(t.string),
    carrierHostName: optional(t.string),
    carrierId: optional(Text),
    carrierMainLine: optional(t.string),
    carrierUserName: optional(t.string),
    flagConfigureSbc: optional(t.boolean),
    sbcId: optional(Integer),
    sbcScripts: optional(Scripts)
  },
  'SbcInfo',
  { carrierMainLine: ['carrierMailLine', 'carierMailLine', 'carierMainLine'] }
)

const M365Scripts = caseBlind(
  {
    flagConfigureM365Routing: optional(t.boolean),
    onboardingScript: optional(Integer),
    cleanupScript: optional(Integer)
  },
  'M365Scripts'
)

/** Answer of Get SIP Connections: one connection. */
export const SiteAnswer = caseBlind(
  {
    siteName: t.string,
    tenantId: optional(t.string),
    m365DeploymentState: optional(Text),
    sbcDeploymentState: optional(Text),
    onlinePstnGateway: optional(t.string),
    sbcInfo: optional(SbcInfo),
    m365Info: optional(caseBlind({ m365Scripts: optional(M365Scripts) }, 'M365Info')),
    pendingTasks: optional(t.array(t.unknown))
  },
  'SiteAnswer',
  { siteName: ['siteLocationName', 'sbcSiteName'] }
)
export type SiteAnswer = t.TypeOf<typeof SiteAnswer>

/** Answer of Delete SIP Connections. */
export const DeleteAnswer = caseBlind(
  {
    status: optional(t.boolean),
    msg: optional(t.string),
    sbcCleanupTaskId: optional(Text),
    o365CleanupTask: optional(Text),
    executionMessages: optional(t.array(ExecutionMessage))
  },
  'DeleteAnswer',
  { o365CleanupTask: ['o365CleanupTaskId', 'm365CleanupTask', 'm365CleanupTaskId'] }
)
export type DeleteAnswer = t.TypeOf<typeof DeleteAnswer>

/** One connection in the details of its customer. */
const SiteEntry = caseBlind(
  { id: Guid, name: t.string, sbcId: optional(Integer), sbcDeploymentState: optional(Text) },
  'SiteLocation'
)

type SiteEntries = ReadonlyArray<t.TypeOf<typeof SiteEntry>> | null | undefined

/** Kept apart: an absent list, null, and an empty one. */
const SiteEntries = new t.Type<SiteEntries, unknown, unknown>(
  'array of connections',
  (u): u is SiteEntries => u === undefined || u === null || t.array(SiteEntry).is(u),
  (u, context) => (u === undefined || u === null ? t.success(u) : t.array(SiteEntry).validate(u, context)),
  t.identity
)

/** The part of the service details that lists the connections; the list is absent, or null, on an older V3. */
export const ServiceAnswer = caseBlind({ siteLocation: SiteEntries }, 'ServiceDetails', {
  siteLocation: ['siteLocations']
})
export type ServiceAnswer = t.TypeOf<typeof ServiceAnswer>
