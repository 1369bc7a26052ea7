import { type Exchange, type OperationKind, type ProviderError, exchangeOf } from './Errors'
import { capitalised } from './Words'

/** The words of an error: the one place where they are put together. */

/** What kind of thing an operation is about, in the words of a message. */
export interface Thing {
  /** As the headline calls it: `SIP connection`. */
  readonly noun: string
  /** As the other lines call it: `connection`. */
  readonly short: string
  /** What a deletion may leave behind, and where. */
  readonly remains: string
  /** Whose calls depend on it. */
  readonly calls: string
  /** What the next run does about a creation whose end is not known. Default: it looks first, and creates no second one. */
  readonly next?: string
}

const connection: Thing = {
  noun: 'SIP connection',
  short: 'connection',
  remains: 'what it left on the SBC (IP group, registration)',
  calls: 'those of this connection'
}

/** What an operation was about. */
export interface Subject {
  readonly kind: OperationKind
  /** Default: a SIP connection. */
  readonly thing?: Thing
  /** A lookup as the program asks for it, e.g. `getService(customerGuid: "…")`. */
  readonly lookup?: string
  /** The command that reads, for a read that is no refresh: `pulumi import`. */
  readonly command?: string
  /** Name of the explicit provider instance, if there is one. */
  readonly instance?: string
  readonly customerGuid?: string
  /** Name of the thing on the platform. */
  readonly name?: string
  readonly siteGuid?: string
  readonly sbcId?: number
}

/** An error as a person reads it: one line for the list, the rest under it. */
export interface ErrorText {
  readonly headline: string
  readonly details: ReadonlyArray<string>
}

const about = ({ kind, thing = connection, lookup, customerGuid, name, siteGuid, sbcId }: Subject): string => {
  if (lookup !== undefined) return `lookup ${lookup} failed`
  const where = [
    ...(customerGuid === undefined ? [] : [`customer ${customerGuid}`]),
    ...(siteGuid === undefined ? [] : [`site ${siteGuid}`]),
    ...(sbcId === undefined ? [] : [`SBC ${sbcId}`])
  ].join(', ')
  return `${kind} of ${thing.noun} ${name === undefined ? '' : `"${name}" `}${where === '' ? '' : `(${where}) `}failed`
}

const statusOf = (exchange: Exchange): string =>
  exchange.status === undefined ? '' : ` with status ${exchange.status}`

const what = (error: ProviderError): string => {
  switch (error._tag) {
    case 'Config':
    case 'Refused':
    case 'Mismatch':
    case 'Partly':
      return error.text
    case 'Rejected':
      return error.exchange.status !== undefined && error.exchange.status < 400
        ? `${error.exchange.method} was answered with a redirect${statusOf(error.exchange)}`
        : `the platform rejected ${error.exchange.method}${statusOf(error.exchange)}`
    case 'Unauthorised':
      return error.exchange.status === undefined
        ? `no token could be had from ${error.exchange.url}`
        : `authorisation was refused by ${error.exchange.url}${statusOf(error.exchange)}`
    case 'NotFound':
      return `${error.exchange.method} ${error.exchange.url} was not found (404)`
    case 'Conflict':
      return `the platform reports a conflict (409), and the SBC did not become free in time`
    case 'Unreachable':
      return `${error.exchange.url} cannot be reached: ${error.cause}`
    case 'Lost':
      return `the end of ${error.exchange.method} is not known: ${error.cause}`
    case 'Contract':
      return `the answer to ${error.exchange.method} is not as documented: ${error.faults.join('; ')}`
    case 'Failed':
      return 'the platform reports an error'
    case 'Deadline':
      return `waited ${error.seconds} s for ${error.awaited}; ${error.known}`
  }
}

const wordsOf = (error: ProviderError): ReadonlyArray<string> => ('words' in error ? error.words : [])

/** Whether a thing that is kept is not whole. A change that the platform has rejected leaves it as it was. */
const isOpen = ({ kind }: Subject, { _tag, mayHaveChanged }: ProviderError, kept: boolean): boolean =>
  kept && !(kind === 'update' && _tag === 'Rejected' && mayHaveChanged !== true)

/** Whether something may have changed on the platform although the operation failed. */
const maybeChanged = (subject: Subject, error: ProviderError, kept: boolean): boolean =>
  isOpen(subject, error, kept) || error.mayHaveChanged === true

const applied = (subject: Subject, error: ProviderError, kept: boolean): string => {
  const { kind, thing = connection } = subject
  const unknown = maybeChanged(subject, error, kept)
  if (kind === 'read' || kind === 'lookup') return 'Applied: nothing is changed by reading.'
  if (kind === 'delete') {
    return unknown
      ? `Applied: the deletion was sent; ${thing.remains} is not known. The ${thing.short} stays in the state.`
      : `Applied: nothing was deleted. The ${thing.short} stays in the state.`
  }
  if (kind === 'create') {
    return kept
      ? `Applied: the ${thing.short} exists and is kept in the state; not all of its fields may be applied.`
      : unknown
        ? `Applied: a request was sent, and what the platform does with it is not known. ${thing.next ?? `The next run looks first, and creates no second ${thing.short}.`}`
        : 'Applied: nothing was created.'
  }
  return unknown
    ? 'Applied: not known; all declared fields are sent again by the next run.'
    : 'Applied: nothing was changed.'
}

