import * as fs from 'node:fs'
import * as path from 'node:path'
import { type Simulator, startSimulator, STATIC_TOKEN } from '../../../simulator'
import { connectionType, diagnostics, planned, program as programText } from '../../engine/World'
import { isAlive, until } from '../../support/Children'
import { Engine } from '../../support/Engine'
import type { EngineRun } from '../../support/EngineRun'
import { nameOf, type Stack, type StackExport } from '../../support/Stack'
import { temporaryProject, type TemporaryProject } from '../../support/TemporaryProject'
import type { Driver, Outcome, Trouble } from './Driver'
import { bystander } from './Expectation'
import { type Program, type Slot, slots } from './Program'
import { heldMs, nthRequest, platformOf, settledPlatform } from './Protocol'
import type { Kill, Pace } from './Schedule'

/** The third level: the real engine, killed and interrupted as a terminal and a pipeline do it. */

export const enginePace: Pace = { task: 0, lag: 0, late: 50, tooLate: 1500, reach: 4, endless: false }

const config = (simulator: Simulator, logs: TemporaryProject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({
      baseUrl: simulator.url,
      pollInterval: '0.02',
      requestsPerSecond: '0',
      requestTimeout: '10',
      programTimeout: '10',
      operationTimeout: '15',
      maxRetries: '1',
      trace: path.join(logs.directory, 'trace.jsonl'),
      audit: path.join(logs.directory, 'audit.jsonl')
    }).map(([key, value]) => [`audiocodes-live:${key}`, value])
  )

/** What the user reads of each resource. */
const failuresIn = (text: string): ReadonlyMap<Slot, string> =>
  new Map(
    slots.flatMap((slot) => {
      const about = text.split(`${connectionType} (${slot}):\n`)[1]?.split(/\n(?=pulumi[:-])/)[0]
      return about?.includes('error:') === true ? [[slot, about] as const] : []
    })
  )

const asText = (program: Program): string => programText(program)

/** A stack on the engine, and the platform that it works with. */
export class EngineLane {
  private runs = 0
  private strikes = 0

  private constructor(
    private readonly simulator: Simulator,
    private readonly logs: TemporaryProject,
    private readonly stack: Stack
  ) {}

  static async start(): Promise<EngineLane> {
    const [simulator, logs] = [await startSimulator({ switches: { duplicateNames: 'allowed' } }), temporaryProject()]
    simulator.addSite(bystander)
    const stack = await Engine.project({
      program: asText({}),
      config: config(simulator, logs),
      secrets: { 'audiocodes-live:accessToken': STATIC_TOKEN }
    })
    return new EngineLane(simulator, logs, stack)
  }

  async close(): Promise<void> {
    await this.stack.dispose()
    await this.simulator.close()
    this.logs.dispose()
  }

  readonly driver = (): Driver => ({
    platform: platformOf(this.simulator),
    run: (what, program, trouble) => this.run(what, program, trouble),
    preview: (program) => {
      this.stack.setProgram(asText(program))
      return planned(this.stack)
    },
    rest: () => settledPlatform(this.simulator),
    operations: () => this.runs,
    struck: () => this.strikes
  })

  private async run(what: 'up' | 'refresh', program: Program, { faults, kill }: Trouble): Promise<Outcome> {
    const { simulator, stack } = this
    this.runs += 1
    simulator.clearRequests()
    if (kill !== null) simulator.addFault({ match: { nth: kill.request }, fault: { kind: 'delay', ms: 4 * heldMs } })
    for (const fault of faults) simulator.addFault(fault)
    stack.setProgram(asText(program))
    const run = stack.spawn([
      what,
      '--skip-preview',
      '--yes',
      ...(what === 'refresh' ? ['--clear-pending-creates'] : [])
    ])
    const struck = kill !== null && (await this.killing(kill, run))
    const result = await run.result
    simulator.clearFaults()
    this.strikes += simulator.requests().filter(({ fault }) => fault !== null).length - (struck ? 1 : 0)
    const state = await stack.exportRaw()
    const { deployment } = JSON.parse(state) as StackExport
    return {
      ok: result.code === 0,
      killed: struck,
      failures: failuresIn(diagnostics(result)),
      kept: new Map(
        (deployment.resources ?? [])
          // A connection that was deleted before its replacement stands there until that one is made.
          .filter(({ type, pendingReplacement }) => type === connectionType && pendingReplacement !== true)
          .map(({ urn, id = '' }) => [nameOf(urn), id])
      ),
      seen: [result.output, this.logged(), state].join('\n')
    }
  }

  /** Kills when the platform has seen the nth request and holds its answer back. */
  private async killing({ request, who }: Kill, run: EngineRun): Promise<boolean> {
    let ended = false
    void run.result.then(() => (ended = true))
    if (!(await nthRequest(this.simulator, request, () => ended))) return false
    const providers = run.providers()
    if (who === 'provider') for (const pid of providers) process.kill(pid, 'SIGKILL')
    else run.kill(who === 'engine' ? 'SIGKILL' : 'SIGINT')
    if (who === 'interrupt twice') {
      await run.printed(/\^C received/)
      run.kill('SIGINT')
    }
    await run.result
    // Without its engine a provider ends what is under way, and sends nothing more.
    const before = this.simulator.requests().length
    await until('the provider has ended', () => !providers.some(isAlive))
    if (who === 'engine' && this.simulator.requests().length > before)
      throw new Error('a provider went on without its engine')
    // An engine that was killed leaves its lock.
    if (who !== 'provider') await this.stack.cancel()
    return true
  }

  /** All that was logged since the last call. */
  private logged(): string {
    return ['trace', 'audit']
      .map((name) => path.join(this.logs.directory, `${name}.jsonl`))
      .filter((file) => fs.existsSync(file))
      .map((file) => {
        const text = fs.readFileSync(file, 'utf8')
        fs.truncateSync(file)
        return text
      })
      .join('\n')
  }
}
