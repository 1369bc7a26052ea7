import * as Problems from './Problems'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Call, PastTask, Result, Task } from './Types'

/** A task of absurd length ends on the last day that a Date can hold. */
const iso = (ms: number): string => new Date(Math.min(ms, 8.64e15)).toISOString()

const unset = '0001-01-01T00:00:00'

/** The documented sample writes `CompletedSuccess`, its prose has a blank in it; the other words are made up to go with it. */
const words = {
  running: { joined: 'InProgress', spaced: 'In Progress' },
  ok: { joined: 'CompletedSuccess', spaced: 'Completed Success' },
  fails: { joined: 'Failed', spaced: 'Failed' }
}

const failures: { readonly [K in Task['kind']]: string } = {
  add: 'The SBC onboarding script failed.',
  modify: 'The SBC onboarding script failed.',
  delete: 'The SBC cleanup script failed.',
  service: 'The service could not be made.',
  upgrade: 'The license could not be applied.'
}

/** What a task that made a service says of it. */
const result = ({ kind, customerGuid }: Task) =>
  kind === 'service'
    ? { details: ['Converted'], outputData: { umpCustomerGuid: customerGuid } }
    : { details: [null], outputData: {} }

const shown = (task: Task, now: number, style: Switches['taskWords']) => {
  const running = task.endsAt === null || task.endsAt > now
  const failed = !running && task.outcome === 'fails'
  return {
    id: task.id,
    status: words[running ? 'running' : failed ? 'fails' : 'ok'][style],
    executionMessages: failed ? [{ level: 'Error', message: failures[task.kind] }] : [],
    ...(running || failed ? { details: [null], outputData: {} } : result(task)),
    createTime: iso(task.startedAt),
    completeTime: running ? unset : iso(task.endsAt),
    cancellationRequested: false
  }
}

/** The documented samples of finished tasks have no times. */
const pastShown = (
  { id, outcome, details, executionMessages, outputData }: PastTask,
  style: Switches['taskWords']
) => ({
  id,
  status: words[outcome][style],
  details,
  executionMessages,
  outputData,
  createTime: unset,
  completeTime: unset,
  cancellationRequested: false
})

const taskShown = ({ state, now }: Call, id: string): unknown => {
  const style = state.switches.taskWords
  const task = Table.get(state.tasks, id)
  if (task !== undefined) return task.outcome === 'vanishes' ? undefined : shown(task, now, style)
  const past = state.pastTasks.find((each) => each.id === id)
  return past === undefined ? undefined : pastShown(past, style)
}

/** `GET /api/v2/task/{taskId}` */
export const getTask = (call: Call): Result => {
  const id = call.params[0] ?? ''
  const value = taskShown(call, id)
  return [call.state, value === undefined ? Problems.json(404, `Task with ${id} not found`) : Problems.json(200, value)]
}
