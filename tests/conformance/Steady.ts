import type { LoggedRequest, Simulator } from '../../simulator'
import type { Json, JsonObject } from '../support/Json'

/** What was seen, without what no two runs have in common: addresses, times, durations, correlation ids. */

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

const variable: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>'],
  // Milliseconds since 1970, of the platform.
  [/\b1[7-9]\d{11}\b/g, '0'],
  [/"durationMs":\d+/g, '"durationMs":"<ms>"'],
  [new RegExp(`"correlationId":"${uuid}"`, 'g'), '"correlationId":"<id>"'],
  [new RegExp(`correlation id ${uuid}`, 'g'), 'correlation id <id>'],
  [new RegExp(`\\bfleet-${uuid}`, 'g'), 'fleet-<id>'],
  [/\b00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]\b/g, '<trace>'],
  // They count the requests too, and how often is asked for the end of a task is a matter of time.
  [/\btsk_\d+\b/g, 'tsk_<n>'],
  [/waited [\d.]+ s\b/g, 'waited <n> s']
]

/** @param platform whose address is left out */
export const steady = <A>(value: A, platform: Pick<Simulator, 'origin'>): A =>
  JSON.parse(
    variable.reduce(
      (text, [pattern, by]) => text.replace(pattern, by),
      JSON.stringify(value).replaceAll(platform.origin, 'http://<platform>')
    )
  ) as A

const shapes: readonly (readonly [RegExp, string])[] = [
  [/^POST .*\/oauth2\/.*/, 'POST token'],
  [/^(\w+) .*\/dialplan\/[^/]+$/, '$1 plan'],
  [/^(\w+) .*\/sitelocation\/([0-9a-f-]{36})?$/, '$1'],
  [/^POST .*\/action\/upgrade$/, 'POST upgrade'],
  [/^PATCH .*\/customer\/[0-9a-f-]{36}$/, 'PATCH license'],
  [/^DELETE .*\/customer\/[0-9a-f-]{36}$/, 'DELETE service'],
  [/^GET .*\/customer\/[0-9a-f-]{36}$/, 'GET details'],
  [/^GET .*\/customer$/, 'GET services'],
  [/^POST .*\/v2\/customer$/, 'POST service'],
  [/^POST .*\/v3\/customer$/, 'POST service of a lead'],
  [/^GET .*\/task\/.*/, 'GET task'],
  [/^GET .*\/lead\b.*/, 'GET lead'],
  [/^GET .*\/numbers$/, 'GET numbers']
]

/** A request in short: `PATCH` of a connection, `PATCH plan`, `GET details`. */
export const inShort = ({ method, path }: Pick<LoggedRequest, 'method' | 'path'>): string => {
  const line = `${method} ${path}`
  const [pattern, short] = shapes.find(([each]) => each.test(line)) ?? [/$/, '']
  return line.replace(pattern, short)
}

/** A request as it counts: all of it but the headers that every client chooses. */
export interface Sent {
  readonly short: string
  readonly path: string
  readonly query: string
  readonly type: string
  readonly body: Json
  readonly status: number | null
}

const bodyOf = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** The requests in their order. What is read again before anything is written counts once: how often is a matter of time. */
export const sentOf = (requests: readonly LoggedRequest[]): readonly Sent[] => {
  const sent: Sent[] = []
  let reads = new Set<string>()
  for (const request of requests) {
    const short = inShort(request)
    const { path, query, status } = request
    const next = { short, path, query, type: request.headers['content-type'] ?? '', body: bodyOf(request.body), status }
    const key = JSON.stringify(next)
    if (!short.startsWith('GET')) reads = new Set()
    else if (reads.has(key)) continue
    reads.add(key)
    sent.push(next)
  }
  return sent
}

/** All that a platform holds and a provider can change. */
export const holdingsOf = (platform: Simulator): JsonObject => {
  const { customers, sites, dialPlans, leads } = platform.state()
  return JSON.parse(JSON.stringify({ customers, sites, dialPlans, leads })) as JsonObject
}
