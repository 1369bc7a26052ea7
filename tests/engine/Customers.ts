import type { HostedEssentialsServiceArgs } from '../../provider/hosted-essentials-service/Args'
import type { OperatorConnectServiceArgs } from '../../provider/operator-connect-service/Args'
import { type Simulator, tenants } from '../../simulator'
import type { RunResult } from '../support/EngineRun'
import type { JsonObject } from '../support/Json'
import { nameOf, type ResourceState, type Stack } from '../support/Stack'
import { complaint, properties } from './World'

/** What the tests of services and dial plans have in common: what they declare, and how they read what came of it. */

/** A Microsoft tenant that has neither a service nor a lead. */
export const freeTenant = 'a0a0a0a0-0001-4000-8000-0000000000aa'

/** A new Hosted Essentials service with a license. */
export const northwind: HostedEssentialsServiceArgs = {
  shortName: 'northwind',
  fullName: 'Northwind Traders',
  msTenantId: freeTenant,
  ovocCustomerType: 'IPGROUP_TYPE',
  siteLocation: { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
  license: 'HostedEssentialsPlus',
  licensedUsersCount: 25
}

/** A new Operator Connect service, of the lead that has none yet. */
export const globex: OperatorConnectServiceArgs = {
  msTenantId: tenants.globex,
  shortName: 'globex',
  configuration: 'ipGroup',
  siteLocation: { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
  license: 'OcEssentialPlus',
  licensedUsersCount: 20
}

/** A text of JavaScript that declares a resource and keeps it in a variable of its name. */
export const declaring = (type: string, name: string, args: object | string, options = '{}'): string =>
  `const ${name} = new live.${type}('${name}', ${typeof args === 'string' ? args : JSON.stringify(args)}, ${options})`

// ---------------------------------------------------------------- the platform's view

const calls: readonly (readonly [RegExp, string])[] = [
  [/^(\w+) .*\/sitelocation\/([0-9a-f-]{36})\/dialplan\/\w+$/, '$1 plan of $2'],
  [/^(\w+) .*\/sitelocation\/([0-9a-f-]{36})$/, '$1 connection $2'],
  [/^POST .*\/sitelocation\/?$/, 'POST connection'],
  [/^POST .*\/customer\/([0-9a-f-]{36})\/action\/upgrade$/, 'POST upgrade of $1'],
  [/^PATCH .*\/v3\/customer\/([0-9a-f-]{36})$/, 'PATCH license of $1'],
  [/^(\w+) .*\/v[23]\/customer\/([0-9a-f-]{36})$/, '$1 service $2'],
  [/^GET .*\/v3\/customer$/, 'GET services'],
  [/^POST .*\/v2\/customer$/, 'POST service'],
  [/^POST .*\/v3\/customer$/, 'POST service of a lead'],
  [/^(\w+) .*\/api\/v\d\/(.*)$/, '$1 $2']
]

/** Requests since the log was cleared, in short and in their order, with names in place of ids: `PATCH license of northwind`. */
export const requests = (simulator: Simulator): readonly string[] => {
  const { customers, sites } = simulator.state()
  const names = new Map([
    ...customers.map(({ guid, shortName }) => [guid, shortName] as const),
    ...sites.map(({ guid, name }) => [guid, name] as const)
  ])
  return simulator.requests().map(({ method, path }) => {
    const line = `${method} ${path}`
    const [pattern, short] = calls.find(([each]) => each.test(line)) ?? [/$/, '']
    return line.replace(pattern, short).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (guid) => names.get(guid) ?? '(gone)')
  })
}

/** The same without `GET`. */
export const writes = (simulator: Simulator): readonly string[] =>
  requests(simulator).filter((line) => !line.startsWith('GET '))

/** The rules of a dial plan, `+4930 sbc3.provider.example`. */
export const rulesAt = (simulator: Simulator, siteGuid: string): readonly string[] =>
  simulator.dialPlan(siteGuid, 'CustDialPlan').map(({ prefix, tag }) => `${prefix} ${tag}`)

/** License and number of users of a service; `undefined` when there is none of that short name. */
export const licenseOf = (simulator: Simulator, shortName: string): readonly (number | null)[] | undefined => {
  const found = simulator.state().customers.find((each) => each.shortName === shortName)
  return found === undefined ? undefined : [found.licenseType, found.licensedUsersCount]
}

// ---------------------------------------------------------------- the engine's view

/** What the provider says of a resource in a run that must fail, line by line. */
export const said = (result: RunResult, name: string): readonly string[] =>
  (complaint(result).split(new RegExp(`^pulumi-nodejs:dynamic/audiocodes-live:\\w+ \\(${name}\\):\n`, 'm'))[1] ?? '')
    .split(/\n(?=pulumi:|pulumi-nodejs:)/, 1)
    .flatMap((text) => text.replace(/^error: (1 error occurred:\n\* )?/, '').split('\n'))

/** A resource in the state. */
export interface Kept {
  /** Outputs, without what says when and how they came into the state. */
  readonly outputs: JsonObject
  /** How the last write ended: `create failed`; empty for what is only looked at. */
  readonly outcome: string
}

const keptOf = ({ outputs }: ResourceState): Kept => {
  const { lastOperation, executionMessages: _executionMessages, ...rest } = properties(outputs)
  const { kind = '', outcome = '' } = (lastOperation ?? {}) as Readonly<Record<string, string>>
  return { outputs: rest, outcome: `${kind} ${outcome}`.trim() }
}

/** The resources of the state by name. */
export const state = async (stack: Stack): Promise<Readonly<Record<string, Kept>>> =>
  Object.fromEntries((await stack.resources()).map((each) => [nameOf(each.urn), keptOf(each)]))
