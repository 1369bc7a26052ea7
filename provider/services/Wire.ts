import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { ExecutionMessage, Guid, isTask } from '../Answers'
import { isGuid } from '../Codecs'
import { Text, caseBlind, optional } from '../Decode'

/**
 * What the calls that make, license and delete a service answer. The documentation shows a bare number, a bare id of a task and `{jobId}`, and for the
 * creation of a Hosted Essentials service nothing at all. Sources: the vendor's pages named in `Args.ts` of the two services, and "Delete Service".
 */

/** What is understood of such an answer. */
export interface ServiceAnswer {
  /** Id of a service, a uuid in lower case. */
  readonly customerGuid?: string
  /** A task whose end is to be waited for. */
  readonly taskId?: string
  readonly executionMessages: ReadonlyArray<ExecutionMessage>
}

const Members = caseBlind(
  {
    customerGuid: optional(Guid),
    taskId: optional(Text),
    executionMessages: optional(t.array(ExecutionMessage))
  },
  'ServiceAnswer',
  { customerGuid: ['umpCustomerGuid', 'customerId', 'id', 'guid'], taskId: ['jobId', 'task', 'job'] }
)

/** A text is told by its form: `wst_…` and `tsk_…` are tasks, a uuid is a service. */
const ids = (texts: ReadonlyArray<string | undefined>): Omit<ServiceAnswer, 'executionMessages'> => {
  const guid = texts.find(isGuid)
  const task = texts.find((text): boolean => !isGuid(text) && isTask(text))
  return {
    ...(guid === undefined ? {} : { customerGuid: guid.toLowerCase() }),
    ...(task === undefined ? {} : { taskId: task })
  }
}

/** An object, or a bare value, which may be an id. */
export const ServiceAnswer = new t.Type<ServiceAnswer, unknown, unknown>(
  'ServiceAnswer',
  (u): u is ServiceAnswer => typeof u === 'object' && u !== null && 'executionMessages' in u,
  (u, context) =>
    typeof u !== 'object' || u === null
      ? t.success({ ...(typeof u === 'string' ? ids([u.trim()]) : {}), executionMessages: [] })
      : pipe(
          Members.validate(u, context),
          E.map(({ customerGuid, taskId, executionMessages = [] }) => ({
            ...ids([customerGuid, taskId]),
            executionMessages
          }))
        ),
  t.identity
)
