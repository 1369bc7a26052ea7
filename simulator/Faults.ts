/** What a scripted fault makes of a request: its effect on the state and its answer. Sockets are the server's business. */
import { isObject, membersOf } from './Body'
import type { ArmedFault, Fault, FaultRule } from './FaultRules'
import * as Ids from './Ids'
import * as Problems from './Problems'
import { siteShown } from './SiteView'
import { sitesOf, withSite } from './State'
import * as Table from './Table'
import type { Answer, Result, SimulatedRequest, Site, State } from './Types'

/** Named by `otherSite` when the fault itself names none. */
export const OTHER_SITE_GUID = '99999999-9999-4999-8999-999999999999'

export const armed = (rule: FaultRule): ArmedFault => ({
  method: rule.match?.method?.toUpperCase() ?? null,
  path:
    rule.match?.path === undefined
      ? null
      : typeof rule.match.path === 'string'
        ? rule.match.path
        : rule.match.path.source,
  ...(rule.match?.customer === undefined ? {} : { customer: rule.match.customer.toLowerCase() }),
  nth: rule.match?.nth ?? 1,
  seen: 0,
  left: rule.times === 'always' ? null : (rule.times ?? 1),
  fault: rule.fault
})

const asRegExp = (source: string): RegExp | undefined => {
  try {
    return new RegExp(source)
  } catch {
    return undefined
  }
}

const matches = ({ method, path, customer }: ArmedFault, state: State, request: SimulatedRequest): boolean =>
  (method === null || method === request.method) &&
  (path === null || request.url.includes(path) || asRegExp(path)?.test(request.url) === true) &&
  (customer === undefined || customer === customerOf(state, request))

/** The customer in the path, or that of the connection in it. */
const customerOf = (state: State, { url }: SimulatedRequest): string | undefined =>
  namedCustomer(url) ?? Table.get(state.sites, namedSite(url) ?? '')?.customerGuid

const namedCustomer = (url: string): string | undefined => /customer\/([0-9a-f-]+)/i.exec(url)?.[1]?.toLowerCase()

const namedSite = (url: string): string | undefined => /sitelocation\/([0-9a-f-]+)/i.exec(url)?.[1]?.toLowerCase()

/** The fault that strikes this request, if one does, and the state in which the request has been counted. */
export const struck = (state: State, request: SimulatedRequest): readonly [State, Fault | undefined] => {
  if (state.faults.length === 0) return [state, undefined]
  const counted = state.faults.map((each) => (matches(each, state, request) ? { ...each, seen: each.seen + 1 } : each))
  const striking = counted.find((each, i) => each !== state.faults[i] && each.seen >= each.nth)
  const faults = counted
    .map((each) => (each === striking && each.left !== null ? { ...each, left: each.left - 1 } : each))
    .filter(({ left }) => left !== 0)
  return [{ ...state, faults }, striking?.fault]
}

const valueOf = (answer: Answer): unknown => (answer.content.kind === 'json' ? answer.content.value : undefined)

const isSuccess = (answer: Answer): boolean => answer.status === 200

const withValue = (answer: Answer, value: unknown): Answer => ({
  ...answer,
  content: { kind: 'json', type: Problems.JSON_TYPE, value }
})

const wrongShape = (value: unknown): unknown =>
  Array.isArray(value)
    ? 'list'
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wrongShape(member)]))
      : typeof value === 'string'
        ? 42
        : value === null
          ? null
          : {}

const page = (status: number): Answer =>
  Problems.text(
    status,
    'text/html',
    `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>gateway</body></html>`
  )

const plain = (status: number): Answer => Problems.json(status, { status, title: 'Scripted failure' })

/** The first whole second that lies so far ahead: an HTTP date knows no parts of one. */
const dateAhead = (now: number, seconds: number): string =>
  new Date(Math.ceil(now / 1000 + seconds) * 1000).toUTCString()

const scripted = (fault: Fault & { kind: 'status' }, now: number): Answer => {
  const { body, contentType, status, retryAfterDate } = fault
  const retryAfter = retryAfterDate === undefined ? fault.retryAfter : dateAhead(now, retryAfterDate)
  const answer =
    body === undefined
      ? plain(status)
      : typeof body === 'string'
        ? Problems.text(status, contentType ?? 'text/plain', body)
        : Problems.json(status, body, contentType ?? Problems.JSON_TYPE)
  return retryAfter === undefined ? answer : { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } }
}

/** The site that an answer is about: named in it or in the path, or else the newest one of the customer in the path. */
const subject = (after: State, answer: Answer, request: SimulatedRequest): Site | undefined => {
  const named = membersOf(valueOf(answer))?.get('siteguid')?.value
  const guid = typeof named === 'string' ? named.toLowerCase() : namedSite(request.url)
  return guid === undefined ? sitesOf(after, namedCustomer(request.url) ?? '').at(-1) : Table.get(after.sites, guid)
}

/** An answer does not name a site or a service that was not made. */
const reporting = (answer: Answer, message: string, made: boolean, isAdd: boolean): Answer => {
  const value = valueOf(answer)
  const members = isObject(value) ? value : {}
  const { siteGuid: _, umpCustomerGuid: __, jobId: ___, ...rest } = members
  return withValue(answer, {
    ...(isAdd && !made ? rest : members),
    executionMessages: [
      { level: 'Information', message: 'Starting SBC Programming.' },
      { level: 'Error', message }
    ]
  })
}

