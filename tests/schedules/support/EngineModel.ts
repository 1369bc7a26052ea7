import { sameJson } from '../../../provider/Json'
import type { Calls } from '../../protocol/support/Marks'
import type { JsonObject } from '../../support/Json'
import { RpcFailure } from '../../support/ProtocolServer'
import { type Program, type Slot, slots } from './Program'

/** The part of Pulumi's engine that decides what a provider is asked, and what of its answers is kept. */

/** A resource of the state. */
interface Entry {
  readonly id: string
  readonly inputs: JsonObject
  readonly outs: JsonObject
}

/** What the engine learns of a run. */
export interface Ended {
  readonly failures: ReadonlyMap<Slot, string>
}

const providerKey = '__provider'

const withoutProvider = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([key]) => key !== providerKey))

/** How a run is going on. */
export interface Life {
  /** Whether answers still reach the engine; what a dead engine is told is lost. */
  readonly listens: () => boolean
  /** Whether the engine begins new operations; an interrupted one ends what is under way. */
  readonly goesOn: () => boolean
}

class CheckFailed extends Error {}

export class EngineModel {
  private readonly entries = new Map<Slot, Entry>()
  operations = 0

  /** The resources of the state, and their ids. */
  kept(): ReadonlyMap<Slot, string> {
    return new Map([...this.entries].map(([slot, { id }]) => [slot, id]))
  }

  /** Creates and changes side by side, then deletes; nothing is deleted when anything has failed before. */
  async up(program: Program, calls: Calls, life: Life): Promise<Ended> {
    const failures = new Map<Slot, string>()
    const declared = slots.filter((slot) => program[slot] !== undefined)
    const each = this.each(failures, life)
    await Promise.all(declared.map((slot) => each(slot, () => this.declared(slot, program, calls, life))))
    if (failures.size > 0) return { failures }
    const gone = [...this.entries.keys()].filter((slot) => program[slot] === undefined)
    await Promise.all(gone.map((slot) => each(slot, () => this.delete(slot, calls, life))))
    return { failures }
  }

  async refresh(calls: Calls, life: Life): Promise<Ended> {
    const failures = new Map<Slot, string>()
    const each = this.each(failures, life)
    await Promise.all([...this.entries.keys()].map((slot) => each(slot, () => this.read(slot, calls, life))))
    return { failures }
  }

  /** What an `up` would do. */
  async preview(program: Program, calls: Calls): Promise<ReadonlyArray<string>> {
    const steps = await Promise.all(
      slots.map(async (slot) => {
        const [args, entry] = [program[slot], this.entries.get(slot)]
        if (args === undefined) return entry === undefined ? [] : [`delete ${slot}`]
        if (entry === undefined) return [`create ${slot}`]
        const step = await this.compared(entry, args as unknown as JsonObject, calls)
        return step.does === 'nothing' ? [] : [`${step.does} ${slot}`]
      })
    )
    return steps.flat()
  }

  private each(failures: Map<Slot, string>, life: Life) {
    return async (slot: Slot, operation: () => Promise<void>): Promise<void> => {
      if (!life.goesOn()) return
      try {
        await operation()
      } catch (error) {
        if (!(error instanceof RpcFailure) && !(error instanceof CheckFailed)) throw error
        failures.set(slot, error.message)
      }
    }
  }

  private async checked(olds: JsonObject, args: JsonObject, calls: Calls): Promise<JsonObject> {
    const { inputs, failures } = await calls.check(olds, args)
    if (failures.length > 0) throw new CheckFailed(failures.map(({ reason }) => reason).join('\n'))
    return inputs
  }

  private async compared(entry: Entry, args: JsonObject, calls: Calls) {
    const inputs = await this.checked(entry.inputs, args, calls)
    const { changes, replaces } = await calls.diff(entry.id, entry.outs, inputs)
    const same = changes === 'none' || (changes === 'unknown' && sameJson(entry.inputs, inputs))
    return { inputs, does: same ? 'nothing' : replaces.length > 0 ? 'replace' : 'update' } as const
  }

  private async declared(slot: Slot, program: Program, calls: Calls, life: Life): Promise<void> {
    const args = program[slot] as unknown as JsonObject
    const entry = this.entries.get(slot)
    if (entry === undefined) return this.create(slot, await this.checked({}, args, calls), calls, life)
    const { inputs, does } = await this.compared(entry, args, calls)
    if (does === 'nothing') this.keep(slot, { ...entry, inputs }, life)
    else if (does === 'update') await this.update(slot, entry, inputs, calls, life)
    else {
      const anew = await this.checked({}, args, calls)
      await this.delete(slot, calls, life)
      await this.create(slot, anew, calls, life)
    }
  }

  private async create(slot: Slot, inputs: JsonObject, calls: Calls, life: Life): Promise<void> {
    if (!life.goesOn()) return
    this.operations += 1
    try {
      const { id, outs } = await calls.create(inputs)
      this.keep(slot, { id, inputs, outs }, life)
    } catch (error) {
      this.keepPart(slot, inputs, error, life)
    }
  }

  private async update(slot: Slot, { id, outs: olds }: Entry, inputs: JsonObject, calls: Calls, life: Life) {
    this.operations += 1
    try {
      this.keep(slot, { id, inputs, outs: await calls.update(id, olds, inputs) }, life)
    } catch (error) {
      this.keepPart(slot, inputs, error, life)
    }
  }

  private async delete(slot: Slot, calls: Calls, life: Life): Promise<void> {
    const entry = this.entries.get(slot)
    if (entry === undefined) return
    this.operations += 1
    await calls.delete(entry.id, entry.outs)
    if (life.listens()) this.entries.delete(slot)
  }

  private async read(slot: Slot, calls: Calls, life: Life): Promise<void> {
    const entry = this.entries.get(slot)
    if (entry === undefined) return
    this.operations += 1
    const { id, props, inputs } = await calls.read(entry.id, entry.outs)
    if (!life.listens()) return
    if (id === '') this.entries.delete(slot)
    else this.entries.set(slot, { id, outs: props, inputs: inputs ?? entry.inputs })
  }

  private keep(slot: Slot, entry: Entry, life: Life): void {
    if (life.listens()) this.entries.set(slot, entry)
  }

  /** A failure keeps the connection when it says so; of every other one only the old state is left. */
  private keepPart(slot: Slot, inputs: JsonObject, error: unknown, life: Life): never {
    if (error instanceof RpcFailure && error.initFailed !== undefined) {
      const { id, properties } = error.initFailed
      this.keep(slot, { id, inputs, outs: withoutProvider(properties) }, life)
    }
    throw error
  }
}
