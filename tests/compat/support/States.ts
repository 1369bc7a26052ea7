import * as fs from 'node:fs'
import * as path from 'node:path'
import { customerGuids, type DialPlanRule, type NewCustomer, type NewSite, type Simulator } from '../../../simulator'
import { type Declaration, program, startWorld, type World } from '../../engine/World'
import { succeeded } from '../../support/EngineRun'
import { repositoryRoot } from '../../support/repository'
import type { StackExport } from '../../support/Stack'

/** A state that a version of this package wrote, with what belongs to it. */
export interface StateFixture {
  /** The connections that the program declared, by their resource names. */
  readonly declares: Readonly<Record<string, Declaration>>
  /** What else it declared, as JavaScript, see `program`. */
  readonly more?: string
  /** What the platform held. */
  readonly sites: readonly NewSite[]
  /** Services that a simulator does not have from the start. */
  readonly customers?: readonly NewCustomer[]
  readonly dialPlans?: readonly DialPlan[]
  /** The stack as `pulumi stack export` printed it. */
  readonly state: StackExport
}

interface DialPlan {
  readonly siteGuid: string
  readonly name: string
  readonly rules: readonly DialPlanRule[]
}

/** The files of every version, without their ending. */
export const fixtures = ['customer', 'customer-unfinished', 'fleet', 'settled', 'unfinished'] as const

/** The folder of the fixtures: one folder a version, in which each file is a stack. */
export const statesFolder = path.join(repositoryRoot, 'tests', 'fixtures', 'states')

/** Decrypts the secrets of every fixture. They are made up. */
export const passphrase = 'states of released versions'

/** Stands in a fixture where its platform's host and port stood, since those of the simulator change from run to run. */
export const host = '{{host}}'

const hostOf = (simulator: Simulator): string => `127.0.0.1:${simulator.port}`

export const versions = (): readonly string[] =>
  fs
    .readdirSync(statesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** The text of a fixture for a simulator, or, without one, as it lies in its file. */
export const textOf = (version: string, name: string, simulator?: Simulator): string => {
  const text = fs.readFileSync(path.join(statesFolder, version, `${name}.json`), 'utf8')
  return simulator === undefined ? text : text.replaceAll(host, hostOf(simulator))
}

/**
 * The world of a fixture: a stack with its state and its program, and a simulator that holds its connections.
 * @param change made to the text of the state before it is imported
 */
export const worldOf = async (
  version: string,
  name: string,
  change: (state: string) => string = (state) => state
): Promise<World> => {
  const world = await startWorld({ program: '', env: { PULUMI_CONFIG_PASSPHRASE: passphrase } })
  const { stack, simulator } = world
  try {
    const fixture = JSON.parse(textOf(version, name, simulator)) as StateFixture
    const { declares, more, sites, customers = [], dialPlans = [], state } = fixture
    stack.setProgram(program(declares, more))
    for (const customer of customers) simulator.addCustomer(customer)
    for (const site of sites) simulator.addSite(site)
    for (const { siteGuid, name: plan, rules } of dialPlans) simulator.editDialPlan(siteGuid, plan, { add: rules })
    const file = path.join(stack.directory, 'import.json')
    fs.writeFileSync(file, change(JSON.stringify(state)))
    succeeded(await stack.run(['stack', 'import', '--file', file]))
    return world
  } catch (error) {
    await world.end()
    throw error
  }
}

/** The state without the lines of code that declared its resources, which name folders of the machine. The engine needs none. */
const withoutPlaces = ({ version, deployment }: StackExport): StackExport => ({
  version,
  deployment: {
    ...deployment,
    resources: (deployment.resources ?? []).map(({ sourcePosition: _1, stackTrace: _2, ...resource }) => resource)
  }
})

/** The services that were made, as one makes them in the portal. */
const madeCustomers = (simulator: Simulator): readonly NewCustomer[] => {
  const seeded: readonly string[] = Object.values(customerGuids)
  return simulator
    .state()
    .customers.filter(({ guid }) => !seeded.includes(guid))
    .map(({ order: _order, ...customer }) => customer)
}

/** The world as a fixture. */
export const fixtureOf = async (
  { stack, simulator }: World,
  { declares, more }: Pick<StateFixture, 'declares' | 'more'>
): Promise<string> => {
  const fixture: StateFixture = {
    declares,
    ...(more === undefined ? {} : { more }),
    sites: simulator
      .state()
      .sites.filter(({ name }) => name !== 'headquarters')
      .map(({ order: _1, pending: _2, visibleAt: _3, detailsVisibleAt: _4, ovocCustomerType: _5, ...site }) => site),
    ...(more === undefined ? {} : { customers: madeCustomers(simulator), dialPlans: simulator.state().dialPlans }),
    state: withoutPlaces(await stack.export())
  }
  return `${JSON.stringify(fixture, null, 1)}\n`.replaceAll(hostOf(simulator), host)
}
