import type * as E from 'fp-ts/Either'
import type * as RTE from 'fp-ts/ReaderTaskEither'
import type * as TE from 'fp-ts/TaskEither'
import type { OperationKind, ProviderError, Unauthorised } from './Errors'
import type { Reported, Told } from './Report'
import type { Method } from './Retry'
import type { Settings } from './Settings'

/** A request on its way out. Times are in milliseconds. */
export interface RawRequest {
  readonly method: Method
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Limit of the exchange, the body included. */
  readonly timeout: number
}

/** An answer with its whole body. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Partial<Record<string, string>>>
  readonly body: string
}

/** Why there is no answer. `sent`: the request may have reached the platform. */
export interface TransportFault {
  readonly _tag: 'TransportFault'
  readonly sent: boolean
  /** In words, without any value: "connection refused", "no answer within 60 s". */
  readonly cause: string
  /** Whether a later try may go better; a bad certificate stays bad. */
  readonly passing: boolean
}

/** No token: the identity provider said no, in its own words, or could not be asked. */
export interface NoToken {
  readonly _tag: 'NoToken'
  readonly error: Omit<Unauthorised, '_tag' | 'exchange'> & { readonly status?: number; readonly url: string }
  readonly passing: boolean
}

/** Sends one request once. */
export type Fetch = (request: RawRequest) => TE.TaskEither<TransportFault, RawAnswer>

/** Where the bearer token (RFC 6750) comes from. */
export interface TokenSource {
  readonly token: TE.TaskEither<NoToken, string>
  /** A token to try after this one was refused; the same one when there is no other. */
  readonly after: (refused: string) => TE.TaskEither<NoToken, string>
  /** The secrets that it holds at the moment: the token, the client secret. */
  readonly secrets: () => ReadonlyArray<string>
}

/** One line of the wire log, without secrets. */
export type WireEntry = Readonly<Record<string, unknown>>

/** What a write is about, in the words of the audit log. */
export interface AuditSubject {
  /** Type of the resource, where it is no `SipConnection`. */
  readonly resource?: string
  /** Absent while a service is made. */
  readonly customerGuid?: string
  /** Name of a connection. */
  readonly siteName?: string
  /** Name of anything else: of a service, of a dial plan. */
  readonly name?: string
  readonly siteGuid?: string
  readonly sbcId?: number
  /** Names of the fields that are written; never a value. */
  readonly fields: ReadonlyArray<string>
  /** How many rules of a dial plan come and go. */
  readonly added?: number
  readonly removed?: number
}

/** A line of the audit log, as far as it is known when the write sets out. */
export interface AuditEntry extends AuditSubject {
  readonly method: Method
  /** From 1; a write that is repeated has a line for each time. */
  readonly attempt: number
  readonly correlationId: string
}

/** The rest of that line. */
export interface AuditEnd {
  readonly result: string
  readonly serverIds: ReadonlyArray<string>
}

/** Whose turn it is to send: all requests of a process go through it. */
export interface Pacer {
  /** Ends with true when it is the caller's turn; at once with false when all are held for longer than `until` (ms since the epoch). */
  readonly turn: (until?: number) => Promise<boolean>
  /** Nobody's turn comes before that time (ms since the epoch): what a platform asks for that throttles, it asks of all. */
  readonly holdUntil: (time: number) => void
}

/** Lets at most so many programs with one key run at a time; the others wait in their order. */
export interface Slots {
  readonly hold: <A>(key: string, limit: number, task: () => Promise<A>) => Promise<A>
}

/** A connection in the list of its customer. */
export interface Site {
  readonly id: string
  readonly name: string
  readonly sbcId?: number
}

/** The connections of the customers, read once a process and kept up to date by own writes. */
export interface DirectoryCache {
  /** The list of a customer, from a read that began at `since` (ms) or later; `read` is called when there is none. */
  readonly get: (
    customerGuid: string,
    since: number,
    read: TE.TaskEither<ProviderError, ReadonlyArray<Site>>
  ) => TE.TaskEither<ProviderError, ReadonlyArray<Site>>
  readonly put: (customerGuid: string, site: Site) => void
  readonly drop: (customerGuid: string, siteGuid: string) => void
}

