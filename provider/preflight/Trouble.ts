import { errorText } from '../ErrorText'
import type { ProviderError } from '../Errors'

/** A read of the preflight that failed. Pure. */

/** What a failed read means for the preflight. */
export type Weight =
  /** The platform cannot be asked at all. */
  | 'platform'
  /** This read is refused. */
  | 'refused'
  /** The platform does not have this call, or answers otherwise than documented. */
  | 'missing'
  /** Nothing but a notice could have come of it. */
  | 'slight'

/** What a person is told of it, once a run for the same key. */
export interface Trouble {
  readonly key: string
  readonly weight: Weight
  readonly lines: ReadonlyArray<string>
}

const weightOf = (error: ProviderError): Exclude<Weight, 'slight'> => {
  switch (error._tag) {
    case 'Config':
    case 'Unauthorised':
    case 'Unreachable':
    case 'Deadline':
      return 'platform'
    case 'Lost':
      // A status means that the platform is there, and that this call is broken.
      return error.exchange.status === undefined ? 'platform' : 'refused'
    case 'NotFound':
    case 'Contract':
    case 'Mismatch':
    case 'Refused':
      return 'missing'
    case 'Rejected':
    case 'Conflict':
    case 'Failed':
    case 'Partly':
      return 'refused'
  }
}

/** Whether after this error it makes no sense to ask for anything else. */
export const isOfPlatform = (error: ProviderError): boolean => weightOf(error) === 'platform'

/**
 * @param read the read in the words of a lookup, e.g. `getScriptTemplates()`
 * @param instance name of the explicit provider instance, if there is one
 * @param isSlight whether only a notice could have come of the read
 * @param now ms since the epoch
 */
export const troubleOf = (
  read: string,
  instance: string | undefined,
  isSlight: boolean,
  error: ProviderError,
  now: number
): Trouble => {
  const ofInstance = instance === undefined ? {} : { instance }
  const lookup = instance === undefined ? read : `${read} of the provider instance "${instance}"`
  const { headline, details } = errorText({ kind: 'lookup', lookup, ...ofInstance }, error, false, now)
  const weight = weightOf(error)
  return {
    // A call that fails for one customer fails for the next one too.
    key: weight === 'platform' ? weight : `${instance ?? ''} ${read.replace(/\(.*$/, '')}`,
    weight: weight === 'platform' || !isSlight ? weight : 'slight',
    lines: [headline, ...details.filter((line) => !line.startsWith('Applied:')).map((line) => `    ${line}`)]
  }
}

/** The same without secrets. */
export const scrubbed =
  (scrub: (text: string) => string) =>
  ({ lines, ...rest }: Trouble): Trouble => ({ ...rest, lines: lines.map(scrub) })
