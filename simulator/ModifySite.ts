import { programming } from './AddSite'
import { named } from './Body'
import type { Members } from './Body'
import { bodyMembers, duplicate, unknownReferences, validGuid } from './Checks'
import * as Problems from './Problems'
import { decoded } from './SiteBody'
import type { Change, Shape } from './SiteFields'
import { blankSite, pendingAt, startTask, withSite } from './State'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Answer, Call, Result, Site } from './Types'

const ID = 'sbcSiteGuid'

const queried = (query: URLSearchParams): string | undefined =>
  [...query].find(([name]) => name.toLowerCase() === ID.toLowerCase())?.[1]

/** The site id from the one place where it is taken; anything in another place is refused. */
const siteId = (call: Call, body: Members): string | Answer => {
  const placement = call.state.switches.siteIdPlacement
  const places = { path: call.params[1], query: queried(call.query), body: named(body, [ID])?.value }
  const wrong = (Object.keys(places) as (keyof typeof places)[]).filter(
    (place) => place !== placement && places[place] !== undefined
  )
  const given = places[placement]
  if (wrong.length > 0 || given === undefined) {
    return Problems.validation({ [ID]: [`The site id must be in the ${placement} and nowhere else.`] }, call)
  }
  return validGuid(ID, given, call)
}

const shapesOf = (switches: Switches): readonly Shape[] =>
  switches.modifyBody === 'both' ? ['fields', 'scriptParameters'] : [switches.modifyBody]

const texts = [
  'cacProfile',
  'carrierUserName',
  'carrierUserPassword',
  'carrierPasswordDpi',
  'carrierMainLine',
  'carrierHostName',
  'proxySet',
  'onlinePstnGateway',
  'phones'
] as const satisfies readonly (keyof Change)[]

/** An empty text or null that the platform does not take as a wish to clear stands for the old value. */
const uncleared = (change: Change, site: Site, clearing: Switches['clearing']): Change => ({
  ...change,
  ...Object.fromEntries(
    texts
      .filter(
        (field) =>
          (change[field] === '' && clearing !== 'both' && clearing !== 'empty') ||
          (change[field] === null && clearing !== 'both' && clearing !== 'null')
      )
      .map((field) => [field, site[field]])
  )
})

/** What a full Modify leaves of a site before its body is applied. The documented default of the M365 flag is true. */
const reset = (site: Site, shapes: readonly Shape[]): Site => ({
  ...blankSite,
  configureM365Routing: true,
  guid: site.guid,
  customerGuid: site.customerGuid,
  name: site.name,
  sbcId: site.sbcId,
  // The documented table has no place for the proxy set, so that leaving it out there says nothing.
  proxySet: shapes.includes('scriptParameters') ? null : site.proxySet,
  sbcState: site.sbcState,
  m365State: site.m365State,
  pending: site.pending,
  visibleAt: site.visibleAt,
  detailsVisibleAt: site.detailsVisibleAt,
  order: site.order
})

const modified = (site: Site, change: Change, switches: Switches): Site => {
  const base = switches.modify === 'full' ? reset(site, shapesOf(switches)) : site
  const wanted = uncleared(change, site, switches.clearing)
  const customerVariables =
    wanted.customerVariables !== undefined && switches.variables === 'merge'
      ? { ...site.customerVariables, ...wanted.customerVariables }
      : (wanted.customerVariables ?? base.customerVariables)
  const next = { ...base, ...wanted, customerVariables }
  // Programming the SBC mends a deployment that had failed.
  return next.configureSbc ? { ...next, sbcState: 'Deployed' } : next
}

const missing = (change: Change, switches: Switches): Readonly<Record<string, readonly string[]>> => ({
  ...(switches.modify === 'full' && change.name === undefined ? { sbcSiteName: ['The field is required.'] } : {}),
  ...(switches.modify === 'full' && change.sbcId === undefined ? { sbcId: ['The field is required.'] } : {})
})

/** `PATCH /api/v2/customer/{customerGuid}/sitelocation/`, with the site id where the switch says. */
export const modifySite = (call: Call): Result => {
  const { state, now } = call
  const { switches } = state
  const refuse = (answer: Answer): Result => [state, answer]

  const customerGuid = validGuid('customerGuid', call.params[0] ?? '', call)
  if (typeof customerGuid !== 'string') return refuse(customerGuid)
  const body = bodyMembers(call)
  if ('refusal' in body) return refuse(body.refusal)
  const guid = siteId(call, body.members)
  if (typeof guid !== 'string') return refuse(guid)
  const fields = new Map([...body.members].filter(([name]) => name !== ID.toLowerCase()))
  const { change, errors } = decoded(fields, shapesOf(switches), switches.unknownFields === 'refused')
  const wrong = { ...missing(change, switches), ...errors }
  if (Object.keys(wrong).length > 0) return refuse(Problems.validation(wrong, call))
  if (Table.get(state.customers, customerGuid) === undefined) return refuse(Problems.notFound('Customer', customerGuid))
  const site = Table.get(state.sites, guid)
  if (site?.customerGuid !== customerGuid) return refuse(Problems.notFound('Site location', guid))
  const unknown = unknownReferences(state, change)
  if (Object.keys(unknown).length > 0) return refuse(Problems.validation(unknown, call))
  if (pendingAt(site, now).some(({ kind }) => kind === 'delete')) {
    return refuse(Problems.problem(409, 'Conflict', 'The site location is being deleted.', 'SiteBusy', call))
  }
  const twice =
    change.name === undefined || change.name === site.name ? undefined : duplicate(call, customerGuid, change.name)
  if (twice !== undefined) return refuse(twice)

  const next = modified(site, change, switches)
  const running = switches.modifyTaskMs > 0
  return [
    running ? startTask(state, next, 'modify', now, switches.modifyTaskMs)[0] : withSite(state, next),
    Problems.json(200, {
      customerGuid,
      siteGuid: guid,
      executionMessages: programming(['Skipping SBC CheckIpGroupProgramming.'], next.configureSbc, running)
    })
  ]
}
