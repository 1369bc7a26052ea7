import * as E from 'fp-ts/Either'
import { isObject } from './Json'
import { redactPairs } from './Secrets'

/**
 * Error bodies in the four documented shapes (execution messages, ASP.NET validation problem, problem details, bare string), and
 * whatever else a proxy may put in their place.
 */

/** A body as JSON; the fault says what it is instead, never what it holds. */
export const parse = (body: string): E.Either<string, unknown> => {
  if (body.trim() === '') return E.left('expected JSON, got an empty body')
  try {
    return E.right(JSON.parse(body))
  } catch {
    return E.left(/^\s*</.test(body) ? 'expected JSON, got HTML or XML' : 'expected JSON, got something else')
  }
}

/** A field by its name, without regard to case. */
const field = (record: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.entries(record).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]

const texts = (values: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  values.flatMap((value) => (typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []))

/** The first sentence-like part of an HTML page: its title. */
const title = (html: string): ReadonlyArray<string> => texts([/<title[^>]{0,200}>([^<]{1,200})/i.exec(html)?.[1]])

const ofRecord = (body: Readonly<Record<string, unknown>>): ReadonlyArray<string> => {
  const messages = field(body, 'executionMessages')
  const errors = field(body, 'errors')
  const fromMessages = Array.isArray(messages)
    ? messages.flatMap((entry) => (isObject(entry) ? texts([field(entry, 'message')]) : []))
    : []
  const fromErrors = isObject(errors)
    ? Object.entries(errors).flatMap(([name, said]) =>
        texts(Array.isArray(said) ? said : [said]).map((text) => `${name}: ${text}`)
      )
    : []
  const problem = texts([
    field(body, 'title'),
    field(body, 'detail'),
    field(body, 'error_description'),
    field(body, 'message'),
    field(body, 'msg')
  ])
  const said = [...fromMessages, ...fromErrors]
  const code = texts([field(body, 'errorCode'), field(body, 'error')]).map((text) => `code ${text}`)
  return said.length > 0 ? said : [...problem, ...code]
}

/**
 * The platform's own words in an error body, one a line; empty when it says nothing that a person could read.
 *
 * @param scrub replaces secrets in a text
 */
export const words = (body: string, scrub: (text: string) => string): ReadonlyArray<string> => {
  const json = parse(body)
  if (E.isRight(json)) {
    const said = typeof json.right === 'string' ? texts([json.right]) : isObject(json.right) ? ofRecord(json.right) : []
    return said.map(scrub)
  }
  // Before and after: a long text is cut, and a cut secret is not known any more.
  const text = scrub(body)
  return (/^\s*</.test(body) ? title(text) : texts([redactPairs(text).slice(0, 500)])).map(scrub)
}

/** The platform's own ids in a body: they let its support find the request. */
export const traceIds = (body: string): ReadonlyArray<string> => {
  const json = parse(body)
  return E.isRight(json) && isObject(json.right)
    ? texts([field(json.right, 'traceId'), field(json.right, 'errorTicket'), field(json.right, 'trace_id')])
    : []
}
