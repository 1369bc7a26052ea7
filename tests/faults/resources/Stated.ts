import type { Operation } from '../FaultList'
import {
  type Course,
  type Once,
  type Rows,
  type Stated,
  type Then,
  busy,
  cell,
  clearNo,
  ending,
  lostReads,
  notCarriedOut,
  toldToWait,
  unread
} from './Rows'
import type { Ending } from './Trial'
import type { MatrixResource } from './Victims'

/** The matrix of the resources beside the connection: what must follow of each fault in each operation. */

type Holds = Ending['holds']

/** Rows for the same end under several faults. */
const each = (names: ReadonlyArray<keyof Rows>, stated: Stated): Rows =>
  Object.fromEntries(names.map((name) => [name, stated]))

const lostAnswers = [
  'status 504 after the effect',
  'reset after the effect',
  'half a body',
  'slow body, past the time-out'
] as const
const strangeAnswers = ['empty body', 'no JSON'] as const

// ---------------------------------------------------------------- services

/** What tells one kind of service from the other in the matrix. */
interface Service {
  readonly made: string
  readonly madeByTask: string
  /** What follows the `POST`. */
  readonly rest: string
  /** After a creation that went wrong in the middle. */
  readonly finished: string
  readonly whenMade: Holds
  readonly noSuchPlatform: string
}

const removed = 'deleted: GET, DELETE, GET, GET list'
const alreadyGone = 'deleted: GET, GET list'

const createService = ({ made, madeByTask, rest, finished, whenMade, noSuchPlatform }: Service): Rows => {
  const unmade = (then: string): Then => ({ up: then, refresh: `nothing; ${then}`, destroy: 'nothing' })
  const course: Course = {
    method: 'POST',
    work: 'POST',
    rest,
    untouched: (sent, says, once = 'the same') =>
      cell(ending(sent, 'failed', 'none', 'as before', says), unmade(made), once),
    done: (sent, says) => ending(sent, 'done', 'ok', 'as declared', says)
  }
  const anyway = (says: string, once: Once = 'the same'): Stated =>
    cell(course.done(`POST${rest}`, says), { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removed }, once)
  /** The service exists and is kept; the next run finishes it and makes no second one. */
  const half = (state: string, says: string): Stated =>
    cell(
      ending('POST', 'failed', state, whenMade, says),
      { up: finished, refresh: `updated: GET; ${finished}`, destroy: removed },
      'the same'
    )
  const byTask = (says: string): Stated =>
    cell(ending('POST', 'failed', 'none', 'as before', says), unmade(madeByTask), 'not tried')
  return {
    ...clearNo(course),
    ...notCarriedOut(course),
    ...toldToWait(course),
    'status 404': course.untouched('POST', 'POST <address> was not found (404)'),
    // A name that is taken is a conflict too: each try is preceded by a look.
    'status 409': course.untouched(
      'POST × many',
      'the platform reports a conflict (409)',
      course.done(`POST × 2${rest}`, '')
    ),
    ...each([...lostAnswers, ...strangeAnswers], anyway('it is not created a second time')),
    // A number is no id, and other calls are answered with one.
    'JSON of the wrong shape': anyway(''),
    '200 with an Error, effect made': half('failed', 'the platform reports an error'),
    '200 with an Error, no effect': course.untouched('POST', 'the platform reports an error'),
    'answer for a service that nobody knows': half('unknown', 'to become readable; it answers 404 so far'),
    'answer for another customer': half('unknown', 'with a service of another id'),
    '404 to everything (wrong base URL)': course.untouched('', noSuchPlatform, 'not tried'),
    'a task that fails': byTask('the platform reports an error'),
    'a task that never ends': byTask('waited <n> s for the end of the task that makes the service'),
    'a task that vanishes': anyway('', 'not tried')
  }
}

/** The first read of an operation already fails. */
const notFound = 'GET <address> was not found (404)'

