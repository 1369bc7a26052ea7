import * as E from 'fp-ts/Either'
import { isTask, taskIds } from '../Answers'
import type { Program } from '../Env'
import type { ProviderError } from '../Errors'
import { noteTasks, pollAgain } from '../Operations'
import { getTask, taskFailure } from '../Tasks'
import * as Requests from './Requests'
import type { SiteAnswer } from './Wire'

/** Asks for each task: the failures among them. A task that is not to be found any more says nothing. */
const failures =
  (ids: ReadonlyArray<string>): Program<ReadonlyMap<string, ProviderError>> =>
  (env) =>
  async () => {
    const found = new Map<string, ProviderError>()
    for (const id of ids.filter(isTask)) {
      const task = await getTask(id)(env)()
      if (E.isLeft(task) && task.left._tag !== 'NotFound') return task
      const failure = E.isRight(task) ? taskFailure(env, id, task.right) : undefined
      if (failure !== undefined) found.set(id, failure)
    }
    return E.right(found)
  }

/** When a connection is waited for. */
export type Moment =
  /** It was just made, so it may not be readable at once: 404 is waited for, as long as making it may take. */
  | 'afterAdd'
  | 'afterChange'
  /** A task that failed before this run must not stand in the way of the change that mends it. */
  | 'beforeChange'

/**
 * Reads a connection until no task is pending for it.
 *
 * @returns the connection without pending tasks; `Failed` when one of its tasks failed (but not before a change), `Deadline` when they do not
 * end or the connection does not become readable
 */
export const settle =
  (siteGuid: string, moment: Moment): Program<SiteAnswer> =>
  (env) =>
  async () => {
    const began = env.now()
    let seen: ReadonlyArray<string> = []
    for (let round = 0; ; round++) {
      const site = await Requests.getSite(siteGuid)(env)()
      const missing = E.isLeft(site) && site.left._tag === 'NotFound'
      if (E.isLeft(site) && !(missing && moment === 'afterAdd')) return site

      const listed = E.isRight(site) ? taskIds(site.right.pendingTasks) : []
      noteTasks(env.operation, listed)
      // A task that leaves the list may have failed, so the ones seen before are asked for too.
      const known = [...new Set([...seen, ...listed])]
      const failed = await failures(known)(env)()
      if (E.isLeft(failed)) return failed
      const [failure] = failed.right.values()
      if (failure !== undefined && moment !== 'beforeChange') return E.left(failure)
      const pending = listed.filter((id) => !failed.right.has(id))
      if (E.isRight(site) && pending.length === 0) return site
      seen = listed

      const { deadline } = env.operation
      const again = await pollAgain(
        round,
        missing
          ? {
              awaited: `connection ${siteGuid} to become readable`,
              known: 'it answers 404 so far',
              began,
              until: Math.min(deadline, began + env.settings.programTimeout * 1000)
            }
          : {
              awaited: `the end of ${pending.length === 1 ? 'task' : 'tasks'} ${pending.map(env.operation.scrub).join(', ')}`,
              known: 'the platform still lists them as pending',
              doing: `SBC programming, task ${pending.map(env.operation.scrub).join(', ')}`,
              began,
              until: deadline
            }
      )(env)()
      if (E.isLeft(again)) return again
    }
  }
