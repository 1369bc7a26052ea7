import type { Env, Program } from '../Env'
import * as Notices from '../Notices'
import { doing } from '../Operations'
import type { ArgKey, SipConnectionArgs } from './Args'
import { clearable } from './Body'
import { addOnlyKeys } from './Fields'
import { untoldKeys } from './Live'
import { type FoundState, managedKeysOf } from './State'
import type { SiteAnswer } from './Wire'

/** What the person who runs the program is told on the way, beside errors. */

/** At a takeover, what the platform does not tell is taken as declared; that must not happen silently. */
export const warnUntold = (args: SipConnectionArgs, site: SiteAnswer): Program<void> =>
  doing((env) => {
    const untold = untoldKeys(site, args, managedKeysOf(args))
    const sendable = env.settings.modifyBody === 'fields' ? untold.filter((key) => !isAddOnly(key)) : untold
    if (untold.length > 0) {
      env.warn(
        `Connection "${args.siteName}" is taken over. The platform does not tell ${untold.join(', ')}: taken as declared. ` +
          `The next change sends ${sendable.length === untold.length ? 'them' : sendable.join(', ') || 'none of them'}.`
      )
    }
    warnCarrier(env, args, site)
  })

const isAddOnly = (key: ArgKey): boolean => (addOnlyKeys as ReadonlyArray<ArgKey>).includes(key)

/** Whether `carrierId` is the proxy set is not documented, so a difference is a notice and no drift. */
export const warnCarrier = (env: Env, inputs: Partial<SipConnectionArgs>, site: SiteAnswer): void => {
  const carrier = site.sbcInfo?.carrierId
  if (inputs.proxySet !== undefined && carrier !== undefined && carrier !== inputs.proxySet) {
    env.warn(
      `Connection "${site.siteName}": the platform shows another carrier (carrierId) than the declared proxySet.`
    )
  }
}

export const warnUnfinished = ({ siteName }: SipConnectionArgs, state: FoundState): Program<void> =>
  Notices.warnUnfinished(`connection "${siteName}"`, state, 'all declared fields are sent')

export const warnOutsideChanges = ({ siteName }: SipConnectionArgs, keys: ReadonlyArray<ArgKey>): Program<void> =>
  Notices.warnOutsideChanges(`connection "${siteName}"`, keys)

export const warnUnmanaged = (
  args: SipConnectionArgs,
  before: Partial<SipConnectionArgs>,
  removed: ReadonlyArray<ArgKey>
): Program<void> =>
  doing((env) => {
    const within = (key: 'sbcScripts' | 'm365Scripts') =>
      args[key] === undefined
        ? []
        : (['onboardingScript', 'cleanupScript'] as const)
            .filter((name) => before[key]?.[name] !== undefined && args[key]?.[name] === undefined)
            .map((name) => `${key}.${name}`)
    const left = [
      ...removed.filter((key) => !clearable(key, env.settings.modifyBody)),
      ...within('sbcScripts'),
      ...within('m365Scripts')
    ]
    if (left.length > 0) {
      env.warn(
        `Connection "${args.siteName}": no longer declared, and without a documented way to clear it: ${left.join(', ')}. On the platform nothing of it changes, and it is not managed any more.`
      )
    }
  })