/** A change of the license: `kept` says what the state holds when the platform has said no. */
const updateService = (method: 'PATCH' | 'POST', work: string, finished: string): Course => {
  const failed =
    (state: string): Course['untouched'] =>
    (sent, says, once = 'the same') =>
      cell(
        ending(sent, 'failed', state, 'as before', says),
        { up: finished, refresh: `nothing: GET; ${finished}`, destroy: removed },
        once
      )
  return {
    method,
    work,
    untouched: failed('ok'),
    // The state of the update is kept with the license that is in force.
    rejected: failed('failed'),
    lost: failed('unknown'),
    done: (sent, says) => ending(sent, 'done', 'ok', 'as declared', says)
  }
}

const changedAnyway = ({ work, done }: Course, says: string, once: Once = 'the same'): Stated =>
  cell(done(work, says), { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removed }, once)

const looking = 'Reading what it has done'

/** Changed, with an error: the next run reads, and sends what is not there or cannot be seen. */
const errorAfter = ({ work }: Course, then: string): Stated =>
  cell(
    ending(work, 'failed', 'failed', 'as declared', 'the platform reports an error'),
    { up: then, refresh: `updated: GET; ${then}`, destroy: removed },
    'the same'
  )

const updateRows = (course: Course, seenAfter: string): Rows => {
  const { method, work, untouched, rejected = untouched } = course
  return {
    ...clearNo(course),
    ...toldToWait(course),
    'status 404': untouched(work, `${method} <address> was not found (404)`),
    ...each([...lostAnswers, ...strangeAnswers], changedAnyway(course, looking)),
    'JSON of the wrong shape': changedAnyway(course, ''),
    '200 with an Error, effect made': errorAfter(course, seenAfter),
    '200 with an Error, no effect': rejected(work, 'the platform reports an error'),
    '404 to everything (wrong base URL)': untouched('', notFound, 'not tried')
  }
}

const patched = updateService('PATCH', 'PATCH', 'updated: GET, PATCH, GET')

const updateHosted: Rows = {
  ...updateRows(patched, 'updated: GET, PATCH, GET'),
  ...busy(patched),
  // A look shows that it took no effect, so it is sent again.
  ...notCarriedOut(patched, ending('PATCH × 2', 'done', 'ok', 'as declared', looking), 'PATCH × 2')
}

const upgradedBy = 'updated: GET, POST upgrade, GET task, GET'
const upgraded = updateService('POST', 'POST upgrade', upgradedBy)

/** The task of the last run is waited for first: its upgrade may still take effect. */
const upgradedAgain = updateService('POST', 'POST upgrade', 'updated: GET, GET task, GET, POST upgrade, GET task, GET')

const updateOperatorConnect: Rows = {
  ...updateRows(upgraded, 'updated: GET'),
  // An upgrade that may be under way is not sent a second time.
  ...notCarriedOut(upgraded),
  'status 409': (upgraded.rejected ?? upgraded.untouched)(
    'POST upgrade × many',
    'the platform reports a conflict (409)',
    upgraded.done('POST upgrade × 2', '')
  ),
  'a task that fails': (upgradedAgain.rejected ?? upgradedAgain.untouched)(
    'POST upgrade',
    'the platform reports an error',
    'not tried'
  ),
  'a task that never ends': (upgradedAgain.lost ?? upgradedAgain.untouched)(
    'POST upgrade',
    'waited <n> s for the end of the task of the license upgrade',
    'not tried'
  ),
  'a task that vanishes': changedAnyway(upgraded, '', 'not tried')
}

/** A read changes nothing, on the platform and in the state. */
const reading = (removedBy: string): Course => ({
  method: 'GET',
  work: 'GET',
  untouched: (sent, says, once = 'the same') =>
    cell(
      ending(sent, 'failed', 'ok', 'as declared', says),
      { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removedBy },
      once
    ),
  done: (sent, says) => ending(sent, 'done', 'ok', 'as declared', says)
})

