import { validGuid } from './Checks'
import { detailsV3 } from './Customers'
import { paged } from './Paging'
import * as Problems from './Problems'
import { isAnswer } from './Query'
import { gatewayShown } from './SiteView'
import { sitesOf } from './State'
import * as Table from './Table'
import type { Answer, Call, Result } from './Types'

/** Those of the list, then those of the connections, which are named `<connection>.<domain of the SBC>`; each once. */
const gatewaysOf = (call: Call, customerGuid: string) => {
  const { state, now } = call
  const listed = state.gateways
    .filter((each) => each.customerGuid === customerGuid)
    .map(({ fqdn, trunkModel }) => ({ fqdn, trunkModel }))
  const ofSites = sitesOf(state, customerGuid)
    .filter((site) => site.detailsVisibleAt <= now)
    .flatMap((site) => gatewayShown(site, state.switches.gatewayPrefix) ?? [])
    .map((fqdn) => ({ fqdn, trunkModel: 'DerivedTrunk' }))
  const all = [...listed, ...ofSites]
  const first = new Map([...all].reverse().map((each) => [each.fqdn.toLowerCase(), each]))
  return all.filter((each) => first.get(each.fqdn.toLowerCase()) === each)
}

/** The problem of this call is documented under 404, and its own `status` as 400. */
const unknown = (call: Call, customerGuid: string): Answer => {
  const detail = `Customer with ${customerGuid} not found`
  const problem = Problems.problem(400, 'Bad Request', detail, 'CustomerNotFound', call)
  return { ...problem, status: Number(call.state.switches.gatewayNotFound) }
}

/** `GET /api/v3/customer/{customerGuid}/onlinepstngateway`; pages of 10, from 0. The documented `scriptType` means nothing here. */
export const listOnlinePstnGateways = (call: Call): Result => {
  const { state } = call
  const guid = validGuid('customerGuid', call.params[0] ?? '', call)
  if (typeof guid !== 'string') return [state, guid]
  const customer = Table.get(state.customers, guid)
  if (customer === undefined) return [state, unknown(call, guid)]
  if (state.switches.gatewayAnswer === 'service') return [state, Problems.json(200, detailsV3(call, customer))]
  const page = paged(call, gatewaysOf(call, guid), { first: 0, size: 10 })
  return [state, isAnswer(page) ? page : Problems.json(200, page.items)]
}
