import type { Program } from '../Env'
import { doing } from '../Operations'
import { isUnfinished } from '../State'
import type { LicenseKey, ServiceArgs } from './Args'
import type { AnyState } from './State'

/** What the person who runs the program is told on the way, beside errors. */

/** At a takeover, what the platform does not tell is taken as declared; that must not happen silently. */
export const warnUntold = ({ shortName }: ServiceArgs, keys: ReadonlyArray<string>): Program<void> =>
  doing((env) => {
    if (keys.length > 0) {
      env.warn(
        `Service "${shortName}" is taken over. The platform does not tell ${keys.join(', ')}: taken as declared, and not sent.`
      )
    }
  })

export const warnUnfinished = ({ shortName }: ServiceArgs, state: AnyState): Program<void> =>
  doing((env) => {
    const last = state.lastOperation
    if (last !== undefined && isUnfinished(state)) {
      env.warn(
        `The last ${last.kind} of service "${shortName}" ended ${last.outcome === 'failed' ? 'with an error' : 'without a clear answer'} (correlation id ${last.correlationId}). ` +
          'It is finished now: read first, then what differs is sent.'
      )
    }
  })

export const warnOutsideChanges = ({ shortName }: ServiceArgs, keys: ReadonlyArray<LicenseKey>): Program<void> =>
  doing((env) => {
    if (keys.length > 0) {
      env.warn(
        `Service "${shortName}" was changed outside of Pulumi since the last run: ${keys.join(', ')}. The declared values are sent.`
      )
    }
  })

export const warnUnmanaged = ({ shortName }: ServiceArgs, keys: ReadonlyArray<string>): Program<void> =>
  doing((env) => {
    if (keys.length > 0) {
      env.warn(
        `Service "${shortName}": no longer declared: ${keys.join(', ')}. On the platform nothing of it changes, and it is not managed any more.`
      )
    }
  })