const failing = (
  fault: Fault & { kind: 'errorMessage' },
  before: State,
  [after, answer]: Result,
  request: SimulatedRequest
): Result => {
  if (!isSuccess(answer)) return [after, answer]
  const report = reporting(answer, fault.message ?? 'SBC programming failed.', fault.effect, request.method === 'POST')
  if (!fault.effect) return [before, report]
  const site = subject(after, answer, request)
  const changed = site !== undefined && site !== Table.get(before.sites, site.guid)
  return [changed ? withSite(after, { ...site, sbcState: 'Failed' }) : after, report]
}

/** The members with another service wherever one is named: in details, in the answer of a call that makes one, in its task. */
const otherService = (value: object, customerGuid: string): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      name.toLowerCase() === 'umpcustomerguid'
        ? customerGuid
        : name === 'outputData' && membersOf(member) !== undefined
          ? otherService(member as object, customerGuid)
          : member
    ])
  )

const elsewhere = (fault: Fault & { kind: 'otherSite' }, [after, answer]: Result, now: number): Result => {
  const value = valueOf(answer)
  if (isSuccess(answer) && Ids.asGuid(value) !== undefined) {
    return [after, withValue(answer, fault.customerGuid ?? OTHER_SITE_GUID)]
  }
  if (!isSuccess(answer) || typeof value !== 'object' || value === null || Array.isArray(value)) return [after, answer]
  if ('siteName' in value) {
    const other = Table.get(after.sites, fault.siteGuid ?? '')
    const tenant = Table.get(after.customers, other?.customerGuid ?? '')?.msTenantId
    const shown =
      other === undefined ? { ...value, siteName: 'another-site' } : siteShown(other, tenant ?? '', after, now)
    return [after, withValue(answer, shown)]
  }
  if ('dialPlanId' in value) return [after, withValue(answer, { ...value, dialPlanId: 'AnotherDialPlan' })]
  const siteGuid = fault.siteGuid ?? (fault.customerGuid === undefined ? OTHER_SITE_GUID : undefined)
  return [
    after,
    withValue(answer, {
      ...(fault.customerGuid === undefined ? value : otherService(value, fault.customerGuid)),
      ...(siteGuid === undefined ? {} : { siteGuid }),
      ...(fault.customerGuid === undefined ? {} : { customerGuid: fault.customerGuid })
    })
  ]
}

/** The answer of a call that shows or starts a task, with this one in it; any other answer stays as it is. */
const withTask = (answer: Answer, taskId: string): Answer => {
  const members = isSuccess(answer) ? valueOf(answer) : undefined
  if (typeof members === 'string' && /^(tsk|wst)_/.test(members)) return withValue(answer, taskId)
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return answer
  return 'pendingTasks' in members && Array.isArray(members.pendingTasks)
    ? withValue(answer, { ...members, pendingTasks: [...(members.pendingTasks as unknown[]), taskId] })
    : 'sbcCleanupTaskId' in members
      ? withValue(answer, { ...members, sbcCleanupTaskId: taskId })
      : 'jobId' in members
        ? withValue(answer, { ...members, jobId: taskId })
        : answer
}

const underTask = (fault: Fault & { kind: 'task' }, before: State, run: (state: State) => Result): Result => {
  const { taskId, outcome } = fault
  const { switches } = before
  const ending = outcome === undefined ? switches : { ...switches, deleteTask: outcome, serviceTask: outcome }
  const [after, answer] = run({ ...before, switches: ending })
  return [{ ...after, switches }, taskId === undefined ? answer : withTask(answer, taskId)]
}

/** What comes of a request under a fault; `run` is the request without it. */
const outcome = (fault: Fault, before: State, request: SimulatedRequest, run: (state: State) => Result): Result => {
  const effect = (change: (answer: Answer) => Answer): Result => {
    const [after, answer] = run(before)
    return [after, change(answer)]
  }
  switch (fault.kind) {
    case 'status':
      return [before, scripted(fault, request.now)]
    case 'statusAfterEffect':
      return effect(() => plain(fault.status))
    case 'html':
      return [before, page(fault.status)]
    case 'delay':
      return effect((answer) => ({ ...answer, delayMs: answer.delayMs + fault.ms }))
    case 'resetBefore':
      return [before, { ...Problems.nothing(0), delivery: { kind: 'reset' } }]
    case 'resetAfter':
      return effect((answer) => ({ ...answer, delivery: { kind: 'reset' } }))
    case 'halfBody':
      return effect((answer) => ({ ...answer, delivery: { kind: 'half' } }))
    case 'slowBody':
      return effect((answer) => ({ ...answer, delivery: { kind: 'slow', ms: fault.ms } }))
    case 'emptyBody':
      return effect((answer) => ({ ...answer, content: { kind: 'none' } }))
    case 'notJson':
      return effect((answer) => ({
        ...answer,
        content: { kind: 'text', type: Problems.JSON_TYPE, text: 'not { json' }
      }))
    case 'wrongShape':
      return effect((answer) => withValue(answer, wrongShape(valueOf(answer) ?? {})))
    case 'errorMessage':
      return failing(fault, before, run(before), request)
    case 'otherSite':
      return elsewhere(fault, run(before), request.now)
    case 'task':
      return underTask(fault, before, run)
  }
}

export const underFault = (
  fault: Fault,
  before: State,
  request: SimulatedRequest,
  run: (state: State) => Result
): Result => {
  const [after, answer] = outcome(fault, before, request, run)
  return [after, { ...answer, fault: fault.kind }]
}
