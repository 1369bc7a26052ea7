import { sameJson } from '../../provider/Json'
import { STATIC_TOKEN, type Simulator, startSimulator } from '../../simulator'
import type { Json, JsonObject } from '../support/Json'
import type { Own } from './Differences'
import type { Does, Ended, Entry } from './Engine'
import { type Host, providerKey } from './Host'
import { type Scenario, type Step, type World, moves } from './Scenario'
import { holdingsOf, type Sent, sentOf, steady } from './Steady'

/** A scenario on one host: what was seen, step by step. */

/** What both hosts must have in common. */
export interface Seen {
  readonly step: string
  readonly does?: Does
  readonly code?: number
  readonly sent: readonly Sent[]
  readonly says: readonly string[]
  readonly warns: readonly string[]
  readonly differs?: boolean
  readonly replaces?: readonly string[]
  /** Of a resource that moves: what it keeps of the dynamic host. */
  readonly texts?: Json
  /** The resource in the state, its secrets marked. */
  readonly entry: Json
}

/** What a host has of its own. */
export type Owned = Partial<Readonly<Record<Own, Json>>>

export interface Run {
  readonly steps: readonly Seen[]
  readonly own: readonly Owned[]
  /** All that the platform holds at the end. */
  readonly platform: JsonObject
  /** What is wrong with the detailed diffs. */
  readonly mistakes: readonly string[]
}

/** Waits are short, since the platform is near, and no request waits for its turn. */
const usual = {
  programTimeout: '2',
  operationTimeout: '3',
  pollInterval: '0.01',
  maxRetries: '1',
  requestsPerSecond: '0'
}

const without = (key: string, { [key]: _value, ...properties }: JsonObject): JsonObject => properties

/** The resource without what a host has of its own in it. */
const stateOf = (entry: Entry | undefined, does?: Does): Json => {
  if (entry === undefined) return null
  const { id, failed } = entry
  const [inputs, outputs] = [without(providerKey, entry.inputs), without(providerKey, entry.outputs)]
  return { id, failed, inputs, outputs: does === 'found' ? without('managedKeys', outputs) : outputs }
}

const below = (path: string, key: string): string =>
  !/^\w+$/.test(key) ? `${path}[${JSON.stringify(key)}]` : path === '' ? key : `${path}.${key}`

/** Paths of all that holds no further values, in the engine's notation. */
const leavesOf = (value: Json | undefined, path = ''): readonly (readonly [string, Json])[] => {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [[path, value]]
  const entries = Array.isArray(value)
    ? (value as readonly Json[]).map((item, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(value).map(([key, item]): readonly [string, Json] => [below(path, key), item])
  return entries.length === 0 ? [[path, value]] : entries.flatMap(([key, item]) => leavesOf(item, key))
}

const isWithin = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)

/** A detailed diff that misses a changed property, or names one that has not changed. */
const mistakesIn = ({ diff }: Ended): readonly string[] => {
  if (diff?.detail === undefined || 'lastOperation.outcome' in diff.detail) return []
  const [before, after] = [new Map(leavesOf(diff.before)), new Map(leavesOf(diff.after))]
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => !sameJson(before.get(path), after.get(path))
  )
  const named = Object.keys(diff.detail)
  return [
    ...changed.filter((path) => !named.some((outer) => isWithin(path, outer))).map((path) => `does not name ${path}`),
    ...named.filter((outer) => !changed.some((path) => isWithin(path, outer))).map((path) => `names ${path}`)
  ]
}

/** The text of the dynamic provider, which a resource keeps on its way to the plugin. */
const textsIn = ({ inputs, outputs }: Entry): Json => [inputs[providerKey] ?? null, outputs[providerKey] ?? null]

const ownOf = (ended: Ended | undefined, entry: Entry | undefined, hasMoved: boolean): Owned => ({
  ...ended?.own,
  ...(ended?.diff === undefined ? {} : { detail: { ...ended.diff.detail }, changes: ended.diff.changes }),
  ...(ended?.previewed === undefined ? {} : { previewed: ended.previewed }),
  ...(ended?.does === 'found' ? { managedKeys: ended.entry?.outputs.managedKeys ?? null } : {}),
  ...(entry === undefined || hasMoved ? {} : { providerText: textsIn(entry) })
})

const seenOf = (
  step: Step,
  ended: Ended | undefined,
  sent: readonly Sent[],
  warns: readonly string[],
  entry: Entry | undefined
): Seen => ({
  step: step.name,
  ...(ended === undefined ? {} : { does: ended.does }),
  ...(ended?.code === undefined ? {} : { code: ended.code }),
  sent,
  says: ended?.says ?? [],
  warns,
  ...(ended?.diff === undefined
    ? {}
    : { differs: ended.diff.changes !== 'none', replaces: [...ended.diff.replaces].sort() }),
  entry: stateOf(entry, ended?.does)
})

