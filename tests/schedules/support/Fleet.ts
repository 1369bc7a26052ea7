import type { Rollout } from '../../../provider/fleet/Args'
import { connectionPath } from '../../../provider/fleet/Check'
import { sameJson } from '../../../provider/Json'
import { resources } from '../../../provider/resources'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import type { Switches } from '../../../simulator'
import type { JsonObject } from '../../support/Json'
import { testClock } from '../../support/TestEnv'
import { CoreProcess, StepPlatform } from './Core'
import type { Driver, Outcome } from './Driver'
import { type CallsOf, type Declarations, GraphModel } from './GraphModel'
import { type Program, type Slot, slots } from './Program'
import { resourceCalls } from './ResourceCalls'

/** The first level once more, with the connections of the program as the entries of one fleet. */

/** How the fleet of a schedule is declared, and how its host is. */
export interface Manner {
  readonly rollout: Rollout
  /** The host is told when the run is interrupted, as the plugin is. */
  readonly hears: boolean
}

/** Another profile is another name for the entry: names are the program's own. */
const entryName = (slot: Slot, { cacProfile }: SipConnectionArgs): string =>
  cacProfile === undefined ? slot : `${slot} ${cacProfile}`

const slotOf = (name: string): Slot => name.slice(0, 1) as Slot

type Entry = readonly [name: string, args: SipConnectionArgs]

const entriesOf = (program: Program): ReadonlyArray<Entry> =>
  slots.flatMap((slot) => {
    const args = program[slot]
    return args === undefined ? [] : [[entryName(slot, args), args] as const]
  })

/** What all entries declare alike are the defaults; `adopt: true` of all is that of the fleet. */
const declarations = (program: Program, { rollout }: Manner): Declarations => {
  const entries = entriesOf(program)
  const [first] = entries
  if (first === undefined) return {}
  const defaults: JsonObject = Object.fromEntries(
    Object.entries(first[1] as unknown as JsonObject).filter(([key, value]) =>
      entries.every(([, args]) => sameJson(args[key as keyof SipConnectionArgs], value))
    )
  )
  const { adopt, ...shared } = defaults
  const own = (args: SipConnectionArgs): object =>
    Object.fromEntries(Object.entries(args).filter(([key]) => !(key in defaults)))
  const args = {
    defaults: { ...shared, ...(adopt === undefined || adopt === true ? {} : { adopt }) },
    connections: Object.fromEntries(entries.map(([name, each]) => [name, own(each)])),
    rollout,
    ...(adopt === true ? { adopt } : {})
  }
  return { fleet: { resource: 'sipConnectionFleet', args: args as unknown as JsonObject } }
}

type Texts = Readonly<Record<string, string>>

/** The connections that the state has. */
const keptIn = (engine: GraphModel): ReadonlyMap<string, string> => {
  const { siteGuids = {}, leftovers = {} } = engine.kept().get('fleet')?.outs ?? {}
  return new Map([
    ...Object.entries(siteGuids as Texts).map(([name, guid]) => [slotOf(name), guid] as const),
    ...Object.keys(leftovers as object).map((guid) => [`left ${guid}`, guid] as const)
  ])
}

/** What a text says of one entry; none: nothing. */
const saidOf = (name: string, text: string): ReadonlyArray<string> => {
  const lines = text.split(/\n|; (?=connections)/)
  const path = `${connectionPath(name)}.`
  const next = lines.filter((line) => line.includes('Next: '))
  const found = lines.flatMap((line) => {
    const existing = new RegExp(`${name} \\(site \\S+ of customer [^)]*\\)`).exec(line)?.[0]
    if (existing !== undefined) return [existing, ...next]
    const isAboutMany = new RegExp(`connections: \\d+ entries \\(([^)]*, )?${name}[,)]`).test(line)
    return isAboutMany || line.includes(path) || line.includes(`Failed: ${name}: `) ? [line] : []
  })
  return found
}

/** What a failed run says, by what it says it of; a text that names nobody is about the first. */
const failuresOf = (text: string | undefined, program: Program): ReadonlyMap<Slot, string> => {
  if (text === undefined) return new Map()
  const said = entriesOf(program).flatMap(([name]) => {
    const lines = saidOf(name, text)
    return lines.length === 0 ? [] : [[slotOf(name), lines.join('\n')] as const]
  })
  return new Map(said.length === 0 ? [[slotOf(entriesOf(program)[0]?.[0] ?? 'a'), text]] : said)
}

/** The connections of a fleet, with a platform, an engine and a clock of its own. */
export const fleetDriver = (switches: Partial<Switches>, manner: Manner): Driver => {
  const clock = testClock()
  const platform = new StepPlatform(switches, clock.now)
  const engine = new GraphModel()
  const callsOf =
    ({ test }: CoreProcess): CallsOf =>
    (resource) =>
      resourceCalls(resources[resource], test.env, slots.length)
  const died = { failures: new Map<string, string>() }
  return {
    platform,
    run: async (what, program, { faults, kill }): Promise<Outcome> => {
      platform.arm(faults)
      const process = new CoreProcess(platform, clock, kill, manner.hears)
      const ran =
        what === 'up'
          ? engine.up(declarations(program, manner), callsOf(process), process.life)
          : engine.refresh(callsOf(process), process.life)
      const { failures } = await Promise.race([ran, process.death.then(() => died)])
      platform.arm([])
      const { killed } = process
      return {
        ok: failures.size === 0 && !killed,
        killed,
        failures: failuresOf(failures.get('fleet'), program),
        kept: keptIn(engine),
        seen: [process.seen(), ...failures.values()].join('\n')
      }
    },
    preview: (program) =>
      engine.preview(declarations(program, manner), callsOf(new CoreProcess(platform, clock, null))),
    rest: () => {
      clock.advance(600_000)
      return Promise.resolve()
    },
    operations: () => engine.operations,
    struck: () => platform.strikes
  }
}
