import type { ResourceFaultName } from './Faults'
import type { Ending } from './Trial'

/** What must follow in a cell of the matrix, and the rows that are the same for several resources. */

/** `says` is a phrase that the message must contain; empty: nothing may be said. */
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

export type Rows = Readonly<Partial<Record<ResourceFaultName, Stated>>>

/** What the next command does, in Pulumi's word and in requests. */
export type Then = Pick<Stated, 'up' | 'refresh' | 'destroy'>

/** A fault that strikes once: ends as the lasting one does; passes, in the next try of the same run; or is not tried. */
export type Once = 'the same' | Ending | 'not tried'

export const ending = (
  sent: string,
  ends: Ending['ends'],
  state: string,
  holds: Ending['holds'],
  says: string
): Ending => ({ sent, ends, state, holds, says })

export const cell = (lasting: Ending, then: Then, once: Once): Stated => ({
  ...(once === 'not tried' ? {} : { once: once === 'the same' ? [lasting, then.up] : [once, 'nothing'] }),
  lasting,
  ...then
})

/** What an operation of one resource comes to, whatever the fault is. */
export interface Course {
  /** The request that the fault strikes: its method, and how it is counted. */
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly work: string
  /** What is sent after it when all goes well: `, PATCH`. */
  readonly rest?: string
  /** Nothing was done, and the state knows it. */
  readonly untouched: (sent: string, says: string, once?: Once) => Stated
  /** The platform said no in so many words. Default: as `untouched`. */
  readonly rejected?: (sent: string, says: string, once?: Once) => Stated
  /** The request is lost and had no effect. Default: as `untouched`. */
  readonly lost?: (sent: string, says: string, once?: Once) => Stated
  /** All was done. */
  readonly done: (sent: string, says: string) => Ending
}

const twice = ({ work }: Course): string => `${work} × 2`

/** The second try of the same run does it. */
const atLast = (course: Course, says = ''): Ending => course.done(`${twice(course)}${course.rest ?? ''}`, says)

/** Answers and ways after which nothing was done, and nobody doubts it. */
export const clearNo = (course: Course): Rows => {
  const { method, work, untouched, rejected = untouched } = course
  const throttled = rejected(twice(course), `the platform rejected ${method} with status 429`, atLast(course))
  return {
    'status 400': rejected(work, `the platform rejected ${method} with status 400`),
    'status 401': untouched(work, 'authorisation was refused'),
    'status 403': rejected(work, `the platform rejected ${method} with status 403`),
    'status 429, Retry-After in seconds': throttled,
    'status 429, Retry-After as a date': throttled,
    'status 429, no Retry-After': throttled,
    'connection refused': untouched('', 'cannot be reached: connection refused', 'not tried'),
    'token expires in the middle': untouched(twice(course), 'authorisation was refused', atLast(course))
  }
}

const lostStatus = ['status 408', 'status 500', 'status 503', 'status 504'] as const

/** Answers that do not tell whether the request was carried out; it was not. */
export const notCarriedOut = (course: Course, once: Once = 'the same', sent = course.work): Rows => {
  const { method, untouched, lost = untouched } = course
  const unknown = (why: string): Stated => lost(sent, `the end of ${method} is not known: ${why}`, once)
  return {
    ...Object.fromEntries(lostStatus.map((name) => [name, unknown(name)])),
    'status 502 with HTML': unknown('status 502'),
    'reset before the effect': unknown('the connection was reset')
  }
}

/** 503 with `Retry-After`: the request was not carried out, and is to be sent again. */
export const toldToWait = (course: Course): Rows => {
  const { method, untouched, rejected = untouched } = course
  return {
    'status 503, Retry-After in seconds': rejected(
      twice(course),
      `the platform rejected ${method} with status 503`,
      atLast(course)
    )
  }
}

/** The platform is busy, and is waited for. */
export const busy = (
  course: Course,
  says = `makes the platform answer 409 to ${course.method}; nothing was changed`
): Rows => ({
  'status 409': course.untouched(`${course.work} × many`, says, atLast(course, 'Waiting for it'))
})

/** A read cannot tell a lost request from one that was not carried out, and needs not: it is sent again. */
export const lostReads = (course: Course): Rows => {
  const { untouched } = course
  const again = (why: string): Stated => untouched(twice(course), `the end of GET is not known: ${why}`, atLast(course))
  return {
    ...notCarriedOut({ ...course, lost: (_sent, says) => untouched(twice(course), says, atLast(course)) }),
    'status 504 after the effect': again('status 504'),
    'reset after the effect': again('the connection was reset'),
    'half a body': again('the answer broke off'),
    'slow body, past the time-out': again('no complete answer within 3 s')
  }
}

/** An answer to a read that cannot be understood. */
export const unread = ({ work, untouched }: Course): Rows => {
  const strange = untouched(work, 'the answer to GET is not as documented')
  return { 'empty body': strange, 'no JSON': strange, 'JSON of the wrong shape': strange }
}
