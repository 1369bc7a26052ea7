import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { TaskAnswer, errorTexts, taskState } from './Answers'
import type { Env, Program } from './Env'
import { type ProviderError, failed } from './Errors'
import * as Http from './Http'
import { noteTasks, pollAgain } from './Operations'

/** The platform's tasks: what it does after it has answered. */

/** Get Task. */
export const getTask = (taskId: string): Program<TaskAnswer> =>
  Http.send({ method: 'GET', path: `/api/v2/task/${encodeURIComponent(taskId)}`, answer: TaskAnswer })

/** The failure of a task in the platform's words, if it has failed. */
export const taskFailure = (env: Env, id: string, task: TaskAnswer): ProviderError | undefined => {
  const { scrub } = env.operation
  const said = errorTexts(task.executionMessages ?? [], scrub)
  const details = (task.details ?? []).filter((text) => typeof text === 'string').map(scrub)
  return taskState(task.status) === 'failed' || said.length > 0
    ? failed([`Task ${scrub(id)} ended with status ${scrub(task.status)}.`, ...said, ...details])
    : undefined
}

/**
 * Waits for the end of a task.
 *
 * @param what the kind of task, for the error of a wait that is too long: `cleanup task`
 * @returns the task as it ended; none when the platform does not know it any more. `Failed` when it failed, `Deadline` when it does not end
 */
export const taskEnd =
  (taskId: string, what: string): Program<O.Option<TaskAnswer>> =>
  (env) =>
  async () => {
    noteTasks(env.operation, [taskId])
    const began = env.now()
    for (let round = 0; ; round++) {
      const task = await getTask(taskId)(env)()
      if (E.isLeft(task)) return task.left._tag === 'NotFound' ? E.right(O.none) : task
      const failure = taskFailure(env, taskId, task.right)
      if (failure !== undefined) return E.left(failure)
      if (taskState(task.right.status) === 'done') return E.right(O.some(task.right))
      const again = await pollAgain(round, {
        awaited: `the end of ${what} ${env.operation.scrub(taskId)}`,
        known: `its status is ${env.operation.scrub(task.right.status)}`,
        doing: `${what} ${env.operation.scrub(taskId)}`,
        began,
        until: env.operation.deadline
      })(env)()
      if (E.isLeft(again)) return again
    }
  }
