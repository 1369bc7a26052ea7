import type { SipConnectionArgs } from '../../provider/sip-connection/Args'
import { customerGuids, startSimulator, STATIC_TOKEN, type Simulator, type SimulatorOptions } from '../../simulator'
import { Engine } from '../support/Engine'
import type { RunResult } from '../support/EngineRun'
import { hideCiphertext, type JsonObject } from '../support/Json'
import { nameOf, type ResourceState, type Stack } from '../support/Stack'
import { withPlugin } from '../support/withPlugin'

/** A platform (the simulator on a real port) and a stack of the real engine that is configured for it. */
export interface World {
  readonly simulator: Simulator
  readonly stack: Stack
  /** Ends both. Resources are not destroyed. */
  readonly end: () => Promise<void>
}

export interface WorldOptions {
  /** The program of the stack: what it declares, see `program`. */
  readonly program: string
  readonly simulator?: SimulatorOptions
  /** Further configuration of the package, by plain key. It is added to what keeps tests quick. */
  readonly settings?: Readonly<Record<string, string>>
  /** Further secret configuration, by namespaced key. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Where base URL and access token of the simulator stand. Default: in the configuration of the stack. */
  readonly connected?: 'stack' | 'environment' | 'nowhere'
  readonly env?: Readonly<Record<string, string>>
  /** The program is TypeScript. Default false. */
  readonly typescript?: boolean
}

/**
 * Short pauses and no limit on requests, so that a test waits for the engine only; and no preflight, so that a preview sends nothing but what
 * its test is about.
 */
export const quick = { pollInterval: '0.02', requestsPerSecond: '0', preflight: 'off' }

/** For programs in TypeScript whose types another check looks at (`make lint`, a test): each text costs two seconds less. */
export const typesCheckedElsewhere = { PULUMI_NODEJS_TRANSPILE_ONLY: 'true' }

export const startWorld = async (options: WorldOptions): Promise<World> => {
  const { program: text, settings = {}, secrets = {}, connected = 'stack', env = {}, typescript = false } = options
  const simulator = await startSimulator(options.simulator)
  const inStack = connected === 'stack'
  try {
    const stack = await Engine.project({
      program: text,
      typescript,
      config: namespaced({ ...(inStack ? { baseUrl: simulator.url } : {}), ...quick, ...settings }),
      secrets: { ...(inStack ? { 'audiocodes-live:accessToken': STATIC_TOKEN } : {}), ...secrets },
      env: { ...(connected === 'environment' ? environmentOf(simulator) : {}), ...env }
    })
    return {
      simulator,
      stack,
      end: async () => {
        await stack.dispose()
        await simulator.close()
      }
    }
  } catch (error) {
    await simulator.close()
    throw error
  }
}

/** The same with the plugin in its project. */
export const startPluginWorld = async (options: WorldOptions): Promise<World> => {
  const world = await startWorld(options)
  withPlugin(world.stack)
  return world
}

/** The variables that connect a run with a simulator. */
export const environmentOf = (simulator: Simulator): Record<string, string> => ({
  AUDIOCODES_LIVE_BASE_URL: simulator.url,
  AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN
})

const namespaced = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`audiocodes-live:${key}`, value]))

// ---------------------------------------------------------------- programs

/** The resource type of a connection. */
export const connectionType = 'pulumi-nodejs:dynamic/audiocodes-live:SipConnection'

/** The constant text of the provider, which is part of the state format: a change of it must fail here. */
export const providerText = 'exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;'

export const { acme, contoso } = customerGuids

/** A new connection with what is required and nothing else. */
export const minimal = (siteName: string): SipConnectionArgs => ({
  customerGuid: acme,
  siteName,
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
})

/** Values that must be found nowhere in clear, by where they stand. */
export const canaries = {
  password: 'canary-Pass/1"ü',
  dpi: 'canary-dpi-2',
  variable: 'canary-variable-3'
}

/** A connection with every input set. */
export const full = (siteName: string): Required<SipConnectionArgs> => ({
  customerGuid: acme,
  siteName,
  sbcId: 3,
  sbcConfigurationType: 'SipTrunk',
  configureSbc: true,
  enableCac: true,
  cacProfile: '10 sessions',
  carrierRegistration: true,
  carrierUserName: 'user-1',
  carrierUserPassword: canaries.password,
  carrierPasswordDpi: canaries.dpi,
  carrierMainLine: '+4989555100',
  carrierHostName: 'sip.carrier.example',
  phones: Array.from({ length: 10 }, (_, index) => `+498955510${index}`),
  dialPlanPrefixes: Array.from({ length: 5 }, (_, index) => ({
    dialPlanName: 'CustDialPlan',
    index,
    active: index !== 4
  })),
  sbcScripts: {
    onboardingScript: 12001,
    cleanupScript: 12002,
    customerVariables: { Region: 'EMEA', RegistrarPassword: canaries.variable }
  },
  m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
  onlinePstnGateway: 'sbc3.provider.example',
  proxySet: 'Trunk-A',
  adopt: false,
  allow: []
})

/** A declaration: arguments (plain JSON), or arguments with the text of the resource options. */
export type Declaration = object | { readonly args: object; readonly options: string }

/**
 * A program that declares these connections by their resource names.
 * @param more JavaScript at the end, which may use `pulumi`, `live` and `declared`, the connections by name
 */
