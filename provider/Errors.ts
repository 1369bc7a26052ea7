/**
 * Everything that can go wrong, as one closed union. A tag exists because some code branches on it; the words that a
 * user reads are put together in `ErrorText.ts`. No error holds a value that a user typed.
 */

/** What an operation does. */
export type OperationKind = 'create' | 'update' | 'read' | 'delete' | 'lookup'

/** What is known of the HTTP exchange that an error came from. */
export interface Exchange {
  readonly method: string
  /** Origin and path; the query is left out, since it may carry an id that the reader takes for the cause. */
  readonly url: string
  readonly status?: number
  readonly correlationId: string
  /** The platform's own ids of the exchange. */
  readonly serverIds: ReadonlyArray<string>
}

/** The configuration is missing, contradictory or malformed. Nothing was sent. */
export interface ConfigError {
  readonly _tag: 'Config'
  readonly text: string
}

/** We do not do this, for a reason that the text gives. The refused request was not sent. */
export interface Refused {
  readonly _tag: 'Refused'
  readonly text: string
  /** What to do next. */
  readonly next?: string
}

/** The platform said no: the request had no effect. */
export interface Rejected {
  readonly _tag: 'Rejected'
  readonly exchange: Exchange
  /** The platform's own words, one a line. */
  readonly words: ReadonlyArray<string>
}

/** The token was refused, or the identity provider gave none. Nothing was changed. */
export interface Unauthorised {
  readonly _tag: 'Unauthorised'
  readonly exchange: Exchange
  readonly words: ReadonlyArray<string>
}

/** 404. Whether the thing is gone or the address is wrong is for the caller to find out. */
export interface NotFound {
  readonly _tag: 'NotFound'
  readonly exchange: Exchange
  readonly words: ReadonlyArray<string>
}

/** 409 to a `POST`: nothing was made, and waiting alone does not tell why. */
export interface Conflict {
  readonly _tag: 'Conflict'
  readonly exchange: Exchange
  readonly words: ReadonlyArray<string>
}

/** No connection could be made: the request was not sent. */
export interface Unreachable {
  readonly _tag: 'Unreachable'
  readonly exchange: Exchange
  readonly cause: string
}

/** The request was sent and its end is not known: a timeout, a broken connection, a 5xx. */
export interface Lost {
  readonly _tag: 'Lost'
  readonly exchange: Exchange
  readonly cause: string
  readonly words: ReadonlyArray<string>
}

/** A success status whose body is not what is documented. The request may have had its effect. */
export interface Contract {
  readonly _tag: 'Contract'
  readonly exchange: Exchange
  /** One line a fault: path, expected type. Never the value. */
  readonly faults: ReadonlyArray<string>
}

/** The platform answered 200 and reported an error in its execution messages, or a task failed. */
export interface Failed {
  readonly _tag: 'Failed'
  readonly words: ReadonlyArray<string>
  readonly exchange?: Exchange
}

/** A wait reached its deadline. */
export interface Deadline {
  readonly _tag: 'Deadline'
  readonly awaited: string
  readonly seconds: number
  readonly known: string
}

/** What the platform holds after a write is not what was sent, or not the site that was asked for. */
export interface Mismatch {
  readonly _tag: 'Mismatch'
  readonly text: string
  readonly exchange?: Exchange
}

/** Some of many things were done, and some were not. */
export interface Partly {
  readonly _tag: 'Partly'
  readonly text: string
  /** What was done, what failed and why, what was not begun. */
  readonly lines: ReadonlyArray<string>
}

/**
 * Any of these errors, with what is known of the operation that it ended: the correlation id that all of its requests carried, and whether
 * one of them has changed something on the platform, or may have.
 */
export type ProviderError = (
  | ConfigError
  | Refused
  | Rejected
  | Unauthorised
  | NotFound
  | Conflict
  | Unreachable
  | Lost
  | Contract
  | Failed
  | Deadline
  | Mismatch
  | Partly
) & { readonly correlationId?: string; readonly mayHaveChanged?: boolean }

export const configError = (text: string): ConfigError => ({ _tag: 'Config', text })
export const refused = (text: string, next?: string): Refused =>
  next === undefined ? { _tag: 'Refused', text } : { _tag: 'Refused', text, next }
/** The run was cancelled. @param end what became of it: `nothing more is sent` */
export const cancelled = (end: string): Refused =>
  refused(`The run was cancelled, so ${end}`, 'run the same command again; it goes on where this ended')
export const failed = (words: ReadonlyArray<string>, exchange?: Exchange): Failed =>
  exchange === undefined ? { _tag: 'Failed', words } : { _tag: 'Failed', words, exchange }
export const mismatch = (text: string, exchange?: Exchange): Mismatch =>
  exchange === undefined ? { _tag: 'Mismatch', text } : { _tag: 'Mismatch', text, exchange }
export const deadline = (awaited: string, seconds: number, known: string): Deadline => ({
  _tag: 'Deadline',
  awaited,
  seconds,
  known
})

/** Ends after which it is known that the platform did not do what was asked. */
export const isDefinite = ({ _tag }: ProviderError): boolean =>
  _tag === 'Failed' || _tag === 'Rejected' || _tag === 'Conflict' || _tag === 'Refused'

/** The exchange of an error, where it has one. */
export const exchangeOf = (error: ProviderError): Exchange | undefined =>
  'exchange' in error ? error.exchange : undefined