const readRows = (course: Course, removedBy: string): Rows => {
  const { done } = course
  // A read makes no change that could have failed.
  const anyway = cell(
    done('GET', ''),
    { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: removedBy },
    'the same'
  )
  return {
    ...clearNo(course),
    ...toldToWait(course),
    ...busy(course),
    ...lostReads(course),
    ...unread(course),
    ...each(['200 with an Error, effect made', '200 with an Error, no effect'], anyway)
  }
}

const readingService = reading(removed)

const readService: Rows = {
  ...readRows(readingService, removed),
  // It is listed, so it is not gone.
  'status 404': readingService.untouched('GET', 'and lists it among its services; nothing was dropped'),
  ...each(
    ['answer for a service that nobody knows', 'answer for another customer'],
    readingService.untouched('GET', 'with a service of another id')
  ),
  '404 to everything (wrong base URL)': readingService.untouched('GET', notFound, 'not tried')
}

const deletingService: Course = {
  method: 'DELETE',
  work: 'DELETE',
  untouched: (sent, says, once = 'the same') =>
    cell(
      ending(sent, 'failed', 'ok', 'as before', says),
      { up: removed, refresh: `nothing: GET; ${removed}`, destroy: removed },
      once
    ),
  done: (sent, says) => ending(sent, 'done', 'none', 'as declared', says)
}

/** The service is gone, and the state does not know it yet. */
const goneUnseen = (sent: string, says: string, once: Once): Stated =>
  cell(
    ending(sent, 'failed', 'ok', 'as declared', says),
    { up: alreadyGone, refresh: `${alreadyGone}; nothing`, destroy: alreadyGone },
    once
  )

const lostDeletion = (why: string): Stated =>
  goneUnseen('DELETE × 2', `the end of DELETE is not known: ${why}`, deletingService.done('DELETE × 2', ''))

const deleteService: Rows = {
  ...clearNo(deletingService),
  ...toldToWait(deletingService),
  ...busy(deletingService),
  ...notCarriedOut(deletingService, deletingService.done('DELETE × 2', ''), 'DELETE × 2'),
  'status 404': deletingService.untouched('DELETE', 'and lists it among its services; nothing was dropped'),
  'status 504 after the effect': lostDeletion('status 504'),
  'reset after the effect': lostDeletion('the connection was reset'),
  'half a body': lostDeletion('the answer broke off'),
  'slow body, past the time-out': lostDeletion('no complete answer within 3 s'),
  // The service is seen to be gone.
  ...each(
    [...strangeAnswers, 'JSON of the wrong shape'],
    cell(
      deletingService.done('DELETE', ''),
      { up: 'nothing', refresh: 'nothing; nothing', destroy: 'nothing' },
      'the same'
    )
  ),
  '200 with an Error, effect made': goneUnseen('DELETE', 'the platform reports an error', 'the same'),
  '200 with an Error, no effect': deletingService.untouched('DELETE', 'the platform reports an error'),
  '404 to everything (wrong base URL)': deletingService.untouched('', notFound, 'not tried')
}

// ---------------------------------------------------------------- dial plan

const planRemoved = 'deleted: GET, PATCH'
const planFinished = 'updated: GET, PATCH'

/** What is there of a change shows in the plan, and only there. */
const planLooking = 'Reading what it has done'

interface PlanChange {
  readonly course: Course
  /** Failed, and perhaps changed. */
  readonly half: (state: string, holds: Holds, sent: string, says: string, once?: Once) => Stated
  readonly whenDone: Then
}

