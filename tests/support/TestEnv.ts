import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import * as Auth from '../../provider/Auth'
import { settingsFrom } from '../../provider/Config'
import type { AuditEnd, AuditEntry, Env, Fetch, Program, WireEntry } from '../../provider/Env'
import type { Reported } from '../../provider/Report'
import type { ProviderError } from '../../provider/Errors'
import type { Settings } from '../../provider/Settings'
import { directory } from '../../provider/live/Directory'
import { liveFetch } from '../../provider/live/Fetch'
import { pacer } from '../../provider/live/Pacer'
import { slots } from '../../provider/live/Slots'
import { version } from '../../provider/version'

/** Time as a test owns it: who sleeps lets it pass, and nobody waits. */
export interface TestClock {
  readonly now: () => number
  /** Ends at once, at a time that is `ms` later; sleeps side by side overlap as real ones do. */
  readonly sleep: (ms: number) => Promise<void>
  readonly advance: (ms: number) => void
}

/** When a test clock starts: 2030-01-01T00:00:00Z. */
export const startOfTime = Date.UTC(2030, 0, 1)

export const testClock = (start = startOfTime): TestClock => {
  let time = start
  return {
    now: () => time,
    sleep: async (ms) => {
      const until = time + ms
      // A turn of the event loop, so that answers which have arrived are dealt with before time goes on.
      await new Promise((resolve) => setImmediate(resolve))
      time = Math.max(time, until)
    },
    advance: (ms) => {
      time += ms
    }
  }
}

/** The address that tests with scripted answers speak to. */
export const baseUrl = 'https://live.example.net/tenantui'

/** The token of tests that are not about tokens. */
export const accessToken = 'test-access-token'

/** Settings as a user's configuration gives them (with all defaults but the rate limit), and then some of them changed. */
export const testSettings = (changes: Partial<Settings> = {}): Settings => {
  const settings = settingsFrom({ stack: { baseUrl, accessToken, requestsPerSecond: '0' }, environment: {} })
  if (E.isLeft(settings)) throw new Error(settings.left.text)
  return { ...settings.right, ...changes }
}

/** What a test may decide beside the settings. */
export interface Extras {
  readonly clock?: TestClock
  readonly fetch?: Fetch
  readonly random?: () => number
  readonly engineIsAlive?: () => boolean
  readonly cancelled?: () => boolean
  /** Default: all is well. */
  readonly verify?: Env['verify']
  /** Texts of files by path; read anew at every call. Another path has no file. */
  readonly files?: Readonly<Record<string, () => string>>
}

/** The capabilities of one provider process, wired as `liveEnv` wires them, and a record of what they were used for. */
export interface TestEnv {
  readonly env: Env
  readonly clock: TestClock
  /** Pauses in ms, in their order. */
  readonly sleeps: Array<number>
  readonly warnings: Array<string>
  readonly trace: Array<WireEntry>
  readonly audit: Array<AuditEntry & AuditEnd>
  readonly report: Array<Reported>
}

/** The nth id that a test environment hands out, from 1. */
export const nthId = (n: number): string => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A provider process with a clock of its own, chance that is always 0.5, and counted ids; the network is real, or nock's. */
export const testEnv = (changes: Partial<Settings> = {}, extras: Extras = {}): TestEnv => {
  const settings = testSettings(changes)
  const clock = extras.clock ?? testClock()
  const fetch = extras.fetch ?? liveFetch(`pulumi-audiocodes-live/${version}`)
  const sleeps: Array<number> = []
  const warnings: Array<string> = []
  const trace: Array<WireEntry> = []
  const audit: Array<AuditEntry & AuditEnd> = []
  const report: Array<Reported> = []
  const { now } = clock
  const sleep = (ms: number): Promise<void> => {
    sleeps.push(ms)
    return clock.sleep(ms)
  }
  const tokens = Auth.tokenSource(settings.credentials, {
    fetch,
    now,
    readFile: (path) => {
      const text = extras.files?.[path]
      return text === undefined ? TE.left('ENOENT') : TE.fromIO(text)
    },
    timeout: settings.requestTimeout * 1000
  })
  let ids = 0
  const env: Env = {
    settings,
    platform: settings.baseUrl,
    fetch,
    tokens,
    now,
    sleep,
    random: extras.random ?? (() => 0.5),
    newId: () => nthId(++ids),
    warn: (text) => void warnings.push(text),
    pacer: pacer(settings.requestsPerSecond, now, sleep),
    slots: slots(),
    directory: directory(now),
    claims: new Map(),
    trace: (entry) => void trace.push(entry),
    audit: (entry) => (end) => void audit.push({ ...entry, ...end }),
    report: (row) => void report.push(row),
    engineIsAlive: extras.engineIsAlive ?? (() => true),
    cancelled: extras.cancelled ?? (() => false),
    progress: () => () => undefined,
    verify: extras.verify ?? (() => Promise.resolve(E.right(undefined))),
    fileExists: (path) => Promise.resolve(extras.files?.[path] !== undefined),
    operation: {
      kind: 'lookup',
      correlationId: 'none',
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
  return { env, clock, sleeps, warnings, trace, audit, report }
}

/** The value of a program that must end well. */
export const valueOf = async <A>(program: Program<A>, env: Env): Promise<A> => {
  const result = await program(env)()
  if (E.isLeft(result)) throw new Error(`ended with ${JSON.stringify(result.left)}`)
  return result.right
}

/** The error of a program that must not end well. */
export const errorOf = async <A>(program: Program<A>, env: Env): Promise<ProviderError> => {
  const result = await program(env)()
  if (E.isRight(result)) throw new Error(`ended well, with ${JSON.stringify(result.right)}`)
  return result.left
}
