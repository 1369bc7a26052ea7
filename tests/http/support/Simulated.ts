import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import { errorText, whole } from '../../../provider/ErrorText'
import type { Fetch } from '../../../provider/Env'
import type { ProviderError } from '../../../provider/Errors'
import type { Settings } from '../../../provider/Settings'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { type LastOperation } from '../../../provider/State'
import { type FoundState, type SipConnectionState, managedKeysOf } from '../../../provider/sip-connection/State'
import type { ExecutionMessage } from '../../../provider/Answers'
import type { Written } from '../../../provider/Written'
import {
  customerGuids,
  type FaultRule,
  type Simulator,
  type Site,
  startSimulator,
  STATIC_TOKEN,
  type Switches
} from '../../../simulator'
import { liveFetch } from '../../../provider/live/Fetch'
import {
  type Extras,
  type TestClock,
  type TestEnv,
  nthId,
  startOfTime,
  testClock,
  testEnv,
  valueOf
} from '../../support/TestEnv'
import './Scripted'

/** The life of connections against the simulator: real HTTP, a clock of our own that both sides go by. */

export const { acme, contoso } = customerGuids

/** A connection of which Add can carry everything, and Get can show everything. */
export const plain: SipConnectionArgs = {
  customerGuid: acme,
  siteName: 'branch-07',
  sbcId: 5,
  cacProfile: '5 sessions',
  carrierUserName: 'u-100',
  carrierUserPassword: 'made-up-secret',
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
  onlinePstnGateway: 'sbc5.provider.example'
}

/** A connection with every input but the options. */
export const full: SipConnectionArgs = {
  ...plain,
  sbcConfigurationType: 'SipTrunk',
  configureSbc: true,
  enableCac: true,
  carrierRegistration: true,
  carrierPasswordDpi: 'made-up-dpi',
  phones: ['+49301234', '+49301235'],
  dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
  m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
  proxySet: 'SIPTrunk'
}

/** What the simulator keeps of `plain` when it has taken everything, but for ids and positions. */
export const plainSite = {
  customerGuid: acme,
  name: 'branch-07',
  sbcId: 5,
  ovocCustomerType: 'IPGROUP_TYPE',
  configurationType: 0,
  configureSbc: true,
  enableCac: true,
  carrierRegistration: true,
  cacProfile: '5 sessions',
  carrierUserName: 'u-100',
  carrierUserPassword: 'made-up-secret',
  carrierPasswordDpi: null,
  carrierMainLine: 'main',
  carrierHostName: 'sip.example.net',
  proxySet: null,
  onlinePstnGateway: 'sbc5.provider.example',
  phones: null,
  dialPlanPrefixes: [],
  onboardingScript: 12001,
  cleanupScript: 12002,
  customerVariables: { Region: 'EMEA' },
  configureM365Routing: false,
  m365OnboardingScript: null,
  m365CleanupScript: null,
  sbcState: 'Deployed',
  m365State: null
}

/** The same of `full`. */
export const fullSite = {
  ...plainSite,
  configurationType: 1,
  carrierPasswordDpi: 'made-up-dpi',
  proxySet: 'SIPTrunk',
  phones: '+49301234,+49301235',
  dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
  configureM365Routing: true,
  m365OnboardingScript: 13001,
  m365CleanupScript: 13002
}

/** A site without what depends on the course of the test: ids, positions, times. */
export const bare = (site: Site): Readonly<Record<string, unknown>> => {
  const { guid: _guid, order: _order, pending: _pending, visibleAt: _visibleAt, ...rest } = site
  const { detailsVisibleAt: _detailsVisibleAt, ...fields } = rest
  return fields
}

/** A provider process (a run of the engine) and the platform that it works with. */
export interface World extends TestEnv {
  readonly simulator: Simulator
  /** Another process: nothing is remembered, the clock goes on. */
  readonly process: (changes?: Partial<Settings>, extras?: Extras) => TestEnv
  /** Requests since the last `forget`, in short: see `shortly`. */
  readonly calls: () => ReadonlyArray<string>
  readonly forget: () => void
  /** The connections of the customer `acme`, oldest first. */
  readonly sites: () => ReadonlyArray<Site>
}

const shortly = (method: string, path: string): string => {
  if (path.includes('/task/')) return `${method} task`
  if (method === 'GET' && path.includes('/v3/customer/')) return 'GET details'
  if (method === 'GET' && path.includes('/v2/customer/')) return 'GET details (V2)'
  return method
}

/** How long the platform takes for a write, by the clock of the test, ms. */
export const writeMs = 1000

/** Writes take their time, so that what is read after one is later than what was read before. */
const slowWrites =
  (clock: TestClock, fetch: Fetch): Fetch =>
  (request) =>
  async () => {
    const result = await fetch(request)()
    if (request.method !== 'GET') clock.advance(writeMs)
    return result
  }