const planRows = ({ course, half, whenDone }: PlanChange): Rows => {
  const { done, untouched } = course
  const anyway = (says: string): Stated => cell(done('PATCH', says), whenDone, 'the same')
  return {
    ...clearNo(course),
    ...toldToWait(course),
    ...busy(course),
    // A look shows that it took no effect, so it is sent again.
    ...notCarriedOut(course, done('PATCH × 2', planLooking), 'PATCH × 2'),
    'status 404': untouched('PATCH', 'PATCH <address> was not found (404)'),
    ...each(lostAnswers, anyway(planLooking)),
    // The answer is not documented: whatever it is, the plan tells.
    ...each([...strangeAnswers, 'JSON of the wrong shape'], anyway('')),
    '200 with an Error, effect made': half(
      'failed',
      'as declared',
      'PATCH',
      'the platform reports an error',
      'the same'
    ),
    '200 with an Error, no effect': half('failed', 'as before', 'PATCH', 'the platform reports an error', 'the same'),
    '404 to everything (wrong base URL)': untouched('', 'or <address> is not its base URL', 'not tried'),
    'a task that fails': half('failed', 'as before', 'PATCH', 'the platform reports an error', 'not tried'),
    'a task that never ends': half(
      'unknown',
      'as before',
      'PATCH',
      'waited <n> s for the end of the task of the dial plan',
      'not tried'
    ),
    // Here nothing came of it, and the plan shows that.
    'a task that vanishes': half('failed', 'as before', 'PATCH', 'the platform reports an error', 'not tried')
  }
}

const changing = (untouched: Course['untouched'], lost: Course['untouched'], state: string): Course => ({
  method: 'PATCH',
  work: 'PATCH',
  untouched,
  lost,
  done: (sent, says) => ending(sent, 'done', state, 'as declared', says)
})

const planKept: Then = { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: planRemoved }

const planCreated = 'created: GET, PATCH'

const halfCreated: PlanChange['half'] = (state, holds, sent, says, once = 'the same') =>
  cell(
    ending(sent, 'failed', state, holds, says),
    holds === 'as declared'
      ? { up: 'updated: GET', refresh: 'nothing: GET; updated: GET', destroy: planRemoved }
      : { up: planFinished, refresh: `updated: GET; ${planFinished}`, destroy: 'deleted: GET' },
    once
  )

const createPlan: Rows = planRows({
  course: changing(
    (sent, says, once = 'the same') =>
      cell(
        ending(sent, 'failed', 'none', 'as before', says),
        { up: planCreated, refresh: `nothing; ${planCreated}`, destroy: 'nothing' },
        once
      ),
    (sent, says, once) => halfCreated('unknown', 'as before', sent, says, once),
    'ok'
  ),
  half: halfCreated,
  whenDone: planKept
})

/** The state holds the rules of both sides, so a refresh shows a difference. */
const halfUpdated: PlanChange['half'] = (state, holds, sent, says, once = 'the same') => {
  const then = holds === 'as declared' ? 'updated: GET' : planFinished
  return cell(
    ending(sent, 'failed', state, holds, says),
    { up: then, refresh: `updated: GET; ${then}`, destroy: planRemoved },
    once
  )
}

const updatePlan: Rows = planRows({
  course: changing(
    (sent, says, once = 'the same') =>
      cell(
        ending(sent, 'failed', 'ok', 'as before', says),
        { up: planFinished, refresh: `nothing: GET; ${planFinished}`, destroy: planRemoved },
        once
      ),
    (sent, says, once) => halfUpdated('unknown', 'as before', sent, says, once),
    'ok'
  ),
  half: halfUpdated,
  whenDone: planKept
})

/** The rules that are left are read from the plan, so that a deletion goes on where it ended. */
const halfDeleted: PlanChange['half'] = (_state, holds, sent, says, once = 'the same') =>
  cell(
    ending(sent, 'failed', 'ok', holds, says),
    holds === 'as declared'
      ? { up: 'deleted: GET', refresh: 'updated: GET; deleted: GET', destroy: 'deleted: GET' }
      : { up: planRemoved, refresh: `nothing: GET; ${planRemoved}`, destroy: planRemoved },
    once
  )

const keptPlan: Course['untouched'] = (sent, says, once) => halfDeleted('ok', 'as before', sent, says, once)

const deletePlan: Rows = planRows({
  course: changing(keptPlan, keptPlan, 'none'),
  half: halfDeleted,
  whenDone: { up: 'nothing', refresh: 'nothing; nothing', destroy: 'nothing' }
})

