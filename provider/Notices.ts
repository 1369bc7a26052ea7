import type { Program } from './Env'
import { doing } from './Operations'
import { type LastOperation, isUnfinished } from './State'
import { capitalised } from './Words'

/** Notices that a connection and a service have in common. `what` names the thing: `connection "branch"`. */

/** The last write did not come to a clear end. @param next what is sent now, as the end of a sentence */
export const warnUnfinished = (
  what: string,
  state: { readonly lastOperation?: LastOperation },
  next: string
): Program<void> =>
  doing((env) => {
    const last = state.lastOperation
    if (last !== undefined && isUnfinished(state)) {
      env.warn(
        `The last ${last.kind} of ${what} ended ${last.outcome === 'failed' ? 'with an error' : 'without a clear answer'} (correlation id ${last.correlationId}). ` +
          `It is finished now: read first, then ${next}.`
      )
    }
  })

export const warnOutsideChanges = (what: string, keys: ReadonlyArray<string>): Program<void> =>
  doing((env) => {
    if (keys.length > 0) {
      env.warn(
        `${capitalised(what)} was changed outside of Pulumi since the last run: ${keys.join(', ')}. The declared values are sent.`
      )
    }
  })
