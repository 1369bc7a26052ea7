import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
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
import { reportFile } from './live/ReportFile'
import { slots } from './live/Slots'
import { verifier } from './live/Verify'
import { version } from './version'

export { now }

/** What only the host knows. */
export interface Host {
  readonly engineIsAlive: () => boolean
  /** Shows a notice to the person who runs the program. */
  readonly warn: (text: string) => void
  /** What the environment tells of the run, for the audit log. */
  readonly run: Readonly<Record<string, string>>
  /** The same for the change report, which also says who it was. Default: as for the audit log. */
  readonly reportedRun?: Readonly<Record<string, string>>
  /** Name of the explicit provider instance, whose report has files of its own. */
  readonly instance?: string
  /** What becomes of every request, those for tokens too. Default: it is sent. */
  readonly around?: (fetch: Fetch) => Fetch
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const codeOf = (error: unknown): string => (error as { code?: string } | undefined)?.code ?? 'unknown reason'

const textOf = (path: string): TE.TaskEither<string, string> => TE.tryCatch(() => readFile(path, 'utf8'), codeOf)

const fileExists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => !['ENOENT', 'ENOTDIR'].includes(codeOf(error))
  )

/** How long the answer to the question may take whether a rollout may go on; ms. */
const verifyPatience = { limit: 600_000, grace: 1000 }

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
    ...(settings.report === undefined
      ? {}
      : {
          report: reportFile(settings.report, {
            warn: host.warn,
            now,
            provider: version,
            platform: settings.baseUrl,
            run: host.reportedRun ?? host.run,
            ...(host.instance === undefined ? {} : { instance: host.instance })
          })
        }),
    engineIsAlive: host.engineIsAlive,
    // A host that can be told so, and one that can tell, put their own in the place of these.
    cancelled: () => false,
    progress: () => () => undefined,
    verify: verifier(fetch, verifyPatience),
    fileExists,
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
