import * as Problems from './Problems'
import { nextNumber, withSite, withTask } from './State'
import * as Table from './Table'
import type { Call, PendingTask, Result, Site, State, Task, TaskKind } from './Types'

/** The site with a new task pending, which ends after `ms` (null: never), and that task. */
export const startTask = (
  state: State,
  site: Site,
  kind: TaskKind,
  now: number,
  ms: number | null,
  outcome: Task['outcome'] = 'ok'
): readonly [State, Task] => {
  const [counted, n] = nextNumber(state)
  const task: Task = {
    id: `tsk_${n}`,
    kind,
    siteGuid: site.guid,
    startedAt: now,
    endsAt: ms === null ? null : now + ms,
    outcome
  }
  const pending = [...pendingAt(site, now), { taskId: task.id, kind, until: task.endsAt }]
  return [withTask(withSite(counted, { ...site, pending }), task), task]
}

/** The tasks of a site that have not ended. */
export const pendingAt = (site: Site, now: number): readonly PendingTask[] =>
  site.pending.filter(({ until }) => until === null || until > now)

/** A task of absurd length ends on the last day that a Date can hold. */
const iso = (ms: number): string => new Date(Math.min(ms, 8.64e15)).toISOString()

const shown = (task: Task, now: number) => {
  const running = task.endsAt === null || task.endsAt > now
  const failed = !running && task.outcome === 'fails'
  return {
    id: task.id,
    status: running ? 'InProgress' : failed ? 'Failed' : 'CompletedSuccess',
    details: [null],
    executionMessages: failed ? [{ level: 'Error', message: 'The SBC cleanup script failed.' }] : [],
    outputData: {},
    createTime: iso(task.startedAt),
    completeTime: running ? '0001-01-01T00:00:00' : iso(task.endsAt),
    cancellationRequested: false
  }
}

/** `GET /api/v2/task/{taskId}` */
export const getTask = (call: Call): Result => {
  const id = call.params[0] ?? ''
  const task = Table.get(call.state.tasks, id)
  return [
    call.state,
    task === undefined || task.outcome === 'vanishes'
      ? Problems.json(404, `Task with ${id} not found`)
      : Problems.json(200, shown(task, call.now))
  ]
}
