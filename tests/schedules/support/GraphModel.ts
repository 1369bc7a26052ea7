import { sameJson } from '../../../provider/Json'
import type { resources } from '../../../provider/resources'
import type { Calls } from '../../protocol/support/Marks'
import type { JsonObject } from '../../support/Json'
import { RpcFailure } from '../../support/ProtocolServer'
import { unknowns } from '../../support/unknowns'
import type { Life } from './EngineModel'

/**
 * The part of Pulumi's engine that decides what a provider is asked, for a program of several resources that depend on each other: what waits for what, what
 * goes with a replacement, and what is kept.
 */

export type ResourceName = keyof typeof resources

/** A resource in a program. */
export interface Declared {
  readonly resource: ResourceName
  readonly args: JsonObject
  /** Inputs that are outputs of another resource: its name in the program, and the name of the output. */
  readonly from?: Readonly<Record<string, readonly [of: string, output: string]>>
  /** Names of resources that it needs without taking a value of them. */
  readonly dependsOn?: ReadonlyArray<string>
}

/** Resources by their name in the program. */
export type Declarations = Readonly<Record<string, Declared>>

/** A resource of the state. */
export interface Entry extends Omit<Declared, 'args'> {
  readonly id: string
  readonly inputs: JsonObject
  readonly outs: JsonObject
}

/** What a run did. */
export interface Ended {
  readonly failures: ReadonlyMap<string, string>
  /** What was done to each resource that something was done to: `created`, `updated`, `deleted`, `replaced`. */
  readonly done: ReadonlyMap<string, string>
  /** What was to be deleted, and is not known to be gone. */
  readonly undeleted: ReadonlySet<string>
}

/** The calls of a resource in one provider process. */
export type CallsOf = (resource: ResourceName) => Calls

class CheckFailed extends Error {}

/** A step that was not made because another one had failed, or the run was over. */
class Blocked extends Error {}

const needs = ({ from = {}, dependsOn = [] }: Omit<Declared, 'args'>): ReadonlyArray<string> => [
  ...new Set([...Object.values(from).map(([of]) => of), ...dependsOn])
]

interface Running extends Ended {
  readonly failures: Map<string, string>
  readonly done: Map<string, string>
  readonly undeleted: Set<string>
  readonly program: Declarations
  readonly calls: CallsOf
  readonly life: Life
}

export class GraphModel {
  private readonly entries = new Map<string, Entry>()
  operations = 0

  /** The resources of the state. */
  kept(): ReadonlyMap<string, Entry> {
    return new Map(this.entries)
  }

  /** Drops a resource from the state, and leaves it where it is. */
  forget(name: string): void {
    this.entries.delete(name)
  }

  /** Creates and changes, each after what it needs; then deletes, each before what it needs, unless anything has failed before. */
  async up(program: Declarations, calls: CallsOf, life: Life): Promise<Ended> {
    const run: Running = { failures: new Map(), done: new Map(), undeleted: new Set(), program, calls, life }
    await this.eachAfter(
      Object.keys(program),
      (name) => needs(program[name] as Declared),
      run,
      (name) => this.declared(name, run)
    )
    if (run.failures.size > 0) return run
    const gone = [...this.entries.keys()].filter((name) => program[name] === undefined)
    await this.eachAfter(
      gone,
      (name) => this.neededBy(name),
      run,
      async (name) => {
        await this.delete(name, run)
        run.done.set(name, 'deleted')
      }
    )
    return run
  }

  async refresh(calls: CallsOf, life: Life): Promise<Ended> {
    const run: Running = { failures: new Map(), done: new Map(), undeleted: new Set(), program: {}, calls, life }
    await this.eachAfter(
      [...this.entries.keys()],
      () => [],
      run,
      (name) => this.read(name, run)
    )
    return run
  }