export const program = (declarations: Readonly<Record<string, Declaration>>, more = ''): string => `
const pulumi = require('@pulumi/pulumi')
const live = require('pulumi-audiocodes-live')
const declared = {}
${Object.entries(declarations).map(declaration).join('\n')}
${more}
`

const declaration = ([name, declared]: readonly [string, Declaration]): string => {
  const { args, options } = 'options' in declared ? declared : { args: declared, options: '{}' }
  const quoted = JSON.stringify(name)
  return `declared[${quoted}] = new live.SipConnection(${quoted}, ${JSON.stringify(args)}, ${options})`
}

// ---------------------------------------------------------------- the platform's view

const short: readonly (readonly [RegExp, string])[] = [
  [/^\/tenantui\/api\/v([23])\/customer\/[^/]+$/, 'details v$1'],
  [/^\/tenantui\/api\/v2\/task\/.*$/, 'task'],
  [/^.*\/oauth2\/v2.0\/token$/, 'token']
]

/**
 * The requests since the log was cleared, in their order and in short: `GET details v3`, `POST branch`, `GET branch`,
 * `PATCH branch`, `DELETE branch`, `GET task`, `POST token`. A connection is named as it is called now; one that does not exist (any
 * more) is `(gone)`.
 */
export const traffic = (simulator: Simulator): readonly string[] =>
  simulator.requests().map(({ method, path, body }) => {
    const guid = /\/sitelocation\/([0-9a-f-]{36})$/.exec(path)?.[1]
    if (guid !== undefined) return `${method} ${simulator.site(guid)?.name ?? '(gone)'}`
    const known = short.find(([pattern]) => pattern.test(path))
    if (known !== undefined) return `${method} ${path.replace(...known)}`
    return method === 'POST'
      ? `POST ${(JSON.parse(body) as { readonly siteLocationName: string }).siteLocationName}`
      : `${method} ${path}`
  })

/** The same without `GET`. */
export const writes = (simulator: Simulator): readonly string[] =>
  traffic(simulator).filter((line) => !line.startsWith('GET '))

/** The names of the connections on the platform, sorted, without the one that it has from the start. */
export const sites = (simulator: Simulator): readonly string[] =>
  simulator
    .state()
    .sites.map(({ name }) => name)
    .filter((name) => name !== 'headquarters')
    .sort()

/** The guid of the connection of that name. */
export const guidOf = (simulator: Simulator, name: string): string => {
  const site = simulator.state().sites.find((each) => each.name === name)
  if (site === undefined) throw new Error(`the platform has no connection ${name}`)
  return site.guid
}

/** The bodies of the requests with that method, oldest first. */
export const bodies = (simulator: Simulator, method: 'POST' | 'PATCH'): readonly JsonObject[] =>
  simulator
    .requests()
    .filter((request) => request.method === method)
    .map(({ body }) => JSON.parse(body) as JsonObject)

// ---------------------------------------------------------------- the engine's view

/** A resource of the state by its name. */
export const resource = async (stack: Stack, name: string): Promise<ResourceState> => {
  const found = (await stack.resources()).find(({ urn }) => nameOf(urn) === name)
  if (found === undefined) throw new Error(`the state has no resource ${name}`)
  return found
}

/** Properties of a resource with `[secret]` for what is encrypted. */
export const properties = (of: JsonObject | undefined): JsonObject => hideCiphertext(of ?? {}) as JsonObject

/** The steps of a preview in short and sorted: `update branch: cacProfile, phones`. */
export const planned = async (stack: Stack, args: readonly string[] = []): Promise<readonly string[]> =>
  (await stack.previewSteps(args))
    .map(({ op, name, diffReasons }) =>
      diffReasons.length === 0 ? `${op} ${name}` : `${op} ${name}: ${diffReasons.join(', ')}`
    )
    .sort()

const changing: readonly (readonly [RegExp, string])[] = [
  [/correlation id [0-9a-f-]{36}/g, 'correlation id <id>'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'],
  [/127\.0\.0\.1:\d+/g, '<host>'],
  [/(platform id )[^,\n]+/g, '$1<id>']
]

/** A text of the engine without what differs from run to run. */
export const steady = (text: string): string =>
  changing.reduce((changed, [pattern, word]) => changed.replace(pattern, word), text)

/**
 * The errors and warnings that the engine prints at the end of a run (`Diagnostics:`), or an empty text: what the user reads. Each
 * line without its indentation and without what differs from run to run.
 */
export const diagnostics = ({ stdout }: RunResult): string => {
  const section = /\nDiagnostics:\n([\s\S]*?)\n(?=Outputs:|Resources:|Duration:|$)/.exec(stdout)?.[1] ?? ''
  return steady(section)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** What the user reads of a run that must fail. */
export const complaint = (result: RunResult): string => {
  if (result.code !== 1) throw new Error(`pulumi ended with ${result.code ?? result.signal}:\n${result.output}`)
  return diagnostics(result)
}

/** The same without the engine's own words: the lines that the provider wrote about one resource. */
export const complaintAbout = (result: RunResult, name: string): readonly string[] =>
  (
    complaint(result)
      .split(`${connectionType} (${name}):\n`)[1]
      ?.split(/\n(?=pulumi:|pulumi-nodejs:)/)[0] ?? ''
  )
    .replace(/^error: (1 error occurred:\n\* )?/, '')
    .split('\n')
