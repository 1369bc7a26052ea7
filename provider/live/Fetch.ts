import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import * as TE from 'fp-ts/TaskEither'
import type * as HttpProxy from 'http-proxy-agent'
import type * as HttpsProxy from 'https-proxy-agent'
import nodeFetch, { AbortError, FetchError } from 'node-fetch'
import { getProxyForUrl } from 'proxy-from-env'
import type { Fetch, RawAnswer, RawRequest, TransportFault } from '../Env'

/**
 * Requests over node-fetch. `GET` and `DELETE` share kept-alive connections. A `POST` or `PATCH` gets a connection of its own: on a
 * kept one the platform may hang up in the very moment of sending, and then nobody knows whether an SBC is being programmed.
 */
const agents = {
  kept: { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) },
  own: { 'http:': new HttpAgent({ keepAlive: false }), 'https:': new HttpsAgent({ keepAlive: false }) }
}

type Lifetime = keyof typeof agents
const proxied = new Map<string, HttpAgent>()

const proxyAgent = (proxy: string, protocol: string, lifetime: Lifetime): HttpAgent => {
  const key = `${lifetime} ${protocol} ${proxy}`
  const found = proxied.get(key)
  if (found !== undefined) return found
  const keepAlive = lifetime === 'kept'
  // Loaded only where there is a proxy: they cost start-up time.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { HttpsProxyAgent } = require('https-proxy-agent') as typeof HttpsProxy
  const { HttpProxyAgent } = require('http-proxy-agent') as typeof HttpProxy
  /* eslint-enable @typescript-eslint/no-require-imports */
  const agent =
    protocol === 'https:' ? new HttpsProxyAgent(proxy, { keepAlive }) : new HttpProxyAgent(proxy, { keepAlive })
  proxied.set(key, agent)
  return agent
}

/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY decide, as everywhere. */
const agentFor = (url: string, lifetime: Lifetime): HttpAgent => {
  const protocol = new URL(url).protocol
  const proxy = getProxyForUrl(url)
  return proxy === ''
    ? agents[lifetime][protocol === 'http:' ? 'http:' : 'https:']
    : proxyAgent(proxy, protocol, lifetime)
}

/**
 * The agent, which tells when an answer breaks off. node-fetch 2 does not see the end of an answer of known length that is shorter,
 * and waits for the rest until the time limit.
 */
const watched = (agent: HttpAgent, onBroken: () => void): HttpAgent => {
  const inner = agent as HttpAgent & { addRequest: (request: ClientRequest, ...more: ReadonlyArray<unknown>) => void }
  const addRequest: typeof inner.addRequest = (request, ...more) => {
    request.once('response', (response: IncomingMessage) => {
      response.once('close', () => {
        if (!response.complete) onBroken()
      })
    })
    inner.addRequest(request, ...more)
  }
  return Object.create(agent, { addRequest: { value: addRequest } }) as HttpAgent
}

/** Errors of making a connection: nothing was sent. `passing`: a later try may go better. */
const beforeSending: Readonly<Record<string, { readonly cause: string; readonly passing: boolean }>> = {
  ECONNREFUSED: { cause: 'connection refused', passing: true },
  ENOTFOUND: { cause: 'the host name is not known', passing: true },
  EAI_AGAIN: { cause: 'the host name cannot be looked up at the moment', passing: true },
  EHOSTUNREACH: { cause: 'no route to the host', passing: true },
  ENETUNREACH: { cause: 'the network is unreachable', passing: true },
  CERT_HAS_EXPIRED: { cause: 'the certificate has expired', passing: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    cause: 'the certificate is self-signed (NODE_EXTRA_CA_CERTS names further authorities)',
    passing: false
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    cause: 'a certificate of the chain is self-signed (NODE_EXTRA_CA_CERTS names further authorities)',
    passing: false
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    cause: 'the certificate cannot be verified (NODE_EXTRA_CA_CERTS names further authorities)',
    passing: false
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    cause: 'the authority of the certificate is not known (NODE_EXTRA_CA_CERTS names further ones)',
    passing: false
  },
  ERR_TLS_CERT_ALTNAME_INVALID: { cause: 'the certificate is for another host', passing: false }
}

const afterSending: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection timed out',
  ERR_STREAM_PREMATURE_CLOSE: 'the answer broke off'
}

const faultOf = (error: unknown, timeout: number): TransportFault => {
  if (error instanceof BrokenOff)
    return { _tag: 'TransportFault', sent: true, passing: true, cause: 'the answer broke off' }
  if (error instanceof AbortError)
    return { _tag: 'TransportFault', sent: true, passing: true, cause: `no complete answer within ${timeout / 1000} s` }
  // Messages of the library may repeat the URL, so only the code is used.
  const code = (error instanceof FetchError ? error.code : (error as { code?: string } | undefined)?.code) ?? ''
  const before = beforeSending[code]
  if (before !== undefined) return { _tag: 'TransportFault', sent: false, ...before }
  // The library refuses to build such a request, for example for a line end in a header.
  if (error instanceof TypeError)
    return { _tag: 'TransportFault', sent: false, passing: false, cause: 'a header or the address is not valid' }
  return {
    _tag: 'TransportFault',
    sent: true,
    passing: true,
    cause: afterSending[code] ?? `the connection failed${code === '' ? '' : ` (${code})`}`
  }
}

class BrokenOff extends Error {}

const exchange = async (request: RawRequest, userAgent: string): Promise<RawAnswer> => {
  const abort = new AbortController()
  const answer = { brokeOff: false }
  const agent = watched(
    agentFor(request.url, request.method === 'GET' || request.method === 'DELETE' ? 'kept' : 'own'),
    () => {
      answer.brokeOff = true
      abort.abort()
    }
  )
  // Begun last: an address that is not valid throws above, and would leave it running.
  const timer = setTimeout(() => {
    abort.abort()
  }, request.timeout)
  try {
    const response = await nodeFetch(request.url, {
      method: request.method,
      headers: { ...request.headers, 'user-agent': userAgent },
      ...(request.body === undefined ? {} : { body: request.body }),
      agent,
      // A redirect would repeat a PATCH as a GET at a login page and take its answer for success.
      redirect: 'manual',
      signal: abort.signal
    })
    // The body counts within the time limit too.
    const body = await response.text()
    return { status: response.status, headers: Object.fromEntries(response.headers.entries()), body }
  } catch (error) {
    throw answer.brokeOff ? new BrokenOff() : error
  } finally {
    clearTimeout(timer)
  }
}

/** Sends one request once and reads its whole body. */
export const liveFetch =
  (userAgent: string): Fetch =>
  (request) =>
    TE.tryCatch(
      () => exchange(request, userAgent),
      (error) => faultOf(error, request.timeout)
    )