const calls = (subject: Subject, error: ProviderError, kept: boolean): string | undefined => {
  const { kind, thing = connection } = subject
  if (kind === 'read' || kind === 'lookup') return undefined
  return maybeChanged(subject, error, kept)
    ? `Calls: ${thing.calls} may be affected until a run succeeds.`
    : 'Calls: not affected.'
}

const next = (subject: Subject, error: ProviderError, kept: boolean): string => {
  const { kind, thing = connection, lookup, command, instance } = subject
  if (error._tag === 'Refused' && error.next !== undefined) return error.next
  if (error._tag === 'Unauthorised' && error.exchange.status === undefined) {
    return 'check audiocodes-live:tokenUrl and the way to it (HTTPS_PROXY, NO_PROXY)'
  }
  if (error._tag === 'Unauthorised' && instance !== undefined) {
    return `check the credentials that new live.Provider("${instance}", …) is given, and run again (refresh and destroy with --run-program)`
  }
  if (error._tag === 'Unauthorised') {
    return (
      'check the credentials; a new one is given in the environment (AUDIOCODES_LIVE_ACCESS_TOKEN, AUDIOCODES_LIVE_CLIENT_SECRET), ' +
      'which also refresh and destroy read, or with --run-program after "pulumi config set"'
    )
  }
  if (error._tag === 'Rejected' && error.exchange.status !== undefined && error.exchange.status < 400) {
    return 'check audiocodes-live:baseUrl: the platform sends callers with this address elsewhere'
  }
  if (error._tag === 'Rejected' && error.exchange.status === 403)
    return 'let the app registration have the right that this call needs, and run again'
  if (error._tag === 'NotFound' && error.exchange.method === 'PATCH' && thing === connection) {
    return 'check audiocodes-live:siteIdPlacement: the connection can be read, and this address of Modify is not known'
  }
  if (error._tag === 'NotFound' && lookup !== undefined) {
    return 'check audiocodes-live:baseUrl (it usually ends in /tenantui); where it is right, this platform does not have the call'
  }
  if (error._tag === 'NotFound') return 'check audiocodes-live:baseUrl (it usually ends in /tenantui) and customerGuid'
  if (error._tag === 'Partly')
    return kind === 'delete'
      ? 'run the same command again; it goes on with what is left. Where the rest is to stay, run "pulumi refresh", which finds what is gone, and then "pulumi up"'
      : '"pulumi up": it goes on from here, those that failed first'
  if (error._tag === 'Contract')
    return 'report the line above to the maintainers of pulumi-audiocodes-live; it holds no values'
  if (kind === 'delete') return 'run "pulumi destroy" or "pulumi up" again; it goes on where this ended'
  if (kind === 'read') return `run "${command ?? 'pulumi refresh'}" again`
  if (lookup !== undefined) return 'run the same command again; nothing depends on how far this came'
  return isOpen(subject, error, kept)
    ? `"pulumi up": it reads the ${thing.short} first and finishes it`
    : 'correct the cause and run "pulumi up" again'
}

/**
 * The text of a failed operation, in this order: what failed for which connection; the platform's own words; what was applied;
 * whether calls may be affected; what to do next; status, correlation id and time.
 *
 * @param kept whether the thing is kept in the state although the operation failed
 * @param now ms since the epoch
 */
export const errorText = (subject: Subject, error: ProviderError, kept: boolean, now: number): ErrorText => {
  const exchange = exchangeOf(error)
  const effect = calls(subject, error, kept)
  const correlationId = exchange?.correlationId ?? error.correlationId
  const ids = [
    ...(exchange?.status === undefined ? [] : [`status ${exchange.status}`]),
    ...(correlationId === undefined ? [] : [`correlation id ${correlationId}`]),
    ...(exchange === undefined || exchange.serverIds.length === 0
      ? []
      : [`platform id ${exchange.serverIds.join(', ')}`])
  ]
  return {
    headline: error._tag === 'Config' ? error.text : `${capitalised(about(subject))}: ${what(error)}`,
    details: [
      ...wordsOf(error).map((words) => `Platform: ${words}`),
      ...(error._tag === 'Partly'
        ? [...error.lines, 'Calls: those of the connections that failed may be affected.']
        : error._tag === 'Config'
          ? []
          : [applied(subject, error, kept), ...(effect === undefined ? [] : [effect])]),
      ...(error._tag === 'Config' ? [] : [`Next: ${next(subject, error, kept)}.`]),
      [...ids, new Date(now).toISOString()].join(', ')
    ]
  }
}

/** The text as a whole. */
export const whole = ({ headline, details }: ErrorText): string =>
  [headline, ...details.map((line) => `    ${line}`)].join('\n')
