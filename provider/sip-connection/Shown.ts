import { isMasked } from '../Secrets'
import { type M365Scripts, type SbcScripts, type SipConnectionArgs, argKeys } from './Args'
import { isPositional } from './Body'
import { echoedKey, liveArgs, liveVariables } from './Live'
import type { SiteAnswer } from './Wire'

/**
 * The inputs of a connection that nobody has declared yet, as far as an answer of Get SIP Connections tells them: for an export and for an
 * import. Passwords and variables are among them.
 */

type Args = Partial<SipConnectionArgs>

const isScript = (id: number | undefined): id is number => id !== undefined && id > 0

/** The ids of scripts that are there. */
export const scriptIds = (scripts: Pick<SbcScripts, 'onboardingScript' | 'cleanupScript'> | undefined) => ({
  ...(isScript(scripts?.onboardingScript) ? { onboardingScript: scripts.onboardingScript } : {}),
  ...(isScript(scripts?.cleanupScript) ? { cleanupScript: scripts.cleanupScript } : {})
})

/** The variables that have a value. */
export const variablesOf = (site: SiteAnswer): ReadonlyArray<readonly [string, string]> =>
  Object.entries(liveVariables(site)).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))

/** Those that are the script's own. */
export const ownVariables = (site: SiteAnswer): ReadonlyArray<readonly [string, string]> =>
  variablesOf(site).filter(([name]) => echoedKey(name) === undefined)

const isTold = ([name, value]: readonly [string, string]): boolean => !isPositional(name) && !isMasked(value)

const sbcScripts = (site: SiteAnswer, { sbcScripts: scripts }: Args): SbcScripts | undefined => {
  const told = ownVariables(site).filter(isTold)
  const all = {
    ...scriptIds(scripts),
    ...(told.length === 0 ? {} : { customerVariables: Object.fromEntries(told) })
  }
  return Object.keys(all).length === 0 ? undefined : all
}

/** Get shows false where the documented default is true: a false says nothing, and nothing is declared then. */
const m365Scripts = ({ m365Scripts: scripts }: Args): M365Scripts | undefined =>
  scripts?.configureM365Routing === true ? { configureM365Routing: true, ...scriptIds(scripts) } : undefined

const label = (siteName: string): string => siteName.toLowerCase().replace(/[^a-z0-9-]/g, '')

/** The gateway without the name of the connection, which the platform puts in front of what was written. */
const gateway = (siteName: string, shown: string): string => {
  const front = `${label(siteName)}.`
  const rest = shown.slice(front.length)
  return front !== '.' && shown.toLowerCase().startsWith(front) && rest.includes('.') ? rest : shown
}

/** The inputs as they are read. What the platform shows as empty is not declared. */
export const shownArgs = (customerGuid: string, site: SiteAnswer): Args => {
  const told = liveArgs(site, {}, argKeys)
  const all: Readonly<Record<string, unknown>> = {
    ...told,
    customerGuid,
    sbcScripts: sbcScripts(site, told),
    m365Scripts: m365Scripts(told),
    onlinePstnGateway: told.onlinePstnGateway && gateway(site.siteName, told.onlinePstnGateway)
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''))
}
