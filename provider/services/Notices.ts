import type { Program } from '../Env'
import * as Notices from '../Notices'
import { doing } from '../Operations'
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
  Notices.warnUnfinished(`service "${shortName}"`, state, 'what differs is sent')

export const warnOutsideChanges = ({ shortName }: ServiceArgs, keys: ReadonlyArray<LicenseKey>): Program<void> =>
  Notices.warnOutsideChanges(`service "${shortName}"`, keys)

export const warnUnmanaged = ({ shortName }: ServiceArgs, keys: ReadonlyArray<string>): Program<void> =>
  doing((env) => {
    if (keys.length > 0) {
      env.warn(
        `Service "${shortName}": no longer declared: ${keys.join(', ')}. On the platform nothing of it changes, and it is not managed any more.`
      )
    }
  })
