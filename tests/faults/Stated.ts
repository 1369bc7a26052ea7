import type { Ending } from './Campaign'
import type { FaultName, Operation } from './FaultList'

/** What must follow in a cell of the matrix. `says` is a phrase that the message must contain; empty: nothing may be said. */
export interface Stated {
  /** When the fault strikes once: how the run ends, and what the next `up` does. */
  readonly once?: readonly [Ending, string]
  /** When it lasts: how the run ends, and what the next command does when the fault is gone. */
  readonly lasting: Ending
  readonly up: string
  /** `refresh`, and then `up`. */
  readonly refresh: string
  readonly destroy: string
}

const ending = (sent: string, ends: Ending['ends'], state: string, sites: number, says: string): Ending => ({
  sent,
  ends,
  state,
  sites,
  says
})

/** A fault that strikes once: ends as the lasting one does; passes, in the next try of the same run; or is not tried. */
type Once = 'the same' | Ending | 'not tried'

const cell = (lasting: Ending, then: Pick<Stated, 'up' | 'refresh' | 'destroy'>, once: Once): Stated => ({
  ...(once === 'not tried' ? {} : { once: once === 'the same' ? [lasting, then.up] : [once, 'nothing'] }),
  lasting,
  ...then
})

// What the next command does, in Pulumi's word and in requests.
const made = 'created: GET details, POST, GET, PATCH, GET'
const finished = 'updated: GET, PATCH, GET'
const removed = 'deleted: DELETE, GET task'
/** A connection whose creation did not end well is one of its customer's first of all: its id may be a wrong one. */
const confirmed = (then: string): string => then.replace(': ', ': GET details, ')
const alreadyGone = 'deleted: DELETE, GET details'

// ---------------------------------------------------------------- create

/** No connection was made and none is in the state: the next run makes it. */
const nothingMade = (sent: string, says: string, once: Once = 'the same'): Stated =>
  cell(ending(sent, 'failed', 'none', 0, says), { up: made, refresh: `nothing; ${made}`, destroy: 'nothing' }, once)

/** The connection was made in spite of the fault, and nothing is left to do. */
const madeAnyway = (says: string, once: Once = 'the same'): Stated =>
  cell(
    ending('POST, PATCH', 'done', 'ok', 1, says),
    { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removed },
    once
  )

/** The connection exists and is kept; the next run finishes it and makes no second one. */
const halfMade = (state: 'failed' | 'unknown', says: string, once: Once = 'the same'): Stated =>
  cell(
    ending('POST', 'failed', state, 1, says),
    { up: confirmed(finished), refresh: `updated: GET; ${confirmed(finished)}`, destroy: confirmed(removed) },
    once
  )

/** The second try of the same run makes it. */
const madeAtLast = ending('POST × 2, PATCH', 'done', 'ok', 1, '')
const unclear = 'it is not created a second time'

const create: Readonly<Record<FaultName, Stated>> = {
  'status 400': nothingMade('POST', 'the platform rejected POST with status 400'),
  'status 401': nothingMade('POST', 'authorisation was refused'),
  'status 403': nothingMade('POST', 'the platform rejected POST with status 403'),
  'status 404': nothingMade('POST', 'POST <address> was not found (404)'),
  'status 408': nothingMade('POST', 'the end of POST is not known: status 408'),
  'status 409': nothingMade('POST × many', 'the platform reports a conflict (409)', madeAtLast),
  'status 429, Retry-After in seconds': nothingMade('POST × 2', 'rejected POST with status 429', madeAtLast),
  'status 429, Retry-After as a date': nothingMade('POST × 2', 'rejected POST with status 429', madeAtLast),
  'status 429, no Retry-After': nothingMade('POST × 2', 'rejected POST with status 429', madeAtLast),
  'status 500': nothingMade('POST', 'the end of POST is not known: status 500'),
  'status 502 with HTML': nothingMade('POST', 'the end of POST is not known: status 502'),
  'status 503': nothingMade('POST', 'the end of POST is not known: status 503'),
  'status 503, Retry-After in seconds': nothingMade('POST × 2', 'rejected POST with status 503', madeAtLast),
  'status 504': nothingMade('POST', 'the end of POST is not known: status 504'),
  'status 504 after the effect': madeAnyway(unclear),
  'connection refused': nothingMade('', 'cannot be reached: connection refused', 'not tried'),
  'reset before the effect': nothingMade('POST', 'the end of POST is not known: the connection was reset'),
  'reset after the effect': madeAnyway(unclear),
  'half a body': madeAnyway(unclear),
  'empty body': madeAnyway(unclear),
  'no JSON': madeAnyway(unclear),
  // Messages that are not understood may be errors.
  'JSON of the wrong shape': halfMade('unknown', 'executionMessages: expected'),
  'slow body, past the time-out': madeAnyway(unclear),
  '200 with an Error, effect made': halfMade('failed', 'the platform reports an error'),
  '200 with an Error, no effect': nothingMade('POST', 'the platform reports an error'),
  'answer for a site that nobody knows': halfMade('unknown', 'answered Add with the id of another connection'),
  'answer for a site of another customer': halfMade('unknown', 'answered Add with the id of another connection'),
  'answer for another customer': halfMade('unknown', 'the platform answered for customer'),
  '404 to everything (wrong base URL)': nothingMade('', 'or <address> is not its base URL', 'not tried'),
  'a task that fails': halfMade('failed', 'the platform reports an error', 'not tried'),
  'a task that never ends': halfMade('unknown', 'waited <n> s for the end of task <task>', 'not tried'),
  'a task that vanishes': madeAnyway('', 'not tried'),
  'token expires in the middle': nothingMade('POST × 2', 'authorisation was refused', madeAtLast)
}

