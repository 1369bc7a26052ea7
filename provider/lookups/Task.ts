import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { caseBlind, optional } from '../Decode'
import type { Env, Program } from '../Env'
import * as Http from '../Http'
import { redactJson } from '../Secrets'
import { type ExecutionMessage, scrubbed, TaskAnswer, taskState } from '../Answers'
import { type Arguments, Words } from './Arguments'
import { orMissing } from './Missing'

/** A task of the platform: what goes on after a call has been answered. */
export interface Task {
  /** Id of the task, e.g. `tsk_5001`. */
  readonly taskId: string
  /** How far it is. Only `CompletedSuccess` is documented for the wire; what is not known counts as running. */
  readonly state: 'running' | 'done' | 'failed'
  /** Its status as the platform writes it. */
  readonly status: string
  /** What it did, one line each. */
  readonly details: ReadonlyArray<string>
  /** What it said, with secrets replaced. */
  readonly executionMessages: ReadonlyArray<ExecutionMessage>
  /** What came out, depending on the call that began it; e.g. `umpCustomerGuid`. Values under the name of a secret are replaced. */
  readonly outputData: Readonly<Record<string, unknown>>
  /** When it began, as the platform writes it; `undefined` where that is the year 1. */
  readonly createTime: string | undefined
  /** When it ended, as the platform writes it. */
  readonly completeTime: string | undefined
  /** Whether somebody asked for its end. */
  readonly cancellationRequested: boolean | undefined
}

/** Arguments of `getTask`. */
export interface GetTaskArgs {
  /** Id of the task, e.g. `tsk_5001` or `wst_11111111-2222-3333-4444-555555555555`. */
  readonly taskId: string
}

/** What is right for `getTask`. */
export const taskArguments: Arguments<GetTaskArgs> = { taskId: Words }

const More = caseBlind(
  {
    outputData: optional(t.UnknownRecord),
    createTime: optional(t.string),
    completeTime: optional(t.string),
    cancellationRequested: optional(t.boolean)
  },
  'Task'
)

/** `0001-01-01T00:00:00` is how the platform writes that there is no time. */
const timeOf = (text: string | undefined): string | undefined => (text?.startsWith('0001-01-01') ? undefined : text)

const Answer = t.intersection([TaskAnswer, More], 'Task')

/** Get Task. It is read anew every time, since it changes. */
export const getTask = ({ taskId }: GetTaskArgs): Program<Task> =>
  pipe(
    RTE.ask<Env>(),
    RTE.chain(({ operation: { scrub } }) =>
      pipe(
        Http.send({ method: 'GET', path: `/api/v2/task/${encodeURIComponent(taskId)}`, answer: Answer }),
        orMissing(`task ${taskId} (any more)`),
        RTE.map((task) => ({
          taskId,
          state: taskState(task.status),
          status: scrub(task.status),
          details: (task.details ?? []).filter(t.string.is).map(scrub),
          executionMessages: scrubbed(task.executionMessages ?? [], scrub),
          outputData: redactJson(task.outputData ?? {}, scrub) as Readonly<Record<string, unknown>>,
          createTime: timeOf(task.createTime),
          completeTime: timeOf(task.completeTime),
          cancellationRequested: task.cancellationRequested
        }))
      )
    )
  )
