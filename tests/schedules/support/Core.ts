import * as assert from 'node:assert'
import type { Fetch } from '../../../provider/Env'
import { sipConnection } from '../../../provider/sip-connection/Definition'
import { type Switches, STATIC_TOKEN, initialState } from '../../../simulator'
import { addedSite, deletedSite, editedSite } from '../../../simulator/Portal'
import { allSites } from '../../../simulator/State'
import { changedSwitches } from '../../../simulator/Switches'
import { type TestClock, type TestEnv, baseUrl, testClock, testEnv } from '../../support/TestEnv'
import { StepSimulator, delivered } from './Delivery'
import type { Driver, Outcome, Platform } from './Driver'
import { EngineModel, type Life } from './EngineModel'
import { bystander } from './Expectation'
import { resourceCalls } from './ResourceCalls'
import type { Kill, Pace } from './Schedule'

/** The first level: the core in this process, the simulator as a function, and a clock of our own. */

export const corePace: Pace = { task: 20_000, lag: 10_000, late: 2000, tooLate: 400_000, reach: 8, endless: true }

/** How long the platform takes for a write. */
const writeMs = 1000

/** The platform of a schedule. */
export class StepPlatform extends StepSimulator implements Platform {
  constructor(switches: Partial<Switches>, now: () => number) {
    super(addedSite(initialState(switches), bystander)[0], now)
  }

  sites = () => allSites(this.state())
  editSite: Platform['editSite'] = (guid, edit) => {
    this.change((state) => editedSite(state, guid, edit))
  }
  deleteSite: Platform['deleteSite'] = (guid) => {
    this.change((state) => deletedSite(state, guid))
  }
  setSwitches: Platform['setSwitches'] = (changes) => {
    this.change((state) => ({ ...state, switches: changedSwitches(state.switches, { ...changes }) }))
  }
}

/** A provider process: it lives as long as one run, or until it is killed. */
export class CoreProcess {
  /** False: the engine is gone, or the process itself. */
  engineLives = true
  lives = true
  interrupted = false
  killed = false
  private requests = 0
  private died: () => void = () => undefined
  readonly death = new Promise<void>((resolve) => (this.died = resolve))
  readonly test: TestEnv

  constructor(
    private readonly platform: Pick<StepSimulator, 'answer'>,
    private readonly clock: TestClock,
    private readonly kill: Kill | null,
    /** Whether its host is told of an interruption. */
    hears = false
  ) {
    this.test = testEnv(
      { baseUrl, credentials: { _tag: 'Token', accessToken: STATIC_TOKEN } },
      {
        clock,
        fetch: this.fetch,
        engineIsAlive: () => this.engineLives,
        cancelled: () => hears && this.interrupted
      }
    )
  }

  readonly life: Life = {
    listens: () => this.engineLives && this.lives,
    goesOn: () => this.engineLives && this.lives && !this.interrupted
  }

  /** Everything that a person or a log can see. */
  seen(): string {
    const { warnings, trace, audit } = this.test
    return JSON.stringify([warnings, trace, audit])
  }

  private readonly fetch: Fetch = (request) => async () => {
    if (!this.lives) return new Promise(() => undefined)
    assert.ok(this.engineLives, `${request.method} was sent after the engine had died`)
    this.requests += 1
    const answer = this.platform.answer(request)
    if (this.requests === this.kill?.request) this.strike(this.kill.who)
    if (this.kill?.who === 'provider' && this.killed) return new Promise(() => undefined)
    const result = await delivered(answer, request, this.clock)
    if (request.method !== 'GET') this.clock.advance(writeMs)
    return result
  }

  private strike(who: Kill['who']): void {
    this.killed = true
    if (who === 'interrupt') this.interrupted = true
    else if (who === 'provider') {
      this.lives = false
      this.died()
    } else this.engineLives = false
  }
}

/** The core as the engine sees it. */
const callsOf = ({ test }: CoreProcess) => resourceCalls(sipConnection, test.env)

export const coreDriver = (switches: Partial<Switches>): Driver => {
  const clock = testClock()
  const platform = new StepPlatform(switches, clock.now)
  const engine = new EngineModel()
  const none = { failures: new Map() }
  return {
    platform,
    run: async (what, program, { faults, kill }): Promise<Outcome> => {
      platform.arm(faults)
      const process = new CoreProcess(platform, clock, kill)
      const calls = callsOf(process)
      const ran = what === 'up' ? engine.up(program, calls, process.life) : engine.refresh(calls, process.life)
      const { failures } = await Promise.race([ran, process.death.then(() => none)])
      platform.arm([])
      const { killed } = process
      return {
        ok: failures.size === 0 && !killed,
        killed,
        failures,
        kept: engine.kept(),
        seen: [process.seen(), ...failures.values()].join('\n')
      }
    },
    preview: (program) => engine.preview(program, callsOf(new CoreProcess(platform, clock, null))),
    rest: () => {
      clock.advance(600_000)
      return Promise.resolve()
    },
    operations: () => engine.operations,
    struck: () => platform.strikes
  }
}