// ---------------------------------------------------------------- update

/** Nothing was changed, and the state says so: the next run sends the change. */
const unchanged = (sent: string, says: string, once: Once = 'the same'): Stated =>
  cell(
    ending(sent, 'failed', 'ok', 1, says),
    { up: finished, refresh: `nothing: GET; ${finished}`, destroy: removed },
    once
  )

/** Changed, or perhaps changed: the state tells that the next run has to send everything again. */
const halfChanged = (sent: string, state: 'failed' | 'unknown', says: string, once: Once = 'the same'): Stated =>
  cell(
    ending(sent, 'failed', state, 1, says),
    { up: finished, refresh: `updated: GET; ${finished}`, destroy: removed },
    once
  )

/** A look has shown that the change was made. */
const changedAnyway = (says: string, once: Once = 'the same'): Stated =>
  cell(
    ending('PATCH', 'done', 'ok', 1, says),
    { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removed },
    once
  )

/** The second try of the same run makes the change. */
const changedAtLast = (says: string): Ending => ending('PATCH × 2', 'done', 'ok', 1, says)
const looking = 'Reading what it has done'

const update: Readonly<Record<FaultName, Stated>> = {
  'status 400': unchanged('PATCH', 'the platform rejected PATCH with status 400'),
  'status 401': unchanged('PATCH', 'authorisation was refused'),
  'status 403': unchanged('PATCH', 'the platform rejected PATCH with status 403'),
  'status 404': unchanged('PATCH', 'PATCH <address> was not found (404)'),
  'status 408': halfChanged('PATCH × 2', 'unknown', 'end of PATCH is not known: status 408', changedAtLast(looking)),
  'status 409': unchanged('PATCH × many', 'answer 409 to PATCH; nothing was changed', changedAtLast('Waiting for it')),
  'status 429, Retry-After in seconds': unchanged('PATCH × 2', 'rejected PATCH with status 429', changedAtLast('')),
  'status 429, Retry-After as a date': unchanged('PATCH × 2', 'rejected PATCH with status 429', changedAtLast('')),
  'status 429, no Retry-After': unchanged('PATCH × 2', 'rejected PATCH with status 429', changedAtLast('')),
  'status 500': halfChanged('PATCH × 2', 'unknown', 'end of PATCH is not known: status 500', changedAtLast(looking)),
  'status 502 with HTML': halfChanged('PATCH × 2', 'unknown', 'not known: status 502', changedAtLast(looking)),
  'status 503': halfChanged('PATCH × 2', 'unknown', 'end of PATCH is not known: status 503', changedAtLast(looking)),
  'status 503, Retry-After in seconds': unchanged('PATCH × 2', 'rejected PATCH with status 503', changedAtLast('')),
  'status 504': halfChanged('PATCH × 2', 'unknown', 'end of PATCH is not known: status 504', changedAtLast(looking)),
  'status 504 after the effect': changedAnyway(looking),
  'connection refused': unchanged('', 'cannot be reached: connection refused', 'not tried'),
  'reset before the effect': halfChanged('PATCH × 2', 'unknown', 'the connection was reset', changedAtLast(looking)),
  'reset after the effect': changedAnyway(looking),
  'half a body': changedAnyway(looking),
  'empty body': halfChanged('PATCH', 'unknown', 'the answer to PATCH is not as documented'),
  'no JSON': halfChanged('PATCH', 'unknown', 'the answer to PATCH is not as documented'),
  'JSON of the wrong shape': halfChanged('PATCH', 'unknown', 'the answer to PATCH is not as documented'),
  'slow body, past the time-out': changedAnyway(looking),
  '200 with an Error, effect made': halfChanged('PATCH', 'failed', 'the platform reports an error'),
  '200 with an Error, no effect': halfChanged('PATCH', 'failed', 'the platform reports an error'),
  'answer for a site that nobody knows': halfChanged('PATCH', 'unknown', 'and the platform answered for site <site>'),
  'answer for a site of another customer': halfChanged('PATCH', 'unknown', 'and the platform answered for site <site>'),
  'answer for another customer': halfChanged('PATCH', 'unknown', 'and the platform answered for customer'),
  '404 to everything (wrong base URL)': unchanged('', 'or <address> is not its base URL', 'not tried'),
  'a task that fails': halfChanged('PATCH', 'failed', 'the platform reports an error', 'not tried'),
  'a task that never ends': halfChanged('PATCH', 'unknown', 'waited <n> s for the end of task <task>', 'not tried'),
  'a task that vanishes': changedAnyway('', 'not tried'),
  'token expires in the middle': unchanged('PATCH × 2', 'authorisation was refused', changedAtLast(''))
}