  /** What an `up` would do, a line each. */
  async preview(program: Declarations, calls: CallsOf): Promise<ReadonlyArray<string>> {
    const steps = await Promise.all(
      Object.entries(program).map(async ([name, declared]) => {
        const entry = this.entries.get(name)
        if (entry === undefined) return [`create ${name}`]
        const { does } = await this.compared(entry, declared, calls)
        return does === 'nothing' ? [] : [`${does} ${name}`]
      })
    )
    const gone = [...this.entries.keys()].filter((name) => program[name] === undefined)
    return [...steps.flat(), ...gone.map((name) => `delete ${name}`)]
  }

  /** Makes a step for each of these, side by side, but after the step of what it waits for, and not when that has failed. */
  private async eachAfter(
    names: ReadonlyArray<string>,
    waitsFor: (name: string) => ReadonlyArray<string>,
    run: Running,
    step: (name: string) => Promise<void>
  ): Promise<void> {
    const steps = new Map<string, Promise<boolean>>()
    const begin = (name: string): Promise<boolean> => {
      const begun = steps.get(name) ?? end(name)
      steps.set(name, begun)
      return begun
    }
    const end = async (name: string): Promise<boolean> => {
      const first = waitsFor(name).filter((other) => names.includes(other))
      return (await Promise.all(first.map(begin))).every(Boolean) && this.attempted(name, run, step)
    }
    await Promise.all(names.map(begin))
  }

  private async attempted(name: string, run: Running, step: (name: string) => Promise<void>): Promise<boolean> {
    if (!run.life.goesOn()) return false
    try {
      await step(name)
      return true
    } catch (error) {
      if (error instanceof RpcFailure || error instanceof CheckFailed) run.failures.set(name, error.message)
      else if (!(error instanceof Blocked)) throw error
      return false
    }
  }

  /** Names of the resources of the state that need this one. */
  private neededBy(name: string): ReadonlyArray<string> {
    return [...this.entries].filter(([, entry]) => needs(entry).includes(name)).map(([other]) => other)
  }

  /** The inputs of a resource, with what it takes from others as far as that is known. */
  private resolved({ args, from = {} }: Declared): JsonObject {
    return {
      ...args,
      ...Object.fromEntries(
        Object.entries(from).map(([input, [of, output]]) => {
          const entry = this.entries.get(of)
          return [input, entry === undefined ? unknowns.string : (entry.outs[output] ?? null)]
        })
      )
    }
  }

  private async checked(olds: JsonObject, args: JsonObject, calls: Calls): Promise<JsonObject> {
    const { inputs, failures } = await calls.check(olds, args)
    if (failures.length > 0) throw new CheckFailed(failures.map(({ reason }) => reason).join('\n'))
    return inputs
  }

  private async compared(entry: Entry, declared: Declared, callsOf: CallsOf) {
    const calls = callsOf(declared.resource)
    const inputs = await this.checked(entry.inputs, this.resolved(declared), calls)
    const { changes, replaces } = await calls.diff(entry.id, entry.outs, inputs)
    const same = changes === 'none' || (changes === 'unknown' && sameJson(entry.inputs, inputs))
    return { inputs, does: same ? 'nothing' : replaces.length > 0 ? 'replace' : 'update' } as const
  }

  private async declared(name: string, run: Running): Promise<void> {
    const declared = run.program[name] as Declared
    const calls = run.calls(declared.resource)
    const entry = this.entries.get(name)
    if (entry === undefined) {
      await this.create(name, await this.checked({}, this.resolved(declared), calls), run)
      run.done.set(name, 'created')
      return
    }
    const { inputs, does } = await this.compared(entry, declared, run.calls)
    const { from, dependsOn } = declared
    if (does === 'nothing') this.keep(name, { ...entry, from, dependsOn, inputs }, run)
    else if (does === 'update') {
      await this.update(name, entry, inputs, run)
      run.done.set(name, 'updated')
    } else {
      const anew = await this.checked({}, this.resolved(declared), calls)
      await this.deleteWithDependents(name, await this.replacedWith(name, run), run)
      await this.create(name, anew, run)
      run.done.set(name, 'replaced')
    }
  }