const readingPlan = reading(planRemoved)

const readPlan: Rows = {
  ...readRows(readingPlan, planRemoved),
  'status 404': readingPlan.untouched('GET', 'list the site; nothing was sent'),
  'answer for another dial plan': readingPlan.untouched('GET', 'and answered with another one'),
  '404 to everything (wrong base URL)': readingPlan.untouched('GET', 'or <address> is not its base URL', 'not tried')
}

// ---------------------------------------------------------------- numbers guard

/** As long as the numbers cannot be read, the guard stands; the platform holds nothing of it. */
const guarding = (then: string): Course => {
  const destroyed = 'deleted: GET numbers'
  return {
    method: 'GET',
    work: 'GET numbers',
    untouched: (sent, says, once = 'the same') =>
      cell(
        ending(sent, 'failed', 'ok', 'as declared', says),
        { up: then, refresh: `nothing; ${then}`, destroy: destroyed },
        once
      ),
    done: (sent, says) => ending(sent, 'done', then === destroyed ? 'none' : 'ok', 'as declared', says)
  }
}

const guardRows = (then: string, whenDone: Then): Rows => {
  const course = guarding(then)
  const noList = 'has no list of Operator Connect numbers'
  return {
    ...clearNo(course),
    ...toldToWait(course),
    ...busy(course),
    ...lostReads(course),
    ...unread(course),
    // A platform without the list has no numbers; the older list does not tell whose they are.
    'status 404': {
      ...cell(course.done('GET numbers × 2', noList), whenDone, 'not tried'),
      once: [course.untouched('GET numbers × 2', 'does not tell which SIP connection').lasting, then]
    },
    '404 to everything (wrong base URL)': course.untouched('GET numbers × 2', 'is not its base URL', 'not tried')
  }
}

const updateGuard = guardRows('updated: GET numbers', {
  up: 'nothing',
  refresh: 'nothing; nothing',
  destroy: 'deleted: GET numbers'
})

const deleteGuard = guardRows('deleted: GET numbers', {
  up: 'nothing',
  refresh: 'nothing; nothing',
  destroy: 'nothing'
})

// ---------------------------------------------------------------- fleet

const fleetMade = 'updated: GET details, POST, GET'
const fleetFinished = 'updated: GET, PATCH, GET'
const fleetRemoved = 'deleted: DELETE, GET task'

/** Of a connection whose creation did not end well, the id is looked up first. */
const lookedUp = (then: string): string => then.replace(': ', ': GET details, ')

/** A fleet whose connections all failed exists, and holds why. */
const creatingFleet =
  (state: 'failed' | 'unknown'): Course['untouched'] =>
  (sent, says, once = 'the same') =>
    cell(
      ending(sent, 'failed', state, 'as before', says),
      { up: fleetMade, refresh: `nothing; ${fleetMade}`, destroy: 'deleted' },
      once
    )

const addToFleet: Course = {
  method: 'POST',
  work: 'POST',
  untouched: creatingFleet('failed'),
  lost: creatingFleet('unknown'),
  done: (sent, says) => ending(sent, 'done', 'ok', 'as declared', says)
}

/** The connection exists and is kept; the next run finishes it and makes no second one. */
const halfInFleet = (state: 'failed' | 'unknown', says: string): Stated => {
  const then = lookedUp(fleetFinished)
  return cell(
    ending('POST', 'failed', state, 'as declared', says),
    { up: then, refresh: `updated: GET; ${then}`, destroy: lookedUp(fleetRemoved) },
    'the same'
  )
}

/** The customers are read before the fleet begins: without them there is no fleet. */
const noFleet = (says: string): Stated => {
  const made = 'created: GET details, POST, GET'
  return cell(
    ending('', 'failed', 'none', 'as before', says),
    { up: made, refresh: `nothing; ${made}`, destroy: 'nothing' },
    'not tried'
  )
}

