/** The token endpoint, as Microsoft Entra answers it, and the check of the token that it hands out. */
import * as Ids from './Ids'
import * as Problems from './Problems'
import { CLIENT_ID, CLIENT_SECRET, STATIC_TOKEN } from './Seed'
import { nextNumber } from './State'
import * as Table from './Table'
import type { Answer, Call, Result, State } from './Types'

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const refusal = (call: Call, status: number, error: string, code: number, text: string): Answer => {
  const trace = call.trace.slice(3, 35)
  const id = (from: string): string => Ids.guid(call.state.seed, from, parseInt(trace.slice(0, 8), 16))
  const [traceId, correlationId] = [id('entra-trace'), id('entra-correlation')]
  const timestamp = new Date(call.now).toISOString().slice(0, 19).replace('T', ' ') + 'Z'
  return Problems.json(status, {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId
  })
}

/** Why the request gets no token; the texts follow Entra's. */
const refused = (call: Call, form: URLSearchParams): Answer | undefined => {
  const value = (name: string): string => form.get(name) ?? ''
  const missing = ['grant_type', 'client_id', 'scope'].find((name) => value(name) === '')
  if (missing !== undefined) {
    return refusal(
      call,
      400,
      'invalid_request',
      900144,
      `The request body must contain the following parameter: '${missing}'.`
    )
  }
  if (value('grant_type') !== 'client_credentials') {
    return refusal(call, 400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.')
  }
  if (value('client_id').toLowerCase() !== CLIENT_ID) {
    return refusal(
      call,
      400,
      'unauthorized_client',
      700016,
      'The application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.'
    )
  }
  if (!/.\/\.default$/.test(value('scope'))) {
    return refusal(
      call,
      400,
      'invalid_scope',
      1002012,
      'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).'
    )
  }
  if (value('client_secret') !== '') {
    return value('client_secret') === CLIENT_SECRET
      ? undefined
      : refusal(
          call,
          401,
          'invalid_client',
          7000215,
          'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.'
        )
  }
  if (value('client_assertion') === '') {
    return refusal(
      call,
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
    )
  }
  return value('client_assertion_type') === JWT_BEARER
    ? undefined
    : refusal(
        call,
        400,
        'invalid_request',
        900144,
        "The request body must contain the following parameter: 'client_assertion_type'."
      )
}

const unexpired = (tokens: State['tokens'], now: number): State['tokens'] =>
  Table.entries(tokens).reduce(
    (left, [token, expiresAt]) => (expiresAt > now ? left : Table.remove(left, token)),
    tokens
  )

/** `POST /{tenantId}/oauth2/v2.0/token`. Any tenant, any non-empty client assertion. */
export const issueToken = (call: Call): Result => {
  const form = new URLSearchParams(/x-www-form-urlencoded/i.test(call.contentType) ? call.body : '')
  const no = refused(call, form)
  if (no !== undefined) return [call.state, no]
  const [counted, n] = nextNumber(call.state)
  const seconds = call.state.switches.tokenSeconds
  const token = Ids.accessToken(call.state.seed, n)
  return [
    { ...counted, tokens: Table.set(unexpired(counted.tokens, call.now), token, call.now + seconds * 1000) },
    Problems.json(200, { token_type: 'Bearer', expires_in: seconds, access_token: token })
  ]
}

/** 401 without a body, as ASP.NET answers it, or undefined when the token is good. */
export const unauthorized = (state: State, authorization: string, now: number): Answer | undefined => {
  const token = /^bearer +(\S+)$/i.exec(authorization)?.[1]
  if (token === undefined) return Problems.nothing(401, { 'www-authenticate': 'Bearer' })
  if (token === STATIC_TOKEN) return undefined
  const expiresAt = Table.get(state.tokens, token)
  if (expiresAt !== undefined && expiresAt > now) return undefined
  const why = expiresAt === undefined ? 'The signature is invalid' : 'The token is expired'
  return Problems.nothing(401, { 'www-authenticate': `Bearer error="invalid_token", error_description="${why}"` })
}
