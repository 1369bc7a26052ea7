import * as fs from 'node:fs'
import * as path from 'node:path'
import type { NewSite, Simulator } from '../../../simulator'
import { type Declaration, program, startWorld, type World } from '../../engine/World'
import { succeeded } from '../../support/EngineRun'
import { repositoryRoot } from '../../support/repository'
import type { StackExport } from '../../support/Stack'

/** A state that a version of this package wrote, with what belongs to it. */
export interface StateFixture {
  /** The connections that the program declared, by their resource names. */
  readonly declares: Readonly<Record<string, Declaration>>
  /** What the platform held. */
  readonly sites: readonly NewSite[]
  /** The stack as `pulumi stack export` printed it. */
  readonly state: StackExport
}

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
    const { declares, sites, state } = JSON.parse(textOf(version, name, simulator)) as StateFixture
    stack.setProgram(program(declares))
    for (const site of sites) simulator.addSite(site)
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

/** The world as a fixture. */
export const fixtureOf = async ({ stack, simulator }: World, declares: StateFixture['declares']): Promise<string> => {
  const fixture: StateFixture = {
    declares,
    sites: simulator
      .state()
      .sites.filter(({ name }) => name !== 'headquarters')
      .map(({ order: _1, pending: _2, visibleAt: _3, detailsVisibleAt: _4, ovocCustomerType: _5, ...site }) => site),
    state: withoutPlaces(await stack.export())
  }
  return `${JSON.stringify(fixture, null, 1)}\n`.replaceAll(hostOf(simulator), host)
}