const createFleet: Rows = {
  ...clearNo(addToFleet),
  ...notCarriedOut(addToFleet),
  ...toldToWait(addToFleet),
  'connection refused': noFleet('cannot be reached: connection refused'),
  'status 404': addToFleet.untouched('POST', 'POST <address> was not found (404)'),
  'status 409': addToFleet.untouched(
    'POST × many',
    'the platform reports a conflict (409)',
    addToFleet.done('POST × 2', '')
  ),
  ...each(
    [...lostAnswers, ...strangeAnswers],
    cell(
      addToFleet.done('POST', 'it is not created a second time'),
      { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: fleetRemoved },
      'the same'
    )
  ),
  'JSON of the wrong shape': halfInFleet('unknown', 'the answer to POST is not as documented'),
  '200 with an Error, effect made': halfInFleet('failed', 'the platform reports an error'),
  '200 with an Error, no effect': addToFleet.untouched('POST', 'the platform reports an error'),
  ...each(
    ['answer for a site that nobody knows', 'answer for a site of another customer'],
    halfInFleet('unknown', 'with the id of another connection')
  ),
  'answer for another customer': halfInFleet('unknown', 'check in the portal what was made there'),
  '404 to everything (wrong base URL)': noFleet('or <address> is not its base URL')
}

const changingFleet =
  (state: 'failed' | 'unknown', refresh: 'nothing' | 'updated'): Course['untouched'] =>
  (sent, says, once = 'the same') =>
    cell(
      ending(sent, 'failed', state, 'as before', says),
      { up: fleetFinished, refresh: `${refresh}: GET; ${fleetFinished}`, destroy: fleetRemoved },
      once
    )

const changeInFleet: Course = {
  method: 'PATCH',
  work: 'PATCH',
  untouched: changingFleet('failed', 'nothing'),
  // The state has what was sent until a read says otherwise.
  lost: changingFleet('unknown', 'updated'),
  done: (sent, says) => ending(sent, 'done', 'ok', 'as declared', says)
}

/** Changed, and not known to be; the next run sends it again. */
const strangelyChanged = (says: string): Stated =>
  cell(
    ending('PATCH', 'failed', 'unknown', 'as declared', says),
    { up: fleetFinished, refresh: `nothing: GET; ${fleetFinished}`, destroy: fleetRemoved },
    'the same'
  )

const updateFleet: Rows = {
  ...clearNo(changeInFleet),
  ...toldToWait(changeInFleet),
  ...busy(changeInFleet),
  // A look shows that it took no effect, so it is sent again.
  ...notCarriedOut(changeInFleet, changeInFleet.done('PATCH × 2', looking), 'PATCH × 2'),
  'status 404': changeInFleet.untouched('PATCH', 'PATCH <address> was not found (404)'),
  ...each(
    lostAnswers,
    cell(
      changeInFleet.done('PATCH', looking),
      { up: 'nothing', refresh: 'nothing: GET; nothing', destroy: fleetRemoved },
      'the same'
    )
  ),
  ...each([...strangeAnswers, 'JSON of the wrong shape'], strangelyChanged('the answer to PATCH is not as documented')),
  // The SBC has it not, which the read shows.
  '200 with an Error, effect made': cell(
    ending('PATCH', 'failed', 'failed', 'as declared', 'the platform reports an error'),
    { up: fleetFinished, refresh: `updated: GET; ${fleetFinished}`, destroy: fleetRemoved },
    'the same'
  ),
  '200 with an Error, no effect': changingFleet('failed', 'updated')('PATCH', 'the platform reports an error'),
  ...each(
    ['answer for a site that nobody knows', 'answer for a site of another customer', 'answer for another customer'],
    strangelyChanged('check in the portal what was changed there')
  ),
  '404 to everything (wrong base URL)': changeInFleet.untouched('', 'or <address> is not its base URL', 'not tried')
}

const readingFleet = reading(fleetRemoved)

const readFleet: Rows = {
  ...readRows(readingFleet, fleetRemoved),
  'status 404': readingFleet.untouched('GET', 'in the service details of customer <id>; nothing was dropped'),
  '404 to everything (wrong base URL)': readingFleet.untouched('GET', 'or <address> is not its base URL', 'not tried')
}

