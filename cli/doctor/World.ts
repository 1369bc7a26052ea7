import { readFile } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { pipe } from 'fp-ts/function'
import * as Auth from '../../provider/Auth'
import type { Env, Fetch, Program, RawAnswer } from '../../provider/Env'
import type { ProviderError } from '../../provider/Errors'
import * as Http from '../../provider/Http'
import { isObject } from '../../provider/Json'
import { liveEnv, now } from '../../provider/Live'
import { operation } from '../../provider/Operations'
import { parse } from '../../provider/Problems'
import type { Settings } from '../../provider/Settings'
import { liveFetch } from '../../provider/live/Fetch'
import { AnyAnswer } from '../../provider/Answers'
import { version } from '../../provider/version'
import { readingOnly } from '../state/ReadingOnly'

/** An exchange as the checks look at it; what it said is not kept. */
export interface Seen {
  /** Without the query. */
  readonly url: string
  readonly status: number
  /** The server's clock, as it wrote it. */
  readonly date: string | undefined
  /** By the clock of this machine, ms since the epoch. */
  readonly sentAt: number
  readonly receivedAt: number
  /** Lifetime of a token in seconds, where the answer names one. */
  readonly expiresIn: number | undefined
}

/** The platform, and what was seen of it. */
export interface World {
  readonly env: Env
  readonly seen: ReadonlyArray<Seen>
  /** The value of a program, which runs as an operation of its own. */
  readonly read: <A>(program: Program<A>) => Promise<E.Either<ProviderError, A>>
  /** Any answer as it is, for looks at its shape. */
  readonly raw: (path: string, query?: Readonly<Record<string, string>>) => Promise<E.Either<ProviderError, unknown>>
}

const lifetimeOf = ({ body }: RawAnswer): number | undefined => {
  const json = parse(body)
  const value = E.isRight(json) && isObject(json.right) ? json.right.expires_in : undefined
  const seconds = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN
  return Number.isFinite(seconds) ? seconds : undefined
}

/** Takes note of every exchange on its way. */
const noting =
  (fetch: Fetch, seen: Array<Seen>): Fetch =>
  (request) =>
  async () => {
    const sentAt = now()
    const result = await fetch(request)()
    if (E.isRight(result)) {
      const { status, headers } = result.right
      seen.push({
        url: request.url.split('?')[0] ?? request.url,
        status,
        date: headers.date,
        sentAt,
        receivedAt: now(),
        expiresIn: request.method === 'POST' ? lifetimeOf(result.right) : undefined
      })
    }
    return result
  }

const textOf = (path: string): TE.TaskEither<string, string> =>
  TE.tryCatch(
    () => readFile(path, 'utf8'),
    (error) => (error as { code?: string } | undefined)?.code ?? 'unknown reason'
  )

/** The capabilities with these settings. */
export const worldOf = (
  settings: Settings,
  warn: (text: string) => void,
  send: Fetch = liveFetch(`pulumi-audiocodes-live/${version}`)
): World => {
  const seen: Array<Seen> = []
  const fetch = noting(send, seen)
  const timeout = settings.requestTimeout * 1000
  const run = { command: 'audiocodes-live doctor' }
  const env: Env = {
    ...liveEnv(settings, { engineIsAlive: () => true, warn, run }),
    fetch,
    tokens: Auth.tokenSource(settings.credentials, { fetch, now, readFile: textOf, timeout })
  }
  const read: World['read'] = (program) => operation('lookup', [])(program)(env)()
  return {
    env,
    seen,
    read,
    raw: (path, query) =>
      read(
        pipe({ method: 'GET' as const, path, ...(query === undefined ? {} : { query }), answer: AnyAnswer }, Http.send)
      )
  }
}

/** A diagnosis reads only, and does not try for long. */
export const diagnosing = (settings: Settings): Settings => ({
  ...readingOnly(settings),
  maxRetries: Math.min(settings.maxRetries, 2),
  operationTimeout: Math.min(settings.operationTimeout, 120)
})
