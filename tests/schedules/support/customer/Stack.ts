import { resources } from '../../../../provider/resources'
import type { Switches } from '../../../../simulator'
import { changedSwitches } from '../../../../simulator/Switches'
import { testClock } from '../../../support/TestEnv'
import { CoreProcess } from '../Core'
import type { Trouble } from '../Driver'
import { type CallsOf, type Entry, GraphModel } from '../GraphModel'
import { resourceCalls } from '../ResourceCalls'
import { CustomerPlatform } from './Platform'
import { type Kind, type Program, declarations, nameOf } from './Program'

/** The stack of a customer: the core in this process, a model of the engine, the simulator as a function, and a clock of our own. */

/** How a run of the engine ended. */
export interface Outcome {
  /** Everything that was to be done is done. */
  readonly ok: boolean
  readonly killed: boolean
  /** What the user reads of each resource that failed. */
  readonly failures: ReadonlyMap<string, string>
  /** Resources that were to be deleted, and may be gone or not. */
  readonly undeleted: ReadonlySet<string>
  /** Everything that a person or a log can see of the run. */
  readonly seen: string
}

const callsOf =
  ({ test }: CoreProcess): CallsOf =>
  (resource) =>
    resourceCalls(resources[resource], test.env)

export class CustomerStack {
  private readonly clock = testClock()
  private readonly engine = new GraphModel()
  readonly platform: CustomerPlatform

  constructor(
    private readonly kind: Kind,
    switches: Partial<Switches>
  ) {
    this.platform = new CustomerPlatform(switches, this.clock.now)
  }

  kept(): ReadonlyMap<string, Entry> {
    return this.engine.kept()
  }

  operations(): number {
    return this.engine.operations
  }

  /** `pulumi state delete` */
  forget(name: string): void {
    this.engine.forget(name)
  }

  setSwitches(changes: Partial<Switches>): void {
    this.platform.change((state) => ({ ...state, switches: changedSwitches(state.switches, changes) }))
  }

  /** Time passes between two runs: tasks end, lists are up to date again. */
  rest(): void {
    this.clock.advance(600_000)
  }

  async run(what: 'up' | 'refresh', program: Program, { faults, kill }: Trouble): Promise<Outcome> {
    this.platform.begin({ program, entries: () => this.engine.kept(), guard: this.engine.kept().get(nameOf.guard) })
    this.platform.arm(faults)
    const process = new CoreProcess(this.platform, this.clock, kill)
    const ran =
      what === 'up'
        ? this.engine.up(declarations(this.kind, program), callsOf(process), process.life)
        : this.engine.refresh(callsOf(process), process.life)
    const died = { failures: new Map<string, string>(), undeleted: new Set<string>() }
    const { failures, undeleted } = await Promise.race([ran, process.death.then(() => died)])
    this.platform.arm([])
    const { killed } = process
    return {
      ok: failures.size === 0 && !killed,
      killed,
      failures,
      undeleted,
      seen: [process.seen(), ...failures.values()].join('\n')
    }
  }

  preview(program: Program): Promise<ReadonlyArray<string>> {
    const process = new CoreProcess(this.platform, this.clock, null)
    return this.engine.preview(declarations(this.kind, program), callsOf(process))
  }
}
