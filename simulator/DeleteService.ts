import { validGuid } from './Checks'
import * as Problems from './Problems'
import { after } from './State'
import * as Table from './Table'
import type { Call, Result } from './Types'

/** `DELETE /api/v2/customer/{customerGuid}`: connections and dial plans go too. Sent again while it runs, it changes nothing. */
export const deleteService = (call: Call): Result => {
  const { state, now } = call
  const guid = validGuid('customerGuid', call.params[0] ?? '', call)
  if (typeof guid !== 'string') return [state, guid]
  if (Table.get(state.customers, guid) === undefined) return [state, Problems.notFound('Customer', guid)]
  const underWay = state.due.some(({ effect }) => effect.kind === 'serviceGoes' && effect.customerGuid === guid)
  return [
    underWay ? state : after(state, now, state.switches.deleteServiceMs, { kind: 'serviceGoes', customerGuid: guid }),
    Problems.json(200, 1)
  ]
}