// ---------------------------------------------------------------- read

const misnamed = 'failed (siteName: differs from the name in state)'

/** The read fails, and the state stays as it was. */
const unread = (sent: string, says: string, once: Once = 'the same'): Stated =>
  cell(
    ending(sent, 'failed', 'ok', 1, says),
    { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removed },
    once
  )

/** The read is done and finds no difference. */
const readAnyway = (once: Once = 'the same'): Stated =>
  cell(ending('GET', 'done', 'ok', 1, ''), { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removed }, once)

/**
 * Get names neither the site nor the customer that it answers for, so another name counts as a change from outside. It is not pushed back
 * without `allow: ["rename"]`; another refresh mends it.
 */
const misread: Stated = {
  once: [ending('GET', 'done', 'ok', 1, ''), `${misnamed}; refresh: updated: GET; up: nothing`],
  lasting: ending('GET', 'done', 'ok', 1, ''),
  up: `${misnamed}; refresh: updated: GET; up: nothing`,
  refresh: 'updated: GET; nothing',
  destroy: removed
}

/** The second try of the same run reads it. */
const readAtLast = (says = ''): Ending => ending('GET × 2', 'done', 'ok', 1, says)

const read: Readonly<Record<FaultName, Stated>> = {
  'status 400': unread('GET', 'the platform rejected GET with status 400'),
  'status 401': unread('GET', 'authorisation was refused'),
  'status 403': unread('GET', 'the platform rejected GET with status 403'),
  // The service details list it, so it is not gone.
  'status 404': unread('GET', 'and lists it in the service details'),
  'status 408': unread('GET × 2', 'the end of GET is not known: status 408', readAtLast()),
  'status 409': unread('GET × many', 'answer 409 to GET; nothing was changed', readAtLast('Waiting for it')),
  'status 429, Retry-After in seconds': unread('GET × 2', 'rejected GET with status 429', readAtLast()),
  'status 429, Retry-After as a date': unread('GET × 2', 'rejected GET with status 429', readAtLast()),
  'status 429, no Retry-After': unread('GET × 2', 'rejected GET with status 429', readAtLast()),
  'status 500': unread('GET × 2', 'the end of GET is not known: status 500', readAtLast()),
  'status 502 with HTML': unread('GET × 2', 'the end of GET is not known: status 502', readAtLast()),
  'status 503': unread('GET × 2', 'the end of GET is not known: status 503', readAtLast()),
  'status 503, Retry-After in seconds': unread('GET × 2', 'rejected GET with status 503', readAtLast()),
  'status 504': unread('GET × 2', 'the end of GET is not known: status 504', readAtLast()),
  'status 504 after the effect': unread('GET × 2', 'the end of GET is not known: status 504', readAtLast()),
  'connection refused': unread('', 'cannot be reached: connection refused', 'not tried'),
  'reset before the effect': unread('GET × 2', 'the connection was reset', readAtLast()),
  'reset after the effect': unread('GET × 2', 'the connection was reset', readAtLast()),
  'half a body': unread('GET × 2', 'the answer broke off', readAtLast()),
  'empty body': unread('GET', 'the answer to GET is not as documented'),
  'no JSON': unread('GET', 'the answer to GET is not as documented'),
  'JSON of the wrong shape': unread('GET', 'the answer to GET is not as documented'),
  'slow body, past the time-out': unread('GET × 2', 'no complete answer within 3 s', readAtLast()),
  // A read makes no change that could have failed.
  '200 with an Error, effect made': readAnyway(),
  '200 with an Error, no effect': readAnyway(),
  'answer for a site that nobody knows': misread,
  'answer for a site of another customer': misread,
  'answer for another customer': misread,
  '404 to everything (wrong base URL)': unread('GET', 'or <address> is not its base URL', 'not tried'),
  // A read does not wait.
  'a task that fails': readAnyway('not tried'),
  'a task that never ends': readAnyway('not tried'),
  'a task that vanishes': readAnyway('not tried'),
  'token expires in the middle': unread('GET × 2', 'authorisation was refused', readAtLast())
}

