import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as TE from 'fp-ts/TaskEither'
import * as Auth from './Auth'
import type { Env, Fetch } from './Env'
import type { Settings } from './Settings'
import { auditFile } from './live/AuditFile'
import { now } from './live/Clock'
import { directory } from './live/Directory'
import { liveFetch } from './live/Fetch'
import { logFile } from './live/LogFile'
import { pacer } from './live/Pacer'
import { slots } from './live/Slots'
import { version } from './version'

export { now }

/** What only the host knows. */
export interface Host {
  readonly engineIsAlive: () => boolean
  /** Shows a notice to the person who runs the program. */
  readonly warn: (text: string) => void
  /** What the environment tells of the run, for the audit log. */
  readonly run: Readonly<Record<string, string>>
  /** What becomes of every request, those for tokens too. Default: it is sent. */
  readonly around?: (fetch: Fetch) => Fetch
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const textOf = (path: string): TE.TaskEither<string, string> =>
  TE.tryCatch(
    () => readFile(path, 'utf8'),
    (error) => (error as { code?: string } | undefined)?.code ?? 'unknown reason'
  )

/** The live capabilities: real clock, real chance, real network. One record a configuration and process. */
export const liveEnv = (settings: Settings, host: Host): Env => {
  const { around = (plain: Fetch) => plain } = host
  const fetch = around(liveFetch(`pulumi-audiocodes-live/${version}`))
  const timeout = settings.requestTimeout * 1000
  const tokens = Auth.tokenSource(settings.credentials, { fetch, now, readFile: textOf, timeout })
  return {
    settings,
    platform: settings.baseUrl,
    fetch,
    tokens,
    now,
    sleep,
    random: Math.random,
    newId: randomUUID,
    warn: host.warn,
    pacer: pacer(settings.requestsPerSecond, now, sleep),
    slots: slots(),
    directory: directory(now),
    claims: new Map(),
    ...(settings.trace === undefined ? {} : { trace: logFile(settings.trace, host.warn) }),
    audit: auditFile(settings, { ...host, now }),
    engineIsAlive: host.engineIsAlive,
    // A host that can be told so, and one that can tell, put their own in the place of these.
    cancelled: () => false,
    progress: () => () => undefined,
    // Replaced by every operation; a request outside of one is a defect, and ends at once.
    operation: {
      kind: 'lookup',
      correlationId: randomUUID(),
      startedAt: 0,
      deadline: 0,
      secrets: [],
      effect: { mayBe: false },
      scrub: (text) => text,
      serverIds: [],
      taskIds: [],
      said: []
    }
  }
}