const open = async (switches: Partial<Switches>, changes: Partial<Settings>): Promise<World> => {
  const clock = testClock()
  const simulator = await startSimulator({ switches, now: clock.now })
  const process = (more: Partial<Settings> = {}, extras: Extras = {}): TestEnv =>
    testEnv(
      {
        baseUrl: simulator.url,
        credentials: { _tag: 'Token', accessToken: STATIC_TOKEN },
        ...changes,
        ...more
      },
      { clock, fetch: slowWrites(clock, liveFetch('test')), ...extras }
    )
  return {
    ...process(),
    simulator,
    process,
    calls: () => simulator.requests().map(({ method, path }) => shortly(method, path)),
    forget: () => {
      simulator.clearRequests()
    },
    sites: () => simulator.state().sites.filter(({ customerGuid }) => customerGuid === acme)
  }
}

/** A test with a platform of its own. */
export const story = (
  name: string,
  { switches = {}, settings = {} }: { readonly switches?: Partial<Switches>; readonly settings?: Partial<Settings> },
  body: (world: World) => Promise<void>
): void => {
  it(name, async () => {
    const world = await open(switches, settings)
    try {
      await body(world)
    } finally {
      await world.simulator.close()
    }
  })
}

/** The connection that a write has made or changed without a fault. */
export const unfaulted = ({ id: siteGuid, state, fault }: Written<SipConnectionState>): SipConnectionState => {
  assert.deepStrictEqual(fault, O.none)
  assert.strictEqual(state.siteGuid, siteGuid)
  return state
}

/** The fault of a write whose connection is kept in spite of it. */
export const faultOf = ({ fault }: Written<SipConnectionState>): ProviderError => {
  assert.ok(O.isSome(fault), 'the write must have a fault')
  return fault.value
}

export const created = async (world: Pick<World, 'env'>, args: SipConnectionArgs): Promise<SipConnectionState> =>
  unfaulted(await valueOf(SipConnection.create(args), world.env))

export const updated = async (
  world: Pick<World, 'env'>,
  state: FoundState & { readonly siteGuid: string },
  args: SipConnectionArgs
): Promise<SipConnectionState> => unfaulted(await valueOf(SipConnection.update(state.siteGuid, state, args), world.env))

export const found = async (
  world: Pick<World, 'env'>,
  state: FoundState & { readonly siteGuid: string }
): Promise<O.Option<SipConnection.FoundConnection>> => valueOf(SipConnection.read(state.siteGuid, state), world.env)

export const removed = async (
  world: Pick<World, 'env'>,
  state: FoundState & { readonly siteGuid: string }
): Promise<void> => valueOf(SipConnection.remove(state.siteGuid, state), world.env)

/** What a person is told of an error. */
export const told = (
  kind: 'create' | 'update' | 'delete' | 'read',
  args: SipConnectionArgs,
  error: ProviderError,
  kept: boolean
): string =>
  whole(
    errorText(
      { kind, customerGuid: args.customerGuid, name: args.siteName, sbcId: args.sbcId },
      error,
      kept,
      startOfTime
    )
  )

const said = (...messages: ReadonlyArray<string>): ReadonlyArray<ExecutionMessage> =>
  messages.map((message) => ({ level: 'Information', message }))

/** What the simulator reports of an Add and of a Modify without a pending task. */
export const addSaid = said(
  'Checking SBC IP Group Programming.',
  'SBC not programmed yet.',
  'Starting SBC Programming.',
  'Sbc is programmed',
  'Site location information saved.'
)
export const modifySaid = said(
  'Skipping SBC CheckIpGroupProgramming.',
  'Starting SBC Programming.',
  'Sbc is programmed',
  'Site location information saved.'
)
/** The same while the task of the write runs. */
export const addSaidPending = addSaid.filter(({ message }) => message !== 'Sbc is programmed')
export const modifySaidPending = modifySaid.filter(({ message }) => message !== 'Sbc is programmed')

/**
 * The state that a write leaves.
 *
 * @param last what is known of the write; default: it went well, began `at` 0 ms after the start of the test, and took one write
 */
export const stateOf = (
  world: World,
  args: SipConnectionArgs,
  siteGuid: string,
  { at = 0, ...last }: Partial<LastOperation> & Pick<LastOperation, 'kind'> & { readonly at?: number },
  more: Partial<SipConnectionState> = {}
): SipConnectionState => ({
  ...args,
  siteGuid,
  tenantId: 'a0a0a0a0-0001-4000-8000-000000000001',
  sbcDeploymentState: '3',
  executionMessages: last.kind === 'create' ? addSaid : last.kind === 'update' ? modifySaid : [],
  sbcProgrammed: true,
  pendingTasks: [],
  platform: world.simulator.url,
  managedKeys: managedKeysOf(args),
  schemaVersion: 1,
  ...more,
  lastOperation: {
    outcome: 'ok',
    startedAt: new Date(startOfTime + at).toISOString(),
    durationMs: writeMs,
    correlationId: nthId(1),
    serverIds: [],
    taskIds: [],
    ...last
  }
})

/** A fault for the calls of a method, or only for those with a part of the path. */
export const onCall = (
  method: string,
  fault: FaultRule['fault'],
  more: FaultRule['match'] & Pick<FaultRule, 'times'> = {}
): FaultRule => {
  const { times, ...match } = more
  return { match: { method, ...match }, fault, ...(times === undefined ? {} : { times }) }
}
