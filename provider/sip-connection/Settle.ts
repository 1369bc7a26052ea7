import * as E from 'fp-ts/Either'
import type { Env, Program } from '../Env'
import { type ProviderError, deadline, failed } from '../Errors'
import { pollPause } from '../Operations'
import * as Requests from './Requests'
import { errorTexts } from './Messages'
import { type SiteAnswer, type TaskAnswer, isTask, taskIds, taskState } from './Wire'

const noteTasks = (env: Env, ids: ReadonlyArray<string>): void => {
  for (const id of ids) if (!env.operation.taskIds.includes(id)) env.operation.taskIds.push(id)
}

const secondsSince = (env: Env, began: number): number => Math.round((env.now() - began) / 1000)

/** Whether the platform's words of a task are a failure. */
export const taskFailure = (env: Env, id: string, task: TaskAnswer): ProviderError | undefined => {
  const said = errorTexts(task.executionMessages ?? [])
  return taskState(task.status) === 'failed' || said.length > 0
    ? failed(
        [
          `Task ${id} ended with status ${task.status}.`,
          ...said,
          ...(task.details ?? []).filter((text) => typeof text === 'string')
        ].map(env.operation.scrub)
      )
    : undefined
}

/** Looks at each task: the first failure, if any. A task that is not to be found any more says nothing. */
const firstFailure =
  (ids: ReadonlyArray<string>): Program<void> =>
  (env) =>
  async () => {
    for (const id of ids.filter(isTask)) {
      const task = await Requests.getTask(id)(env)()
      if (E.isLeft(task) && task.left._tag !== 'NotFound') return task
      const failure = E.isRight(task) ? taskFailure(env, id, task.right) : undefined
      if (failure !== undefined) return E.left(failure)
    }
    return E.right(undefined)
  }

/**
 * Reads a connection until no task is pending for it.
 *
 * @param options.isNew a connection that was just made may not be readable at once: 404 is waited for, up to the time that making it may take
 * @returns the connection without pending tasks; `Failed` when one of its tasks failed, `Deadline` when they do not end
 */
export const settle =
  (siteGuid: string, options: { readonly isNew: boolean } = { isNew: false }): Program<SiteAnswer> =>
  (env) =>
  async () => {
    const began = env.now()
    let seen: ReadonlyArray<string> = []
    for (let round = 0; ; round++) {
      const site = await Requests.getSite(siteGuid)(env)()
      const missing = E.isLeft(site) && site.left._tag === 'NotFound'
      const patient = options.isNew && env.now() - began < env.settings.programTimeout * 1000
      if (E.isLeft(site) && !(missing && patient)) return site

      const pending = E.isRight(site) ? taskIds(site.right.pendingTasks) : []
      noteTasks(env, pending)
      const known = [...new Set([...seen, ...pending])]
      // A task that leaves the list may have failed, so the ones seen before are asked for too.
      if (known.length > 0) {
        const tasks = await firstFailure(known)(env)()
        if (E.isLeft(tasks)) return tasks
      }
      if (E.isRight(site) && pending.length === 0) return site
      seen = pending

      const pause = pollPause(env, round)
      if (env.now() + pause >= env.operation.deadline) {
        return E.left(
          missing
            ? deadline(`connection ${siteGuid} to become readable`, secondsSince(env, began), 'it answers 404 so far')
            : deadline(
                `the end of ${pending.length === 1 ? 'task' : 'tasks'} ${pending.join(', ')}`,
                secondsSince(env, began),
                'the platform still lists them as pending'
              )
        )
      }
      await env.sleep(pause)
    }
  }
