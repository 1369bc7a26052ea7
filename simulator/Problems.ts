/** Answers, good and bad. The platform documents four shapes of errors; none of these texts repeats a value from a body. */
import type { Answer, Call } from './Types'

export const JSON_TYPE = 'application/json; charset=utf-8'
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

const answer = (status: number, content: Answer['content'], headers: Answer['headers'] = {}): Answer => ({
  status,
  headers,
  content,
  delayMs: 0,
  delivery: { kind: 'whole' },
  fault: null
})

export const json = (status: number, value: unknown, type = JSON_TYPE): Answer =>
  answer(status, { kind: 'json', type, value })

export const text = (status: number, type: string, body: string): Answer =>
  answer(status, { kind: 'text', type, text: body })

export const nothing = (status: number, headers: Answer['headers'] = {}): Answer =>
  answer(status, { kind: 'none' }, headers)

/** Why a body was refused: texts by name of the member. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

/** The ASP.NET validation problem. */
export const validation = (errors: FieldErrors, call: Call): Answer =>
  json(
    400,
    {
      errors,
      type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
      title: 'One or more validation errors occurred.',
      status: 400,
      traceId: call.trace
    },
    PROBLEM_TYPE
  )

/** Problem details with the platform's own members. */
export const problem = (status: number, title: string, detail: string, errorCode: string, call: Call): Answer =>
  json(
    status,
    {
      type: 'about:blank',
      title,
      status,
      detail,
      instance: call.path,
      errorTicket: call.trace.slice(3, 11),
      errorCode,
      traceId: call.trace
    },
    PROBLEM_TYPE
  )

/** The bare string with which the platform says that something is not there. */
export const notFound = (what: string, guid: string): Answer => json(404, `${what} with ${guid} not found`)
