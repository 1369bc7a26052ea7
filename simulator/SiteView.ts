/** How Get and the service details show a site. */
import { pendingAt } from './State'
import type { Switches } from './Switches'
import type { ScriptTemplate, Site, State } from './Types'

/**
 * Words for the integers of `sbcDeploymentState`. That 3 is shown for a deployed site is documented; the rest is made up.
 * A state that is not in the list is shown as 99.
 */
export const deploymentStates = ['Unknown', 'NotDeployed', 'Deploying', 'Deployed', 'Failed'] as const

const configurationWords = ['Unknown', 'SipTrunk', 'IpPbx', 'Byoc'] as const

export const configurationWord = (type: number): string => configurationWords[type] ?? 'Unknown'

const stateAt = (site: Site, now: number): string =>
  pendingAt(site, now).some(({ kind }) => kind !== 'delete') ? 'Deploying' : site.sbcState

/** The deployment state, in the form of one of the two calls that show it. */
export const deploymentState = (
  site: Site,
  now: number,
  call: 'get' | 'details',
  states: Switches['states']
): string | number => {
  const word = stateAt(site, now)
  const asWord = states === 'strings' || (states === 'documented' && call === 'details')
  const position = (deploymentStates as readonly string[]).indexOf(word)
  return asWord ? word : position === -1 ? 99 : position
}

const label = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-]/g, '')

/** The gateway as Get and the customer's list of gateways show it. */
export const gatewayShown = (site: Site, prefix: boolean): string | null =>
  prefix && site.onlinePstnGateway && label(site.name) !== ''
    ? `${label(site.name)}.${site.onlinePstnGateway}`
    : site.onlinePstnGateway

/** N of `CustomVar.Variable<N>`: the position in the script's list; variables that the script does not know come after it. */
const positional = (own: Site['customerVariables'], script: ScriptTemplate | undefined): [string, string][] => {
  const known = script?.variables ?? []
  const others = Object.keys(own).filter((name) => !known.includes(name))
  const order = [...known, ...others]
  return Object.entries(own).map(([name, value]) => [`CustomVar.Variable${order.indexOf(name) + 1}`, value])
}

const variables = (site: Site, state: State): Readonly<Record<string, string>> => {
  const { passwordEcho, mainLine, variableNames } = state.switches
  const script = state.scripts.find(({ id }) => id === site.onboardingScript)
  const password = site.carrierUserPassword
  return Object.fromEntries([
    ...(password === null || passwordEcho === 'absent'
      ? []
      : [['CarrierUserPassword', passwordEcho === 'masked' ? '********' : password] as const]),
    ...(site.carrierMainLine === null || mainLine === 'field'
      ? []
      : [['CarierMailLine', site.carrierMainLine] as const]),
    ...(variableNames === 'own' ? Object.entries(site.customerVariables) : positional(site.customerVariables, script))
  ])
}

/** The answer of Get SIP Connections. */
export const siteShown = (site: Site, msTenantId: string, state: State, now: number) => {
  const { switches } = state
  const type = site.configurationType
  return {
    tenantId: msTenantId,
    m365DeploymentState: site.m365State,
    sbcDeploymentState: deploymentState(site, now, 'get', switches.states),
    siteName: site.name,
    onlinePstnGateway: gatewayShown(site, switches.gatewayPrefix),
    sbcInfo: {
      sbcConfigurationType: { zero: 0, number: type, string: configurationWord(type) }[switches.readConfigurationType],
      cacProfile: site.cacProfile,
      carrierHostName: site.carrierHostName,
      carrierId: site.proxySet,
      carrierMainLine: switches.mainLine === 'bag' ? null : site.carrierMainLine,
      carrierUserName: site.carrierUserName,
      flagConfigureSbc: site.configureSbc,
      sbcId: site.sbcId,
      sbcScripts: {
        onboardingScript: site.onboardingScript,
        cleanupScript: site.cleanupScript,
        customerVariables: variables(site, state)
      }
    },
    m365Info: {
      m365Scripts: {
        flagConfigureM365Routing: site.configureM365Routing,
        onboardingScript: site.m365OnboardingScript,
        cleanupScript: site.m365CleanupScript,
        customerVariables: null
      }
    },
    pendingTasks: pendingAt(site, now).map(({ taskId, kind }) =>
      switches.pendingTaskShape === 'string' ? taskId : { id: taskId, status: 'InProgress', type: kind }
    )
  }
}
