/** Query parameters: names are matched without regard to case, and an empty value counts as none. */
import { validGuid } from './Checks'
import * as Problems from './Problems'
import type { Answer, Call } from './Types'

/** The first value under one of the names. */
export const queried = (query: URLSearchParams, ...names: readonly string[]): string | undefined => {
  const lower = names.map((name) => name.toLowerCase())
  const found = [...query].find(([name, value]) => lower.includes(name.toLowerCase()) && value !== '')
  return found?.[1]
}

/** A flag that is false when left out, or the answer that refuses its value. */
export const queriedFlag = (call: Call, name: string): boolean | Answer => {
  const value = queried(call.query, name)?.toLowerCase() ?? 'false'
  return ['true', 'false'].includes(value)
    ? value === 'true'
    : Problems.validation({ [name]: ['The value must be true or false.'] }, call)
}

/** One of the words, or the answer that refuses the value; undefined when left out. */
export const queriedWord = <W extends string>(
  call: Call,
  name: string,
  words: readonly W[]
): W | undefined | Answer => {
  const value = queried(call.query, name)?.toLowerCase()
  if (value === undefined) return undefined
  return (
    words.find((word) => word.toLowerCase() === value) ??
    Problems.validation({ [name]: [`The value must be one of ${words.join(', ')}.`] }, call)
  )
}

/** The tenant in the query, or the answer that refuses it; undefined when left out. The pages spell it `msTenantId` and `msTenantID`. */
export const queriedTenant = (call: Call): string | undefined | Answer => {
  const value = queried(call.query, 'msTenantId')
  return value === undefined ? undefined : validGuid('msTenantId', value, call)
}

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'delivery' in value
