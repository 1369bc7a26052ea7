/** HTTP around `step`: reads requests, keeps the log, and does to the sockets what an answer asks for. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FaultKind } from './FaultRules'
import { step } from './Step'
import type { Answer, SimulatedRequest, State } from './Types'

/** A request as it arrived. Passwords and client secrets in bodies are kept as they came: everything here is made up. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  /** Without the question mark; empty when there was none. */
  readonly query: string
  /** Names in lower case; the value of `authorization` is left out. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** null when the socket was reset before or in place of an answer. */
  readonly status: number | null
  /** Milliseconds since 1970. */
  readonly at: number
  /** Requests being answered when this one arrived, itself included. */
  readonly concurrency: number
  readonly fault: FaultKind | null
}

/** The one place that changes: the state and the log behind a running server. */
export interface Core {
  state: State
  requests: LoggedRequest[]
  inFlight: number
}

/** A long run keeps the newest requests only. */
const LOG_LIMIT = 100_000

/** Pieces of a slow body. */
const PIECES = 10

const headersOf = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? '')
    ])
  )

const bodyOf = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const record = (core: Core, request: SimulatedRequest, answer: Answer): void => {
  const [path = '', ...query] = request.url.split('?')
  const headers: Record<string, string> = { ...request.headers }
  if (headers['authorization'] !== undefined) headers['authorization'] = '(left out)'
  core.requests.push({
    method: request.method,
    path,
    query: query.join('?'),
    headers,
    body: request.body,
    status: answer.delivery.kind === 'reset' ? null : answer.status,
    at: request.now,
    concurrency: core.inFlight,
    fault: answer.fault
  })
  if (core.requests.length > LOG_LIMIT) core.requests.splice(0, LOG_LIMIT / 10)
}

const rendered = ({ content }: Answer): Buffer =>
  Buffer.from(content.kind === 'json' ? JSON.stringify(content.value) : content.kind === 'text' ? content.text : '')

/** @param handedOver is called just before the last byte, so that a client's next request never finds this one in flight */
const deliver = (
  answer: Answer,
  response: ServerResponse,
  later: (ms: number, then: () => void) => void,
  handedOver: () => void
): void => {
  const body = rendered(answer)
  const { delivery, content } = answer
  const end = (bytes: Buffer): void => {
    handedOver()
    response.end(bytes)
  }
  const reset = (): void => {
    handedOver()
    response.socket?.resetAndDestroy()
  }
  if (delivery.kind === 'reset') {
    reset()
    return
  }
  const bodiless = answer.status === 204 || answer.status === 304
  response.writeHead(answer.status, {
    ...(content.kind === 'none' ? {} : { 'content-type': content.type }),
    ...(bodiless ? {} : { 'content-length': body.length }),
    ...answer.headers
  })
  if (bodiless) end(Buffer.alloc(0))
  else if (delivery.kind === 'half' && body.length > 0) {
    // An orderly end: a reset might overtake the half that the client is to see.
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
      handedOver()
      response.socket?.destroySoon()
    })
  } else if (delivery.kind === 'slow' && body.length > 0) {
    response.flushHeaders()
    const size = Math.ceil(body.length / PIECES)
    const dribble = (from: number): void =>
      later(delivery.ms / PIECES, () => {
        if (from + size >= body.length) end(body.subarray(from))
        else {
          response.write(body.subarray(from, from + size))
          dribble(from + size)
        }
      })
    dribble(0)
  } else end(body)
}

export type AdminHandler = (
  method: string,
  path: string,
  body: string
) => { readonly status: number; readonly value: unknown }

export interface RunningServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/**
 * Listens, and answers until closed.
 *
 * @param admin answers what is under `/__simulator/`; such requests are neither logged nor delayed
 * @throws what `listen` reports, e.g. an error with code `EADDRINUSE`
 */
export const serve = async (
  core: Core,
  admin: AdminHandler,
  options: { readonly port: number; readonly host: string; readonly now: () => number }
): Promise<RunningServer> => {
  const timers = new Set<NodeJS.Timeout>()
  const later = (ms: number, then: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      then()
    }, ms)
    timers.add(timer)
  }

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = message.url ?? '/'
    const method = message.method ?? 'GET'
    if (url.startsWith('/__simulator/')) {
      const { status, value } = admin(method, url.slice('/__simulator/'.length), await bodyOf(message))
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      return
    }
    core.inFlight += 1
    let counted = true
    const handedOver = (): void => {
      if (counted) core.inFlight -= 1
      counted = false
    }
    response.once('close', handedOver)
    const request = { method, url, headers: headersOf(message), body: await bodyOf(message), now: options.now() }
    const [next, answer] = step(core.state, request)
    core.state = next
    record(core, request, answer)
    if (answer.delayMs === 0) deliver(answer, response, later, handedOver)
    else later(answer.delayMs, () => deliver(answer, response, later, handedOver))
  }

  const server = createServer((message, response) => {
    handle(message, response).catch((cause: unknown) => {
      // A client that hangs up while its body is read ends here, as does a defect of the simulator.
      if (response.headersSent || response.destroyed) return
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`The simulator itself failed: ${String(cause)}`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        timers.forEach(clearTimeout)
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
