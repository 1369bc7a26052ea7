import type { Simulator, Switches } from '../../simulator'
import type { JsonObject } from '../support/Json'
import * as Engine from './Engine'
import { type Host, type Kind, providerKey } from './Host'
import { importFileOf } from './ImportFile'

/** What can be told to a host, and what must come of it. */

/** A resource of a stack, its platform, and the process that serves it. */
export interface World {
  readonly platform: Simulator
  readonly kind: Kind
  /** Changes when the stack moves to another host. */
  host: Host
  /** The host that the run is about. */
  readonly goal: Host
  entry: Engine.Entry | undefined
  readonly configure: (
    settings: Readonly<Record<string, string | null>>,
    instance?: string
  ) => Promise<readonly string[]>
}

export type Args = JsonObject | ((world: World) => JsonObject)

/** What must come of a step. */
export interface Expected {
  readonly does: Engine.Does
  /** The requests in short and in their order; default none. */
  readonly sends?: string
  /** A phrase of the first line of the error or of the refusals; default: no error. */
  readonly says?: string | readonly string[]
  /** A phrase of the notices; default: no notice. */
  readonly warns?: string
  /** The changed properties, as the plugin must name them. */
  readonly changes?: readonly string[]
}

export interface Step {
  readonly name: string
  readonly run: (world: World) => Promise<Engine.Ended | undefined>
  readonly expected?: Expected
}

export interface Scenario {
  readonly name: string
  readonly kind: Kind
  readonly switches?: Partial<Switches>
  readonly steps: readonly Step[]
}

const argsOf = (args: Args, world: World): JsonObject => (typeof args === 'function' ? args(world) : args)

/** The resource in the state; an error when there is none. */
export const entryOf = ({ entry }: World): Engine.Entry => {
  if (entry === undefined) throw new Error('there is no resource in the state')
  return entry
}

/** `pulumi up` of a program that declares the resource. */
export const up = (args: Args, expected: Expected): Step => ({
  name: 'up',
  run: (world) => Engine.up(world.host, world.kind, world.entry, argsOf(args, world)),
  expected
})

/** `pulumi preview`. Nothing may be sent. */
export const preview = (args: Args, expected: Expected): Step => ({
  name: 'preview',
  run: (world) => Engine.preview(world.host, world.kind, world.entry, argsOf(args, world)),
  expected
})

/** `pulumi refresh`. */
export const refresh = (expected: Expected): Step => ({
  name: 'refresh',
  run: (world) => Engine.refresh(world.host, world.kind, entryOf(world)),
  expected
})

/** `pulumi destroy`. */
export const destroy = (expected: Expected): Step => ({
  name: 'destroy',
  run: (world) => Engine.destroy(world.host, world.kind, entryOf(world)),
  expected
})

/** `SipConnection.get(…)` and its like. */
export const get = (id: string, args: JsonObject, expected: Expected): Step => ({
  name: 'get',
  run: (world) => Engine.get(world.host, world.kind, id, args),
  expected
})

/** A create whose inputs have not gone through a check, which no engine sends: what follows is a defect. */
export const unchecked = (args: JsonObject, expected: Expected): Step => ({
  name: 'create without a check',
  run: async (world) => {
    const { code, ...ended } = await Engine.create(world.host, world.kind, args)
    return { ...ended, own: { ...ended.own, code: code ?? null } }
  },
  expected
})

/** `audiocodes-live export` and `pulumi import --file` of the first resource of this kind in it. */
export const imports = (expected: Expected): Step => ({
  name: 'import --file',
  run: async (world) => {
    const file = await importFileOf(world.platform, world.kind)
    world.platform.clearRequests()
    return Engine.imported(world.host, world.kind, file)
  },
  expected
})

const silent = (name: string, act: (world: World) => void): Step => ({
  name,
  run: (world) => {
    act(world)
    return Promise.resolve(undefined)
  }
})

/** Something happens on the platform, behind Pulumi's back, or is made to go wrong there. */
export const meanwhile = (act: (platform: Simulator, id: string) => void): Step =>
  silent('meanwhile', ({ platform, entry }) => {
    act(platform, entry?.id ?? '')
  })

/** The state is edited, or is another one. */
export const state = (change: (entry: Engine.Entry | undefined, world: World) => Engine.Entry | undefined): Step =>
  silent('state', (world) => {
    world.entry = change(world.entry, world)
  })

/** Another configuration; null takes a key away. The check of a configuration tells what is wrong with it. */
export const config = (
  settings:
    Readonly<Record<string, string | null>> | ((platform: Simulator) => Readonly<Record<string, string | null>>),
  { instance, wrong }: { readonly instance?: string; readonly wrong?: string } = {}
): Step => ({
  name: 'config',
  run: async (world) => {
    const told = await world.configure(typeof settings === 'function' ? settings(world.platform) : settings, instance)
    // It is told by the same words as the failure of a resource, which the next step tells.
    const isRight =
      wrong === undefined ? told.length === 0 : told.length === 0 || told.some((line) => line.includes(wrong))
    if (!isRight) throw new Error(`the check of the configuration says: ${told.join(' ')}`)
    return {
      entry: world.entry,
      does: 'nothing',
      says: [],
      ...(wrong === undefined ? {} : { own: { configuration: told } })
    }
  },
  expected: { does: 'nothing' }
})

/** The stack moves from the classes of the dynamic host to those of the plugin. */
export const moves: Step = silent('moves', (world) => {
  if (world.entry !== undefined && !(providerKey in world.entry.inputs))
    throw new Error('this is no state of the dynamic host')
  world.host = world.goal
})
