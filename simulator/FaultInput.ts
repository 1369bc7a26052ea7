/** Fault rules are checked, since they come in as JSON or from untyped programs. */
import { isObject } from './Body'
import type { Fault, FaultKind, FaultRule } from './FaultRules'

/** What a member must be: in words, and as a test. */
const kinds = {
  status: [
    'an HTTP status from 200 to 599',
    (value: unknown) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599
  ],
  integer: ['a whole number from 1', (value: unknown) => Number.isInteger(value) && Number(value) >= 1],
  ms: ['a number of milliseconds', (value: unknown) => typeof value === 'number' && value >= 0],
  flag: ['true or false', (value: unknown) => typeof value === 'boolean'],
  text: ['a text', (value: unknown) => typeof value === 'string'],
  header: [
    'a text that a header can hold',
    (value: unknown) => typeof value === 'string' && /^[\t\x20-\x7e]*$/.test(value)
  ],
  times: [
    'a whole number from 1, or "always"',
    (value: unknown) => value === 'always' || (Number.isInteger(value) && Number(value) >= 1)
  ],
  outcome: ['fails, never or vanishes', (value: unknown) => ['fails', 'never', 'vanishes'].includes(value as string)],
  pattern: ['a text', (value: unknown) => typeof value === 'string' || value instanceof RegExp],
  object: ['an object', isObject],
  any: ['there', (value: unknown) => value !== undefined]
} as const

type Kind = keyof typeof kinds

/** The members of each fault; a question mark for those that may be left out. */
const faults: { readonly [K in FaultKind]: Readonly<Record<string, Kind | `${Kind}?`>> } = {
  status: { status: 'status', body: 'any?', contentType: 'header?', retryAfter: 'header?', retryAfterDate: 'integer?' },
  statusAfterEffect: { status: 'status' },
  delay: { ms: 'ms' },
  slowBody: { ms: 'ms' },
  resetBefore: {},
  resetAfter: {},
  halfBody: {},
  emptyBody: {},
  notJson: {},
  wrongShape: {},
  html: { status: 'status' },
  errorMessage: { effect: 'flag', message: 'text?' },
  otherSite: { siteGuid: 'text?', customerGuid: 'text?' },
  task: { taskId: 'text?', outcome: 'outcome?' }
}

const checkMembers = (
  what: string,
  value: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, Kind | `${Kind}?`>>
): void => {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(members, name)) {
      throw new Error(`${what} has no member "${name}": possible is ${Object.keys(members).join(', ') || 'none'}.`)
    }
  }
  for (const [name, kind] of Object.entries(members)) {
    if (kind.endsWith('?') && value[name] === undefined) continue
    // Without its question mark the text is a key of the table.
    const [words, fits] = kinds[kind.replace('?', '') as Kind]
    if (!fits(value[name])) throw new Error(`${what}: "${name}" must be ${words}.`)
  }
}

const fault = (value: unknown): Fault => {
  const kind = isObject(value) ? value['kind'] : undefined
  if (!isObject(value) || typeof kind !== 'string' || !Object.hasOwn(faults, kind)) {
    throw new Error(`A fault must have a kind, one of ${Object.keys(faults).join(', ')}.`)
  }
  checkMembers(`Fault "${kind}"`, value, { kind: 'text', ...faults[kind as FaultKind] })
  if (kind === 'task' && value['taskId'] === undefined && value['outcome'] === undefined) {
    throw new Error('Fault "task" must have a taskId or an outcome.')
  }
  // The members have just been checked against the table of this kind.
  return value as unknown as Fault
}

/** @throws Error with one sentence that says what is wrong with the rule */
export const faultRule = (value: unknown): FaultRule => {
  if (!isObject(value)) throw new Error('A fault rule must be an object.')
  checkMembers('A fault rule', value, { match: 'object?', times: 'times?', fault: 'object' })
  const { match, times } = value
  if (isObject(match))
    checkMembers('"match"', match, { method: 'text?', path: 'pattern?', customer: 'text?', nth: 'integer?' })
  return { match: match as FaultRule['match'], times: times as FaultRule['times'], fault: fault(value['fault']) }
}