const deletingFleet: Course = {
  method: 'DELETE',
  work: 'DELETE',
  untouched: (sent, says, once = 'the same') =>
    cell(
      ending(sent, 'failed', 'ok', 'as before', says),
      { up: fleetRemoved, refresh: `nothing: GET; ${fleetRemoved}`, destroy: fleetRemoved },
      once
    ),
  done: (sent, says) => ending(sent, 'done', 'none', 'as declared', says)
}

/** The connection is gone, and the state does not know it yet. */
const fleetGoneUnseen = (sent: string, says: string, once: Once): Stated => {
  const then = 'deleted: DELETE, GET details'
  return cell(
    ending(sent, 'failed', 'ok', 'as declared', says),
    { up: then, refresh: 'updated: GET, GET details; deleted', destroy: then },
    once
  )
}

const lostFleetDeletion = (why: string): Stated =>
  fleetGoneUnseen('DELETE × 2', `the end of DELETE is not known: ${why}`, deletingFleet.done('DELETE × 2', ''))

const deletedFleet = cell(
  deletingFleet.done('DELETE', ''),
  { up: 'nothing', refresh: 'nothing; nothing', destroy: 'nothing' },
  'the same'
)

const deleteFleet: Rows = {
  ...clearNo(deletingFleet),
  ...toldToWait(deletingFleet),
  ...busy(deletingFleet),
  ...notCarriedOut(deletingFleet, deletingFleet.done('DELETE × 2', ''), 'DELETE × 2'),
  'status 404': deletingFleet.untouched('DELETE', 'in the service details of customer <id>; nothing was dropped'),
  'status 504 after the effect': lostFleetDeletion('status 504'),
  'reset after the effect': lostFleetDeletion('the connection was reset'),
  'half a body': lostFleetDeletion('the answer broke off'),
  'slow body, past the time-out': lostFleetDeletion('no complete answer within 3 s'),
  ...each([...strangeAnswers, 'JSON of the wrong shape'], deletedFleet),
  '200 with an Error, effect made': fleetGoneUnseen('DELETE', 'the platform reports an error', 'the same'),
  '200 with an Error, no effect': deletingFleet.untouched('DELETE', 'the platform reports an error'),
  '404 to everything (wrong base URL)': deletingFleet.untouched(
    'DELETE',
    'or <address> is not its base URL',
    'not tried'
  )
}

// ---------------------------------------------------------------- all

const hosted: Service = {
  made: 'created: GET list, POST, GET, PATCH, GET',
  madeByTask: 'created: GET list, POST, GET task, GET, PATCH, GET',
  rest: ', PATCH',
  finished: 'updated: GET, PATCH, GET',
  whenMade: 'between',
  noSuchPlatform: notFound
}

const fromLead = 'created: GET lead, POST, GET task, GET'

const operatorConnect: Service = {
  made: fromLead,
  madeByTask: fromLead,
  rest: '',
  finished: 'updated: GET',
  whenMade: 'as declared',
  noSuchPlatform: 'or <address> is not its base URL'
}

/** Sends nothing, so that nothing can go wrong. */
const silent: Rows = {}

/** A registered resource without rows does not compile. */
export const stated: Readonly<Record<MatrixResource, Readonly<Record<Operation, Rows>>>> = {
  sipConnectionFleet: { create: createFleet, update: updateFleet, read: readFleet, delete: deleteFleet },
  hostedEssentialsService: {
    create: createService(hosted),
    update: updateHosted,
    read: readService,
    delete: deleteService
  },
  operatorConnectService: {
    create: createService(operatorConnect),
    update: updateOperatorConnect,
    read: readService,
    delete: deleteService
  },
  dialPlan: { create: createPlan, update: updatePlan, read: readPlan, delete: deletePlan },
  numbersGuard: { create: silent, update: updateGuard, read: silent, delete: deleteGuard }
}
