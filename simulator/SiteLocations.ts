/** Get and Delete of one SIP connection; Add and Modify have files of their own. */
import { validGuid } from './Checks'
import * as Problems from './Problems'
import { siteShown } from './SiteView'
import { after, pendingAt, startTask } from './State'
import * as Table from './Table'
import type { Call, Result, Site, State } from './Types'

/** `GET /api/v2/sitelocation/{siteGuid}` */
export const getSite = (call: Call): Result => {
  const { state, now } = call
  const guid = validGuid('siteLocationId', call.params[0] ?? '', call)
  if (typeof guid !== 'string') return [state, guid]
  const site = Table.get(state.sites, guid)
  if (site === undefined || site.visibleAt > now) return [state, Problems.notFound('Site location', guid)]
  const msTenantId = Table.get(state.customers, site.customerGuid)?.msTenantId ?? ''
  return [state, Problems.json(200, siteShown(site, msTenantId, state, now))]
}

/** A deletion has begun; with a task of no duration it is done at once. */
const deleting = (state: State, site: Site, now: number): readonly [State, string] => {
  const { deleteTask, deleteTaskMs } = state.switches
  const outcome = deleteTask === 'fails' || deleteTask === 'vanishes' ? deleteTask : 'ok'
  const [started, task] = startTask(state, site, 'delete', now, deleteTask === 'never' ? null : deleteTaskMs, outcome)
  if (deleteTask === 'never' || deleteTask === 'fails') return [started, task.id]
  return [after(started, now, deleteTaskMs, { kind: 'siteGoes', siteGuid: site.guid }), task.id]
}

/** `DELETE /api/v2/sitelocation/{siteGuid}`. Sent again while a deletion runs, it names the same task. */
export const deleteSite = (call: Call): Result => {
  const { state, now } = call
  const guid = validGuid('siteLocationId', call.params[0] ?? '', call)
  if (typeof guid !== 'string') return [state, guid]
  const site = Table.get(state.sites, guid)
  if (site === undefined) return [state, Problems.notFound('Site location', guid)]
  const running = pendingAt(site, now).find(({ kind }) => kind === 'delete')
  const [next, sbcCleanupTaskId] = running === undefined ? deleting(state, site, now) : [state, running.taskId]
  return [next, Problems.json(200, { status: true, msg: 'queued', sbcCleanupTaskId, o365CleanupTask: 'tsk_0' })]
}
