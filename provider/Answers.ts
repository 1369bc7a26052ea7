import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { Text, caseBlind, isUuid, optional } from './Decode'
import { isObject } from './Json'

/**
 * What answers of all kinds have in common: execution messages, ids and tasks. Sources: the vendor's pages "Format of Request Description" and
 * "Get Task".
 */

const lenientText = (name: string, to: (text: string) => string): t.Type<string, string, unknown> =>
  new t.Type<string, string, unknown>(
    name,
    t.string.is,
    (u, context) => (typeof u === 'string' ? t.success(to(u)) : t.failure(u, context)),
    t.identity
  )

/** Level of an execution message. */
export type Level = 'Information' | 'Error'

const Level = new t.Type<Level, Level, unknown>(
  '"Information" or "Error"',
  (u): u is Level => u === 'Information' || u === 'Error',
  (u, context) => {
    const level = typeof u === 'string' ? u.toLowerCase() : ''
    return level === 'information'
      ? t.success('Information')
      : level === 'error'
        ? t.success('Error')
        : t.failure(u, context)
  },
  t.identity
)

/** One line of what the platform did. */
export interface ExecutionMessage {
  readonly level: Level
  readonly message: string
}

export const ExecutionMessage: t.Type<ExecutionMessage, unknown, unknown> = caseBlind(
  { level: Level, message: t.string },
  'ExecutionMessage'
)

/** .NET writes the nil uuid where there is none. */
export const nil = '00000000-0000-0000-0000-000000000000'
/** A uuid in lower case; the nil one is an empty text. */
export const Guid = lenientText('uuid', (text) => (text === nil ? '' : text.toLowerCase()))

/** Whether an answer names something else than was asked for; an empty id names nothing. */
export const namesAnother = (answered: string | undefined, asked: string): answered is string =>
  answered !== undefined && answered !== '' && answered !== asked

/** An answered id for a message. What is no uuid may be anything that the platform was sent. */
export const shownId = (id: string | undefined): string =>
  id === undefined || id === '' ? 'unknown' : isUuid(id) ? id : '(not a uuid)'

/** What came out of a task depends on the call that began it; anything else than an object tells nothing. */
const OutputData = new t.Type<Readonly<Record<string, unknown>> | undefined, unknown, unknown>(
  'object',
  (u): u is Readonly<Record<string, unknown>> | undefined => u === undefined || t.UnknownRecord.is(u),
  (u) => t.success(t.UnknownRecord.is(u) ? u : undefined),
  t.identity
)

/** Answer of Get Task. */
export const TaskAnswer = caseBlind(
  {
    status: Text,
    details: optional(t.array(t.unknown)),
    executionMessages: optional(t.array(ExecutionMessage)),
    outputData: OutputData
  },
  'TaskAnswer'
)
export type TaskAnswer = t.TypeOf<typeof TaskAnswer>

/** Ids of the tasks in a list of pending ones, whose elements are not documented: texts, numbers, or objects with an id. */
export const taskIds = (pending: ReadonlyArray<unknown> | undefined): ReadonlyArray<string> =>
  (pending ?? []).map((task) => {
    if (typeof task === 'string' || typeof task === 'number') return String(task)
    const fields = isObject(task) ? Object.entries(task) : []
    const id: unknown = fields.find(([name]) => /^(task_?)?id$/i.test(name))?.[1]
    return typeof id === 'string' || typeof id === 'number' ? String(id) : 'task'
  })

/** Whether a text names a task to wait for: `tsk_0`, null and an empty text mean none. */
export const isTask = (id: string | undefined): id is string => id !== undefined && id !== '' && !/^(tsk_)?0$/.test(id)

/** Whether a deployment state says that the SBC has the connection. 3 was seen for deployed ones. */
export const isDeployed = (state: string | undefined): boolean => state === '3' || state?.toLowerCase() === 'deployed'

/** How far a task is. Only `CompletedSuccess` is documented for the wire; what is not known counts as running. */
export const taskState = (status: string): 'done' | 'failed' | 'running' => {
  const word = status.toLowerCase().replace(/[\s_-]/g, '')
  if (word === 'completedsuccess') return 'done'
  return word.startsWith('completed') || /fail|error|cancel|abort/.test(word) ? 'failed' : 'running'
}

/** An answer that is any JSON at all. */
export const AnyAnswer = new t.Type<unknown, unknown, unknown>('JSON', (_): _ is unknown => true, E.right, t.identity)

/** The texts of the messages of level `Error`, with secrets replaced: an SBC script may print what it was given. */
export const errorTexts = (
  messages: ReadonlyArray<ExecutionMessage>,
  scrub: (text: string) => string
): ReadonlyArray<string> => messages.filter(({ level }) => level === 'Error').map(({ message }) => scrub(message))
export const scrubbed = (
  messages: ReadonlyArray<ExecutionMessage>,
  scrub: (text: string) => string
): ReadonlyArray<ExecutionMessage> => messages.map(({ level, message }) => ({ level, message: scrub(message) }))
