import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { Integer, Text, caseBlind, isUuid, optional } from '../Decode'

/**
 * What the platform answers, as far as connections are concerned. Names are matched case-blind, unknown fields are ignored,
 * and a field of the wrong type is a fault that gives its path and the expected type.
 * Sources: the vendor's pages "Modify SIP Connection", "Get SIP Connections", "Delete SIP Connections", "Get Task" and "Get Details for
 * Specific Service".
 */

const lenientText = (name: string, to: (text: string) => string): t.Type<string, string, unknown> =>
  new t.Type<string, string, unknown>(
    name,
    t.string.is,
    (u, context) => (typeof u === 'string' ? t.success(to(u)) : t.failure(u, context)),
    t.identity
  )

/** Level of an execution message. */
export type Level = 'Information' | 'Error'

const Level = new t.Type<Level, Level, unknown>(
  '"Information" or "Error"',
  (u): u is Level => u === 'Information' || u === 'Error',
  (u, context) => {
    const level = typeof u === 'string' ? u.toLowerCase() : ''
    return level === 'information'
      ? t.success('Information')
      : level === 'error'
        ? t.success('Error')
        : t.failure(u, context)
  },
  t.identity
)

/** One line of what the platform did. */
export interface ExecutionMessage {
  readonly level: Level
  readonly message: string
}

const ExecutionMessage: t.Type<ExecutionMessage, unknown, unknown> = caseBlind(
  { level: Level, message: t.string },
  'ExecutionMessage'
)

/** .NET writes the nil uuid where there is none. */
const nil = '00000000-0000-0000-0000-000000000000'
const Guid = lenientText('uuid', (text) => (text === nil ? '' : text.toLowerCase()))

/** Answer of Add and of Modify. */
export const WriteAnswer = caseBlind(
  { customerGuid: optional(Guid), siteGuid: optional(Guid), executionMessages: optional(t.array(ExecutionMessage)) },
  'WriteAnswer',
  { customerGuid: ['customerId', 'umpCustomerGuid'] }
)
export type WriteAnswer = t.TypeOf<typeof WriteAnswer>

/** Whether an answer names something else than was asked for; an empty id names nothing. */
export const namesAnother = (answered: string | undefined, asked: string): answered is string =>
  answered !== undefined && answered !== '' && answered !== asked

/** An answered id for a message. What is no uuid may be anything that the platform was sent. */
export const shownId = (id: string | undefined): string =>
  id === undefined || id === '' ? 'unknown' : isUuid(id) ? id : '(not a uuid)'

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

/** Answer of Get Task. */
export const TaskAnswer = caseBlind(
  {
    status: Text,
    details: optional(t.array(t.unknown)),
    executionMessages: optional(t.array(ExecutionMessage))
  },
  'TaskAnswer'
)
export type TaskAnswer = t.TypeOf<typeof TaskAnswer>

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

/** Ids of the tasks in a list of pending ones, whose elements are not documented: texts, numbers, or objects with an id. */
export const taskIds = (pending: ReadonlyArray<unknown> | undefined): ReadonlyArray<string> =>
  (pending ?? []).map((task) => {
    if (typeof task === 'string' || typeof task === 'number') return String(task)
    const fields = typeof task === 'object' && task !== null ? Object.entries(task) : []
    const id: unknown = fields.find(([name]) => /^(task_?)?id$/i.test(name))?.[1]
    return typeof id === 'string' || typeof id === 'number' ? String(id) : 'task'
  })

/** Whether a text names a task to wait for: `tsk_0`, null and an empty text mean none. */
export const isTask = (id: string | undefined): id is string => id !== undefined && id !== '' && !/^(tsk_)?0$/.test(id)

/** How far a task is. Only `CompletedSuccess` is documented for the wire; what is not known counts as running. */
export const taskState = (status: string): 'done' | 'failed' | 'running' => {
  const word = status.toLowerCase().replace(/[\s_-]/g, '')
  if (word === 'completedsuccess') return 'done'
  return word.startsWith('completed') || /fail|error|cancel|abort/.test(word) ? 'failed' : 'running'
}

/** An answer that is any JSON at all. */
export const AnyAnswer = new t.Type<unknown, unknown, unknown>('JSON', (_): _ is unknown => true, E.right, t.identity)
