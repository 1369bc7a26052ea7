import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { ExecutionMessage } from '../Answers'
import { Text, caseBlind, optional } from '../Decode'
import type { Rule } from './ChangeSet'

/**
 * What the platform answers, as far as dial plans are concerned. Sources: the vendor's pages "Get" and "Modify Dial Plan Content for SIP Connection"; the
 * second one does not say what a change is answered with.
 */

const LiveRule = caseBlind({ prefix: Text, tag: t.string, name: optional(t.string) }, 'Rule')

/** .NET writes null where there is none; a plan whose rules are not told at all is not taken for an empty one. */
const Rules = new t.Type<ReadonlyArray<Rule>, unknown, unknown>(
  'list of rules',
  t.array(LiveRule).is,
  (u, context) => (u === null ? t.success([]) : t.array(LiveRule).validate(u, context)),
  t.identity
)

/** Answer of Get. */
export const PlanAnswer = caseBlind({ dialPlanId: optional(Text), ruleDTO: Rules }, 'PlanAnswer', {
  ruleDTO: ['rules', 'ruleDTOs']
})
export type PlanAnswer = t.TypeOf<typeof PlanAnswer>

/** What a change was answered with. */
export interface ChangeAnswer {
  /** The plan that was changed, where it says so. */
  readonly dialPlanId?: string
  readonly executionMessages: ReadonlyArray<ExecutionMessage>
  /** A task to wait for. */
  readonly taskId?: string
  /** A text that may say anything. */
  readonly words?: string
  /** Whether it says that the change was made, or that it was not; `unclear`: a look at the plan decides. */
  readonly says: 'made' | 'not made' | 'unclear'
}

const isTaskId = (text: string): boolean => /^(tsk|wst|wup)_?\S+$/i.test(text)

const Told = caseBlind(
  {
    dialPlanId: optional(Text),
    executionMessages: optional(t.array(ExecutionMessage)),
    taskId: optional(Text),
    status: optional(t.unknown),
    msg: optional(t.string)
  },
  'ChangeAnswer',
  { taskId: ['jobId', 'task'], msg: ['message'] }
)

const told = ({ dialPlanId, executionMessages, taskId, status, msg }: t.TypeOf<typeof Told>): ChangeAnswer => ({
  ...(dialPlanId === undefined ? {} : { dialPlanId }),
  executionMessages: executionMessages ?? [],
  ...(taskId === undefined ? {} : { taskId }),
  ...(msg === undefined || executionMessages !== undefined ? {} : { words: msg }),
  says: status === false ? 'not made' : executionMessages !== undefined || status === true ? 'made' : 'unclear'
})

const made: ChangeAnswer = { executionMessages: [], says: 'made' }

const ofText = (text: string): ChangeAnswer =>
  text === ''
    ? made
    : { executionMessages: [], says: 'unclear', ...(isTaskId(text) ? { taskId: text } : { words: text }) }

/**
 * Answer of a change. It is not documented; other calls of the platform answer with `1`, a bare text, the id of a task or execution messages, and an empty
 * body (read as null) is a success as well.
 */
export const ChangeAnswer = new t.Type<ChangeAnswer, ChangeAnswer, unknown>(
  'ChangeAnswer',
  (u): u is ChangeAnswer => typeof u === 'object' && u !== null && 'executionMessages' in u,
  (u, context) => {
    if (u === 1 || u === true || u === null) return t.success(made)
    if (typeof u === 'string') return t.success(ofText(u.trim()))
    const decoded = Told.validate(u, context)
    return E.isLeft(decoded) ? decoded : t.success(told(decoded.right))
  },
  t.identity
)