  /** What cannot stay when this is replaced: what would be replaced itself if the values that it takes from there were others. */
  private async replacedWith(name: string, run: Running): Promise<ReadonlySet<string>> {
    const all = new Set([name])
    for (let before = 0; before !== all.size;) {
      before = all.size
      for (const [other, { resource, id, inputs, outs, from = {} }] of this.entries) {
        const taken = Object.entries(from).filter(([, [of]]) => all.has(of))
        if (all.has(other) || taken.length === 0) continue
        const unknown = Object.fromEntries(taken.map(([input]) => [input, unknowns.string]))
        const { replaces } = await run.calls(resource).diff(id, outs, { ...inputs, ...unknown })
        if (replaces.length > 0) all.add(other)
      }
    }
    return all
  }

  /** Deletes in reverse order: first what needs it. */
  private async deleteWithDependents(name: string, all: ReadonlySet<string>, run: Running): Promise<void> {
    for (const other of this.neededBy(name).filter((each) => all.has(each))) {
      const gone = await this.attempted(other, run, () => this.deleteWithDependents(other, all, run))
      if (!gone) throw new Blocked()
    }
    await this.delete(name, run)
  }

  private entryOf(name: string, { program }: Running): Omit<Declared, 'args'> {
    const { args: _args, ...rest } = program[name] as Declared
    return rest
  }

  private async create(name: string, inputs: JsonObject, run: Running): Promise<void> {
    if (!run.life.goesOn()) throw new Blocked()
    const declared = this.entryOf(name, run)
    this.operations += 1
    try {
      const { id, outs } = await run.calls(declared.resource).create(inputs)
      this.keep(name, { ...declared, id, inputs, outs }, run)
    } catch (error) {
      this.keepPart(name, inputs, error, run)
    }
  }

  private async update(name: string, { id, outs: olds }: Entry, inputs: JsonObject, run: Running): Promise<void> {
    const declared = this.entryOf(name, run)
    this.operations += 1
    try {
      const outs = await run.calls(declared.resource).update(id, olds, inputs)
      this.keep(name, { ...declared, id, inputs, outs }, run)
    } catch (error) {
      this.keepPart(name, inputs, error, run)
    }
  }

  private async delete(name: string, { calls, life, undeleted }: Running): Promise<void> {
    const entry = this.entries.get(name)
    if (entry === undefined) return
    if (!life.goesOn()) throw new Blocked()
    this.operations += 1
    undeleted.add(name)
    await calls(entry.resource).delete(entry.id, entry.outs)
    undeleted.delete(name)
    if (life.listens()) this.entries.delete(name)
  }

  private async read(name: string, { calls, life, done }: Running): Promise<void> {
    const entry = this.entries.get(name)
    if (entry === undefined) return
    this.operations += 1
    const { id, props, inputs = entry.inputs } = await calls(entry.resource).read(entry.id, entry.outs)
    if (!life.listens()) return
    if (id === '') {
      this.entries.delete(name)
      done.set(name, 'deleted')
      return
    }
    this.entries.set(name, { ...entry, id, outs: props, inputs })
    if (!sameJson(entry.outs, props)) done.set(name, 'updated')
  }

  private keep(name: string, entry: Entry, { life }: Running): void {
    if (life.listens()) this.entries.set(name, entry)
  }

  /** A failure keeps the thing when it says so; of every other one only the old state is left. */
  private keepPart(name: string, inputs: JsonObject, error: unknown, run: Running): never {
    if (error instanceof RpcFailure && error.initFailed !== undefined) {
      const { id, properties: outs } = error.initFailed
      this.keep(name, { ...this.entryOf(name, run), id, inputs, outs }, run)
    }
    throw error
  }
}