type Settings = Readonly<Record<string, string | null>>

/** The stack of a scenario, and how a command begins: in a process of its own, which knows nothing yet; another configuration has the same effect. */
const stackOf = (scenario: Scenario, platform: Simulator, goal: Host, first: Host) => {
  let told: { readonly settings: Settings; readonly instance?: string } = { settings: {} }
  let commands = 0
  const begin = (): Promise<readonly string[]> => {
    commands += 1
    const settings: Settings = {
      ...usual,
      baseUrl: platform.url,
      accessToken: STATIC_TOKEN,
      requestTimeout: `2.${'0'.repeat(commands)}`,
      ...told.settings
    }
    const given = Object.entries(settings).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))
    return world.host.configure(Object.fromEntries(given), told.instance)
  }
  const world: World = {
    platform,
    kind: scenario.kind,
    host: scenario.steps.includes(moves) ? first : goal,
    goal,
    entry: undefined,
    configure: (settings, instance) => {
      told = { settings, ...(instance === undefined ? {} : { instance }) }
      return begin()
    }
  }
  return { world, begin }
}

/** Runs a scenario from a fresh platform on. A stack that moves begins on the first of the hosts. */
export const run = async (scenario: Scenario, goal: Host, first: Host = goal): Promise<Run> => {
  const platform = await startSimulator({ switches: scenario.switches })
  const { world, begin } = stackOf(scenario, platform, goal, first)
  const hasMoved = scenario.steps.includes(moves)
  const steps: Seen[] = []
  const own: Owned[] = []
  const mistakes: string[] = []
  try {
    for (const step of scenario.steps) {
      await begin()
      platform.clearRequests()
      const ended = await step.run(world)
      if (ended !== undefined) world.entry = ended.entry
      const notices = await world.host.notices()
      const seen = seenOf(step, ended, sentOf(platform.requests()), notices, world.entry)
      const texts = hasMoved && world.entry !== undefined ? { texts: textsIn(world.entry) } : {}
      steps.push(steady({ ...seen, ...texts }, platform))
      own.push(steady(ownOf(ended, world.entry, hasMoved), platform))
      for (const mistake of ended === undefined ? [] : mistakesIn(ended))
        mistakes.push(`step ${steps.length}, ${step.name}: ${mistake}`)
    }
    return { steps, own, platform: steady(holdingsOf(platform), platform), mistakes }
  } finally {
    await platform.close()
  }
}

/** All refusals are stated, one by one; of an error some phrases. */
const isSaid = (phrases: readonly string[], { does, says }: Seen): boolean =>
  does === 'refused'
    ? phrases.length === says.length && phrases.every((phrase, index) => says[index]?.includes(phrase))
    : phrases.length > 0 && phrases.every((phrase) => says.join('\n').includes(phrase))

/** The steps as far as a scenario states what must come of them. */
export const essentials = ({ steps, own }: Run, scenario: Scenario, isDetailed: boolean): readonly Json[] =>
  scenario.steps.map(({ name, expected }, index): Json => {
    const seen = steps[index]
    if (expected === undefined || seen === undefined) return { step: name }
    const phrases = expected.says === undefined ? [] : [expected.says].flat()
    const warned = seen.warns.join('\n')
    return {
      step: name,
      does: seen.does ?? null,
      sends: seen.sent.map(({ short }) => short).join(', '),
      says: isSaid(phrases, seen) ? phrases : seen.says,
      warns: expected.warns !== undefined && warned.includes(expected.warns) ? expected.warns : warned,
      changes: isDetailed && expected.changes !== undefined ? Object.keys(own[index]?.detail ?? {}).sort() : []
    }
  })

/** The same of what a scenario states. */
export const stated = (scenario: Scenario, isDetailed: boolean): readonly Json[] =>
  scenario.steps.map(({ name, expected }): Json =>
    expected === undefined
      ? { step: name }
      : {
          step: name,
          does: expected.does,
          sends: expected.sends ?? '',
          says: expected.says === undefined ? [] : [expected.says].flat(),
          warns: expected.warns ?? '',
          changes: isDetailed ? [...(expected.changes ?? [])].sort() : []
        }
  )

/** Whether the host did what the scenario states. */
export const isAsStated = (run: Run, scenario: Scenario, isDetailed: boolean): boolean =>
  sameJson(essentials(run, scenario, isDetailed), stated(scenario, isDetailed))