// ---------------------------------------------------------------- delete

/** The deletion failed: connection and state stay. */
const kept = (sent: string, says: string, once: Once = 'the same'): Stated =>
  cell(
    ending(sent, 'failed', 'ok', 1, says),
    { up: removed, refresh: `nothing: GET; ${removed}`, destroy: removed },
    once
  )

/** The connection is gone, and the state does not know it yet. */
const goneUnseen = (sent: string, says: string, once: Once = 'the same'): Stated =>
  cell(
    ending(sent, 'failed', 'ok', 0, says),
    { up: alreadyGone, refresh: 'deleted: GET, GET details; nothing', destroy: alreadyGone },
    once
  )

const deletedAnyway = (sent = 'DELETE', once: Once = 'the same'): Stated =>
  cell(ending(sent, 'done', 'none', 0, ''), { up: 'nothing', refresh: 'nothing; nothing', destroy: 'nothing' }, once)

/** The second try of the same run deletes it, or finds it gone. */
const deletedAtLast = (says = ''): Ending => ending('DELETE × 2', 'done', 'none', 0, says)

const remove: Readonly<Record<FaultName, Stated>> = {
  'status 400': kept('DELETE', 'the platform rejected DELETE with status 400'),
  'status 401': kept('DELETE', 'authorisation was refused'),
  'status 403': kept('DELETE', 'the platform rejected DELETE with status 403'),
  'status 404': kept('DELETE', 'and lists it in the service details'),
  'status 408': kept('DELETE × 2', 'the end of DELETE is not known: status 408', deletedAtLast()),
  'status 409': kept('DELETE × many', 'answer 409 to DELETE; nothing was changed', deletedAtLast('Waiting for it')),
  'status 429, Retry-After in seconds': kept('DELETE × 2', 'rejected DELETE with status 429', deletedAtLast()),
  'status 429, Retry-After as a date': kept('DELETE × 2', 'rejected DELETE with status 429', deletedAtLast()),
  'status 429, no Retry-After': kept('DELETE × 2', 'rejected DELETE with status 429', deletedAtLast()),
  'status 500': kept('DELETE × 2', 'the end of DELETE is not known: status 500', deletedAtLast()),
  'status 502 with HTML': kept('DELETE × 2', 'the end of DELETE is not known: status 502', deletedAtLast()),
  'status 503': kept('DELETE × 2', 'the end of DELETE is not known: status 503', deletedAtLast()),
  'status 503, Retry-After in seconds': kept('DELETE × 2', 'rejected DELETE with status 503', deletedAtLast()),
  'status 504': kept('DELETE × 2', 'the end of DELETE is not known: status 504', deletedAtLast()),
  'status 504 after the effect': goneUnseen('DELETE × 2', 'is not known: status 504', deletedAtLast()),
  'connection refused': kept('', 'cannot be reached: connection refused', 'not tried'),
  'reset before the effect': kept('DELETE × 2', 'the connection was reset', deletedAtLast()),
  'reset after the effect': goneUnseen('DELETE × 2', 'the connection was reset', deletedAtLast()),
  'half a body': goneUnseen('DELETE × 2', 'the answer broke off', deletedAtLast()),
  // The connection is seen to be gone.
  'empty body': deletedAnyway(),
  'no JSON': deletedAnyway(),
  'JSON of the wrong shape': deletedAnyway(),
  'slow body, past the time-out': goneUnseen('DELETE × 2', 'no complete answer within 3 s', deletedAtLast()),
  '200 with an Error, effect made': goneUnseen('DELETE', 'the platform reports an error'),
  '200 with an Error, no effect': kept('DELETE', 'the platform reports an error'),
  // The documented answer names neither site nor customer, and its task ends well.
  'answer for a site that nobody knows': deletedAnyway(),
  'answer for a site of another customer': deletedAnyway(),
  'answer for another customer': deletedAnyway(),
  '404 to everything (wrong base URL)': kept('DELETE', 'or <address> is not its base URL', 'not tried'),
  'a task that fails': kept('DELETE', 'the platform reports an error', 'not tried'),
  'a task that never ends': kept('DELETE', 'waited <n> s for the end of cleanup task <task>', 'not tried'),
  'a task that vanishes': deletedAnyway('DELETE', 'not tried'),
  'token expires in the middle': kept('DELETE × 2', 'authorisation was refused', deletedAtLast())
}

/** The matrix: what must follow of each fault in each operation. A fault without a cell does not compile. */
export const stated: Readonly<Record<Operation, Readonly<Record<FaultName, Stated>>>> = {
  create,
  update,
  read,
  delete: remove
}
