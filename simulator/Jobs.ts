/** Tasks of services: what they are to bring comes when they end, if they end well. */
import * as Ids from './Ids'
import { after, nextNumber, withTask } from './State'
import type { Effect, State } from './Types'

interface Job {
  readonly kind: 'service' | 'upgrade'
  /** The two forms of task ids that the pages show. */
  readonly id: 'tsk' | 'wst'
  readonly customerGuid: string
  readonly effect: Effect
  /** Milliseconds between the end of the task and its effect. */
  readonly lagMs: number
}

/** The state in which the job has begun, and the id of its task; `serviceTask` decides how it ends. */
export const startJob = (state: State, now: number, job: Job): readonly [State, string] => {
  const { serviceTask, serviceTaskMs } = state.switches
  const [counted, n] = nextNumber(state)
  const id = job.id === 'tsk' ? `tsk_${n}` : `wst_${Ids.guid(state.seed, 'job', n)}`
  const started = withTask(counted, {
    id,
    kind: job.kind,
    siteGuid: null,
    customerGuid: job.customerGuid,
    startedAt: now,
    endsAt: serviceTask === 'never' ? null : now + serviceTaskMs,
    outcome: serviceTask === 'never' ? 'ok' : serviceTask
  })
  const comes = serviceTask === 'ok' || serviceTask === 'vanishes'
  return [comes ? after(started, now, serviceTaskMs + job.lagMs, job.effect) : started, id]
}
