import type { FleetEntry, SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import type { FleetState } from '../../../provider/fleet/State'
import { resources } from '../../../provider/resources'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { GraphModel } from '../../schedules/support/GraphModel'
import { resourceCalls } from '../../schedules/support/ResourceCalls'
import type { JsonObject } from '../../support/Json'
import type { TestEnv } from '../../support/TestEnv'
import { type World, acme } from '../support/Simulated'

/** A stack with one fleet: the engine's decisions by a model of it, the core in this process, and real HTTP to the simulator. */

/** What an Add carries as a whole, so that a creation is a `POST` and a `GET`. */
export const connection = (siteName: string, more: Partial<SipConnectionArgs> = {}): SipConnectionArgs => ({
  customerGuid: acme,
  siteName,
  sbcId: 5,
  cacProfile: '5 sessions',
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 },
  ...more
})

/** Connections that are called as their entries. */
export const connections = (
  names: ReadonlyArray<string>,
  more: Partial<SipConnectionArgs> = {}
): Readonly<Record<string, FleetEntry>> => Object.fromEntries(names.map((name) => [name, connection(name, more)]))

/** `a1`, `a2`, … */
export const numbered = (prefix: string, count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)

const name = 'fleet'
const always = { listens: () => true, goesOn: () => true }

/** What a run came to. */
export interface Ran {
  /** `created`, `updated`, `deleted`, `nothing`, `failed`. */
  readonly done: string
  /** The text of a failed run, line by line and without blanks in front; empty when it went well. */
  readonly said: ReadonlyArray<string>
  /** Requests by kind. */
  readonly sent: Readonly<Record<string, number>>
}

export interface FleetStack {
  readonly up: (args: SipConnectionFleetArgs, process?: TestEnv) => Promise<Ran>
  readonly refresh: (process?: TestEnv) => Promise<Ran>
  readonly destroy: (process?: TestEnv) => Promise<Ran>
  /** What a preview shows: `update fleet`; empty when all is as declared. */
  readonly preview: (args: SipConnectionFleetArgs) => Promise<ReadonlyArray<string>>
  readonly state: () => FleetState
  readonly inputs: () => SipConnectionFleetArgs
  /** Begins an up whose provider is killed on the way: the engine keeps what it had, and nobody waits for the end. */
  readonly doomed: (args: SipConnectionFleetArgs, process: TestEnv) => void
}

const countedBy = (all: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const each of all) counts[each] = (counts[each] ?? 0) + 1
  return counts
}

/** Times, ids and the address, which depend on the course of the test. */
const plain = (line: string): string =>
  line
    .trim()
    .replace(/http:\/\/127\.0\.0\.1:\d+\/tenantui/g, '<platform>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')

export const fleetStack = (world: Pick<World, 'process' | 'calls' | 'forget'>): FleetStack => {
  const engine = new GraphModel()
  const declarations = (args: SipConnectionFleetArgs) => ({
    [name]: { resource: 'sipConnectionFleet' as const, args: args as unknown as JsonObject }
  })
  const calls = (process: TestEnv) => (resource: keyof typeof resources) =>
    resourceCalls(resources[resource], process.env)
  const entry = () => {
    const found = engine.kept().get(name)
    if (found === undefined) throw new Error('there is no fleet in the state')
    return found
  }
  const observed = async (run: () => ReturnType<GraphModel['refresh']>): Promise<Ran> => {
    world.forget()
    const { failures, done } = await run()
    const failure = failures.get(name)
    return {
      done: failure === undefined ? (done.get(name) ?? 'nothing') : 'failed',
      said: failure === undefined ? [] : failure.split('\n').map(plain),
      sent: countedBy(world.calls())
    }
  }
  return {
    up: (args, process = world.process()) => observed(() => engine.up(declarations(args), calls(process), always)),
    refresh: (process = world.process()) => observed(() => engine.refresh(calls(process), always)),
    destroy: (process = world.process()) => observed(() => engine.up({}, calls(process), always)),
    preview: (args) => engine.preview(declarations(args), calls(world.process())),
    state: () => entry().outs as unknown as FleetState,
    inputs: () => entry().inputs as unknown as SipConnectionFleetArgs,
    doomed: (args, process) => {
      void engine.up(declarations(args), calls(process), { ...always, listens: () => false })
    }
  }
}

/** The names and profiles of the connections of all customers, in their order. */
export const profiles = (world: World): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    world.simulator
      .state()
      .sites.filter(({ name: siteName }) => siteName !== 'headquarters')
      .map(({ name: siteName, cacProfile }) => [siteName, cacProfile])
  )
