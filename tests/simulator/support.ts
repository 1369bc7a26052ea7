/** A simulator without a server: requests go straight to `step`, one after the other. */
import * as assert from 'node:assert'
import { customerGuids, initialState, STATIC_TOKEN, step } from '../../simulator'
import type { Answer, SimulatedRequest, Site, State, Switches } from '../../simulator'
import * as Table from '../../simulator/Table'

export const acme = customerGuids.acme
export const contoso = customerGuids.contoso

/** A request with the static token and JSON, at time 0; a body that is a text is sent as it is. */
export const request = (
  method: string,
  path: string,
  body?: unknown,
  more: Partial<SimulatedRequest> = {}
): SimulatedRequest => ({
  method,
  url: `/tenantui/api/${path}`,
  headers: { authorization: `Bearer ${STATIC_TOKEN}`, 'content-type': 'application/json' },
  body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  now: 0,
  ...more
})

/** The part of an answer that most tests are about; undefined for no body. */
export const seen = ({ status, content }: Answer): { status: number; body: unknown } => ({
  status,
  body: content.kind === 'json' ? content.value : content.kind === 'text' ? content.text : undefined
})

export interface Session {
  state: State
  now: number
  send(
    method: string,
    path: string,
    body?: unknown,
    more?: Partial<SimulatedRequest>
  ): { status: number; body: unknown }
}

export const session = (switches: Partial<Switches> = {}, start: State = initialState(switches)): Session => ({
  state: start,
  now: 0,
  send(method, path, body, more) {
    const [next, answer] = step(this.state, request(method, path, body, { now: this.now, ...more }))
    this.state = next
    return seen(answer)
  }
})

/** The least that Add takes. */
export const least = { siteLocationName: 'branch-07', sbcId: 5, sbcOnboardingScript: 12001, sbcCleanupScript: 12002 }

/** Everything that Add takes. */
export const most = {
  ...least,
  ovocCustomerType: 'IPGROUP_TYPE',
  SbcConfigurationType: 1,
  scriptParameters: {
    OnlinePstnGateway: 'sbc5.provider.example',
    ProxySet: 'SIPTrunk',
    CacProfile: '5 sessions',
    CarrierUserName: 'u-100',
    CarrierUserPassword: 'made-up',
    CarrierMainLine: 'main',
    CarrierHostName: 'sip.example.net',
    Carrier: 'Blue',
    Extra: 'x'
  }
}

/** Adds a site to acme and gives its guid. */
export const added = (to: Session, body: object = most): string => {
  const { status, body: answer } = to.send('POST', `v2/customer/${acme}/sitelocation/`, body)
  const { siteGuid } = answer as { siteGuid?: unknown }
  if (status !== 200 || typeof siteGuid !== 'string') throw new Error(`Add failed: ${status} ${JSON.stringify(answer)}`)
  return siteGuid
}

export const get = (from: Session, guid: string): Record<string, unknown> =>
  from.send('GET', `v2/sitelocation/${guid}`).body as Record<string, unknown>

export const modify = (at: Session, guid: string, body: unknown) =>
  at.send('PATCH', `v2/customer/${acme}/sitelocation/${guid}`, body)

/** A site as the simulator keeps it. */
export const kept = (from: Session, guid: string): Site => {
  const site = Table.get(from.state.sites, guid)
  if (site === undefined) throw new Error(`There is no site ${guid}`)
  return site
}

/** A member inside objects, by its path with dots. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value)

/** A guid that nothing has. */
export const UNKNOWN = '99999999-0000-4000-8000-000000000000'

const validationProblem = (errors: object, traceId: unknown) => ({
  errors,
  type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
  title: 'One or more validation errors occurred.',
  status: 400,
  traceId
})

/** Whole answer compared; the trace id for its form only. */
export const refused = (answer: { status: number; body: unknown }, errors: object): void => {
  const { traceId } = answer.body as { traceId?: unknown }
  assert.deepStrictEqual(answer, { status: 400, body: validationProblem(errors, traceId) })
  assert.match(String(traceId), /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
}