/** The question whether a rollout may go on. */
export interface Question {
  /** A URL (`http://`, `https://`), which is well with 2xx, or a command of the shell, which is well with 0. */
  readonly command: string
  /** Variables that the command gets beside those of the process. */
  readonly environment: Readonly<Record<string, string>>
  /** Looked at while the command runs: a run that was cancelled does not wait for it. */
  readonly cancelled: () => boolean
}

/** What is being done at the moment, for messages, records and deadlines. */
export interface Operation {
  readonly kind: OperationKind
  readonly correlationId: string
  /** ms since the epoch. */
  readonly startedAt: number
  /** ms since the epoch; it begins to count when the operation holds the slot of its SBC. */
  readonly deadline: number
  /** Secrets that were met so far, also those that the platform echoes. */
  readonly secrets: Array<string>
  /** Whether a request was sent that has changed something, or may have. */
  readonly effect: { mayBe: boolean }
  /** Replaces these secrets, and those of the configuration, in a text. */
  readonly scrub: (text: string) => string
  /** The platform's own ids of the requests so far. */
  readonly serverIds: Array<string>
  /** Tasks that were waited for so far. */
  readonly taskIds: Array<string>
  /** Execution messages of the last write, with secrets replaced. */
  readonly said: Array<{ readonly level: 'Information' | 'Error'; readonly message: string }>
}

/** Everything that a program needs of the world around it. */
export interface Env {
  readonly settings: Settings
  /** Origin and path of the base URL: what a state names as its platform. */
  readonly platform: string
  readonly fetch: Fetch
  readonly tokens: TokenSource
  /** ms since the epoch. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly newId: () => string
  /** A notice for the person who runs the program. */
  readonly warn: (text: string) => void
  readonly pacer: Pacer
  readonly slots: Slots
  readonly directory: DirectoryCache
  /** Sites that this process has written, and the correlation id of the last write. */
  readonly claims: Map<string, string>
  /** The wire log, where one is kept. */
  readonly trace?: (entry: WireEntry) => void
  /** Called before a write is sent, so that it is known whatever happens next; the function that it returns ends the line. */
  readonly audit: (entry: AuditEntry) => (end: AuditEnd) => void
  /** Adds a row to the change report, where one is kept. */
  readonly report?: (row: Reported) => void
  /** What the change report wants to know of a write on its way; there only where one is kept. */
  readonly witness?: {
    /** An operation begins; what it notes of itself is read at its end. */
    readonly began: (operation: Operation) => void
    /** The platform was read just before the first change. */
    readonly told: (told: Told) => void
  }
  /** False once the engine is gone: then nothing is sent any more. */
  readonly engineIsAlive: () => boolean
  /** True once the run was cancelled: nothing is begun any more, and what has begun ends at its next safe point. */
  readonly cancelled: () => boolean
  /**
   * Tells the person who runs the program what is waited for, as long as the wait lasts.
   *
   * @param what in a few words: `SBC programming, task tsk_1`
   * @param since when the wait began, ms since the epoch; default: now
   * @returns the end of the wait
   */
  readonly progress: (what: string, since?: number) => () => void
  /**
   * Asks whether a rollout may go on.
   *
   * @returns a no says in its first line how it ended, without the credentials of an address; below are the last lines of the output of a command as
   * they are, so that they may hold anything
   */
  readonly verify: (question: Question) => Promise<E.Either<string, void>>
  /** Whether there is something at this path. Where it cannot be found out, there may be. */
  readonly fileExists: (path: string) => Promise<boolean>
  readonly operation: Operation
}

/** An effect that needs the capabilities, and ends with a value or a known error. */
export interface Program<A> extends RTE.ReaderTaskEither<Env, ProviderError, A> {}
