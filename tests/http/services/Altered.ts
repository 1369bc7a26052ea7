import * as E from 'fp-ts/Either'
import type { Fetch, RawRequest } from '../../../provider/Env'
import { spied } from './Services'

/** Answers of the simulator that a test changes on their way: forms that no page shows. */

/** A change of the JSON value of an answer; `undefined` leaves it as it is. */
export type Change = (request: RawRequest, value: unknown) => unknown

const changedBody = (body: string, change: (value: unknown) => unknown): string => {
  const value: unknown = body === '' ? undefined : JSON.parse(body)
  const other = change(value)
  return other === undefined ? body : JSON.stringify(other)
}

/** Sends requests as a process does, and changes the answers that are a success. */
export const altered =
  (change: Change, before: (request: RawRequest) => void = () => undefined): Fetch =>
  (request) =>
  async () => {
    const result = await spied(before)(request)()
    return E.isRight(result) && result.right.status < 300
      ? E.right({ ...result.right, body: changedBody(result.right.body, (value) => change(request, value)) })
      : result
  }

/** The same value with other members at every object in it that has one of them. */
export const withMembers = (value: unknown, members: Readonly<Record<string, unknown>>): unknown =>
  Array.isArray(value)
    ? value.map((each) => withMembers(each, members))
    : typeof value === 'object' && value !== null
      ? {
          ...value,
          ...Object.fromEntries(Object.entries(members).filter(([name]) => name in value))
        }
      : value
