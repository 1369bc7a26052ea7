import * as fs from 'node:fs'
import * as path from 'node:path'
import { STATIC_TOKEN, type Simulator, type Switches, startSimulator } from '../../../simulator'
import type { Calls } from '../../protocol/support/Marks'
import { type Rig, configOf, startRig } from '../../protocol/support/Rig'
import type { JsonObject } from '../../support/Json'
import { sipConnectionText } from '../../support/ProtocolServer'
import { type TemporaryProject, temporaryProject } from '../../support/TemporaryProject'
import type { Driver, Outcome, Platform } from './Driver'
import { EngineModel, type Life } from './EngineModel'
import { bystander } from './Expectation'
import type { Kill, Pace } from './Schedule'

/** The second level: the engine's part is played by a model, the provider is Pulumi's own process, and time is real. */

export const protocolPace: Pace = { task: 60, lag: 0, late: 50, tooLate: 500, reach: 6, endless: false }

/** A request that somebody is to die in is held up, so that its answer does not come before. */
export const heldMs = 150

/** Waits are short where faults strike, and long where nothing goes wrong and only the machine may be slow. */
const limits = {
  troubled: { requestTimeout: '0.3', programTimeout: '0.3', operationTimeout: '2', maxRetries: '1' },
  calm: { requestTimeout: '10', programTimeout: '10', operationTimeout: '12', maxRetries: '2' }
}

/** What a simulator with a server around it lets be done to it. */
export const platformOf = (simulator: Simulator): Platform => ({
  sites: () => simulator.state().sites,
  editSite: (guid, edit) => {
    simulator.editSite(guid, edit)
  },
  deleteSite: (guid) => {
    simulator.deleteSite(guid)
  },
  setSwitches: (changes) => {
    simulator.setSwitches(changes)
  }
})

/** When the platform's tasks have ended and its lists are up to date, as far as they ever are. */
export const settledPlatform = async (simulator: Simulator): Promise<void> => {
  const times = simulator
    .state()
    .sites.flatMap(({ pending, visibleAt, detailsVisibleAt }) => [
      visibleAt,
      detailsVisibleAt,
      ...pending.map(({ until }) => until ?? 0)
    ])
  const left = Math.max(0, ...times) - Date.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left + 1))
}

/** Waits for the nth request since the log was cleared, or for the end. */
export const nthRequest = async (simulator: Simulator, n: number, ended: () => boolean): Promise<boolean> => {
  while (simulator.requests().length < n) {
    if (ended()) return false
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return true
}

/** Calls with a text of the provider that no call had before: the process then makes everything anew, as that of a new run does. */
const asRun = (calls: Calls, n: number): Calls => {
  const own = (properties: JsonObject): JsonObject => ({ ...properties, __provider: `${sipConnectionText} // ${n}` })
  return {
    check: (olds, news) => calls.check(olds, own(news)),
    diff: (id, olds, news) => calls.diff(id, own(olds), own(news)),
    create: (inputs) => calls.create(own(inputs)),
    read: (id, olds) => calls.read(id, own(olds)),
    update: (id, olds, news) => calls.update(id, own(olds), own(news)),
    delete: (id, props) => calls.delete(id, own(props))
  }
}

/** The provider's process and the platform of all schedules of this level; a process is started anew where one was killed. */
export class ProtocolLevel {
  private runs = 0

  private constructor(
    private readonly simulator: Simulator,
    private readonly logs: TemporaryProject,
    private rig: Rig
  ) {}

  static async start(): Promise<ProtocolLevel> {
    const [simulator, logs] = [await startSimulator(), temporaryProject()]
    return new ProtocolLevel(simulator, logs, await startRig({ platform: simulator }))
  }

  async close(): Promise<void> {
    await this.rig.close()
    await this.simulator.close()
    this.logs.dispose()
  }

  /** A fresh platform and an empty stack. */
  driver(switches: Partial<Switches>): Driver {
    const { simulator } = this
    simulator.reset()
    simulator.setSwitches(switches)
    simulator.addSite(bystander)
    const engine = new EngineModel()
    let strikes = 0
    return {
      platform: platformOf(simulator),
      run: async (what, program, { faults, kill }): Promise<Outcome> => {
        simulator.clearRequests()
        if (kill !== null) simulator.addFault({ match: { nth: kill.request }, fault: { kind: 'delay', ms: heldMs } })
        for (const fault of faults) simulator.addFault(fault)
        const life = { engine: true, interrupted: false, ended: false }
        const alive: Life = { listens: () => life.engine, goesOn: () => life.engine && !life.interrupted }
        const calls = await this.newRun(faults.length === 0 && kill === null)
        const ran = what === 'up' ? engine.up(program, calls, alive) : engine.refresh(calls, alive)
        const killed = kill !== null && this.killing(kill, life)
        const { failures } = await ran.finally(() => (life.ended = true))
        const struck = await killed
        strikes += simulator.requests().filter(({ fault }) => fault !== null).length - (struck ? 1 : 0)
        simulator.clearFaults()
        const seen = [await this.seen(life.engine), ...failures.values()].join('\n')
        if (!life.engine) await this.replaceRig()
        return { ok: failures.size === 0 && !struck, killed: struck, failures, kept: engine.kept(), seen }
      },
      preview: async (program) => engine.preview(program, await this.newRun(true)),
      rest: () => settledPlatform(simulator),
      operations: () => engine.operations,
      struck: () => strikes
    }
  }

  private async newRun(calm: boolean): Promise<Calls> {
    this.runs += 1
    await this.rig.server.configure(
      configOf({
        baseUrl: this.simulator.url,
        accessToken: STATIC_TOKEN,
        pollInterval: '0.01',
        requestsPerSecond: '0',
        // The process takes a configuration for another one when its text differs, and forgets what it has read.
        writesPerSbc: this.runs % 2 === 0 ? '1' : '01',
        trace: this.file('trace'),
        audit: this.file('audit'),
        ...(calm ? limits.calm : limits.troubled)
      })
    )
    return asRun(this.rig.provider, this.runs)
  }

  private async killing({ request, who }: Kill, life: { engine: boolean; interrupted: boolean; ended: boolean }) {
    if (!(await nthRequest(this.simulator, request, () => life.ended))) return false
    if (who === 'interrupt') life.interrupted = true
    else {
      life.engine = false
      if (who === 'provider') this.rig.server.kill('SIGKILL')
      else this.rig.server.closeStdin()
      await this.rig.server.exited
    }
    return true
  }

  private async replaceRig(): Promise<void> {
    await this.rig.close()
    this.rig = await startRig({ platform: this.simulator })
  }

  private file(name: string): string {
    return path.join(this.logs.directory, `${name}.jsonl`)
  }

  /** All that the process has printed and logged since the last call. */
  private async seen(lives: boolean): Promise<string> {
    const { server } = this.rig
    const { out, err } = lives ? await this.rig.printed() : { out: server.stdout(), err: server.stderr() }
    const texts = [out, err]
    for (const name of ['trace', 'audit']) {
      if (!fs.existsSync(this.file(name))) continue
      texts.push(fs.readFileSync(this.file(name), 'utf8'))
      fs.truncateSync(this.file(name))
    }
    return texts.join('\n')
  }
}
