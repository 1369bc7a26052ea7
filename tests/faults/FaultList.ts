import { type Fault, type FaultRule, HEADQUARTERS_GUID, OTHER_SITE_GUID } from '../../simulator'
import { contoso } from '../engine/World'

export const operations = ['create', 'update', 'read', 'delete'] as const
export type Operation = (typeof operations)[number]

/** The request that an operation stands and falls with, which is the one that a fault strikes. */
export const methodOf = { create: 'POST', update: 'PATCH', read: 'GET', delete: 'DELETE' } as const

/** How often a fault strikes: once, or every time as long as the run lasts. */
export type Strikes = 'once' | 'lasting'

/** A connection that a fault is for. */
export interface Victim {
  readonly customerGuid: string
  /** Not there before it is created. */
  readonly siteGuid: string | undefined
  readonly name: string
}

/** The provider instance of a fault that concerns everything the instance does. */
export type Instance = 'unreachable' | 'astray' | 'expiring' | 'throttled'

export interface ListedFault<Name extends string = string> {
  /** In the words of the page. */
  readonly name: Name
  readonly strikes: readonly Strikes[]
  readonly instance?: Instance
  readonly rules: (operation: Operation, victim: Victim, times: 1 | 'always') => readonly FaultRule[]
}

const both: readonly Strikes[] = ['once', 'lasting']
const lasting: readonly Strikes[] = ['lasting']

/** Longer than the time-outs of the runs. */
const slow = 8000

/** The request that the operation is about. */
const match = (operation: Operation, { customerGuid, siteGuid }: Victim): FaultRule['match'] =>
  operation === 'create' || operation === 'update'
    ? { method: methodOf[operation], path: 'sitelocation/', customer: customerGuid }
    : { method: methodOf[operation], path: `sitelocation/${siteGuid}` }

/** A fault of the request itself. */
const struck = <Name extends string>(name: Name, fault: Fault): ListedFault<Name> => ({
  name,
  strikes: both,
  rules: (operation, victim, times) => [{ match: match(operation, victim), times, fault }]
})

const status = (code: number, more: Partial<Fault & { kind: 'status' }> = {}): Fault => ({
  kind: 'status',
  status: code,
  ...more
})

/** A fault of the way to the platform; the gate of the instance does the rest. */
const way = <Name extends string>(name: Name, instance: Instance): ListedFault<Name> => ({
  name,
  strikes: lasting,
  instance,
  rules: () => []
})

/**
 * A task that the request has started and that ends badly. A change reads the connection before it, so its task shows from the
 * second read on. A deletion whose task does not succeed leaves the connection where it is.
 */
const task = <Name extends string>(name: Name, end: 'fails' | 'never' | 'vanishes'): ListedFault<Name> => ({
  name,
  strikes: lasting,
  rules: (operation, victim) => {
    const taskId = `tsk_${victim.name}`
    const asked: FaultRule = {
      match: { method: 'GET', path: `task/${taskId}` },
      times: 'always',
      fault: end === 'vanishes' ? status(404) : status(200, { body: taskAnswer(taskId, end) })
    }
    if (operation === 'delete' && end !== 'vanishes') {
      const body = { status: true, msg: 'queued', sbcCleanupTaskId: taskId, o365CleanupTask: 'tsk_0' }
      return [asked, { match: match(operation, victim), times: 'always', fault: status(200, { body }) }]
    }
    const naming =
      operation === 'delete'
        ? match(operation, victim)
        : {
            method: 'GET',
            path: 'sitelocation/',
            customer: victim.customerGuid,
            nth: operation === 'update' ? 2 : 1
          }
    return [asked, { match: naming, times: end === 'vanishes' ? 1 : 'always', fault: { kind: 'task', taskId } }]
  }
})

const taskAnswer = (id: string, end: 'fails' | 'never') => ({
  id,
  status: end === 'fails' ? 'Failed' : 'InProgress',
  executionMessages: end === 'fails' ? [{ level: 'Error', message: 'The script failed.' }] : []
})

/** Everything that is made to go wrong, in the order of the page. */
export const listedFaults = [
  struck('status 400', status(400)),
  struck('status 401', status(401)),
  struck('status 403', status(403)),
  struck('status 404', status(404)),
  struck('status 408', status(408)),
  struck('status 409', status(409)),
  // The whole process is held back then.
  { ...struck('status 429, Retry-After in seconds', status(429, { retryAfter: '1' })), instance: 'throttled' },
  { ...struck('status 429, Retry-After as a date', status(429, { retryAfterDate: 1 })), instance: 'throttled' },
  struck('status 429, no Retry-After', status(429)),
  struck('status 500', status(500)),
  struck('status 502 with HTML', { kind: 'html', status: 502 }),
  struck('status 503', status(503)),
  struck('status 503, Retry-After in seconds', status(503, { retryAfter: '1' })),
  struck('status 504', status(504)),
  struck('status 504 after the effect', { kind: 'statusAfterEffect', status: 504 }),
  way('connection refused', 'unreachable'),
  struck('reset before the effect', { kind: 'resetBefore' }),
  struck('reset after the effect', { kind: 'resetAfter' }),
  struck('half a body', { kind: 'halfBody' }),
  struck('empty body', { kind: 'emptyBody' }),
  struck('no JSON', { kind: 'notJson' }),
  struck('JSON of the wrong shape', { kind: 'wrongShape' }),
  struck('slow body, past the time-out', { kind: 'slowBody', ms: slow }),
  struck('200 with an Error, effect made', { kind: 'errorMessage', effect: true }),
  struck('200 with an Error, no effect', { kind: 'errorMessage', effect: false }),
  struck('answer for a site that nobody knows', { kind: 'otherSite', siteGuid: OTHER_SITE_GUID }),
  struck('answer for a site of another customer', { kind: 'otherSite', siteGuid: HEADQUARTERS_GUID }),
  struck('answer for another customer', { kind: 'otherSite', customerGuid: contoso }),
  way('404 to everything (wrong base URL)', 'astray'),
  task('a task that fails', 'fails'),
  task('a task that never ends', 'never'),
  task('a task that vanishes', 'vanishes'),
  { ...struck('token expires in the middle', status(401)), instance: 'expiring' }
] as const satisfies readonly ListedFault[]

export type FaultName = (typeof listedFaults)[number]['name']
