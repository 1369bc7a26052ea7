import {
  CLIENT_ID,
  CLIENT_SECRET,
  type LoggedRequest,
  manySites,
  SCOPE,
  startSimulator,
  STATIC_TOKEN,
  type Simulator
} from '../../simulator'
import { Engine } from '../support/Engine'
import type { RunResult } from '../support/EngineRun'
import { nameOf, type ResourceState, type Stack } from '../support/Stack'
import { properties } from '../engine/World'
import { type Instance, type Operation, methodOf } from './FaultList'
import { type Gate, openGate } from './Gate'
import { counted, inShort, requestsByName } from './Requests'
import { type Said, saidBy } from './Said'
import { arm, declared, isAsDeclared, type Sequel, type Subject, subjects } from './Victims'

/** How a run under a fault ended for one connection. */
export interface Ending {
  /** The requests that count: writes, and of a read its `GET`. */
  readonly sent: string
  readonly ends: 'done' | 'failed'
  /** What the state holds: `none`, or the outcome of the last write, `ok`, `failed` or `unknown`. */
  readonly state: string
  /** Connections of that name on the platform. */
  readonly sites: number
  readonly says: string
}

/** What was seen of one connection during one operation. */
export interface Seen {
  readonly ending: Ending
  /** What the next commands did, in short: `updated: GET, PATCH, GET`. */
  readonly then: string
  /** Whether the platform and the state hold at the end exactly what is declared. */
  readonly converged: boolean
  /** Milliseconds between the first two requests of the operation's own method; what the platform asks for with `Retry-After`. */
  readonly pause: number | undefined
}

/** What was seen during one operation. */
export interface Stage {
  readonly seen: (fault: string, sequel: Sequel) => Seen
  /** What a preview shows at the end. */
  readonly planned: readonly string[]
}

/** Times short enough for a test and long enough for a busy machine; seconds. One further try. */
const limits = {
  requestTimeout: 3,
  programTimeout: 3,
  operationTimeout: 10,
  pollInterval: 0.1,
  maxRetries: 1,
  requestsPerSecond: 0,
  writesPerSbc: 0
}

/** All at once: what one waits for must not hold up another, and a failed read ends what has not begun. */
const together = ['--parallel', '1000']

/** A platform, the ways to it, and a stack of the real engine with one connection for every fault and sequel. */
export class Campaign {
  /** Every id that a connection has had. */
  private readonly ids = new Map<string, Set<string>>()

  private constructor(
    readonly simulator: Simulator,
    private readonly gates: Readonly<Record<'unreachable' | 'astray', Gate>>,
    private readonly stack: Stack
  ) {}

  static async start(): Promise<Campaign> {
    const simulator = await startSimulator({ state: manySites(subjects.length, 0) })
    const [unreachable, astray] = [await openGate(simulator.origin), await openGate(simulator.origin)]
    const stack = await Engine.project({
      program: '',
      config: Object.fromEntries(
        Object.entries({ baseUrl: simulator.url, ...limits }).map(([key, value]) => [
          `audiocodes-live:${key}`,
          String(value)
        ])
      ),
      secrets: { 'audiocodes-live:accessToken': STATIC_TOKEN }
    })
    return new Campaign(simulator, { unreachable, astray }, stack)
  }

  async end(): Promise<void> {
    await this.stack.dispose()
    await Promise.all(Object.values(this.gates).map((gate) => gate.lead('shut')))
    await this.simulator.close()
  }

  /** An operation under every fault, and what follows when the faults are gone. */
  async stage(operation: Operation): Promise<Stage> {
    this.stack.setProgram(this.program(operation))
    for (const subject of subjects) arm(this.simulator, operation, subject)
    await this.gates.unreachable.lead('shut')
    await this.gates.astray.lead('astray')
    const struck = await this.observed(() => this.struck(operation))
    const endings = await this.endings(operation, struck)

    this.simulator.clearFaults()
    await Promise.all(Object.values(this.gates).map((gate) => gate.lead('open')))
    const destroyed = await this.observed(() => this.stack.destroy(['--target', '**-destroy', ...together]))
    const refreshed = await this.observed(() => this.stack.refresh(['--target', '**-refresh', ...together]))
    const refused = await this.refused(operation)
    const raised = await this.observed(() => this.stack.up(['--continue-on-error', ...together]))

    const kept = await this.kept()
    const then = (subject: Subject): string =>
      ({
        again: () => `${refused(subject)}${raised(subject).then}`,
        up: () => `${refused(subject)}${raised(subject).then}`,
        refresh: () => `${refreshed(subject).then}; ${raised(subject).then}`,
        destroy: () => destroyed(subject).then
      })[subject.sequel]()
    const seen = new Map(
      subjects.map((subject): readonly [string, Seen] => [
        key(subject.fault, subject.sequel),
        {
          ending: endings(subject),
          then: then(subject),
          converged: this.converged(subject, operation, kept.get(subject.name)),
          pause: struck(subject).pause(methodOf[operation])
        }
      ])
    )
    return {
      seen: (fault, sequel) => found(seen, key(fault, sequel)),
      planned: await this.planned()
    }
  }

  /**
   * A name in the state that is not the declared one makes the check refuse a change, and the first refusal ends the whole program. So these
   * are tried one by one, and refreshed after.
   */
  private async refused(operation: Operation): Promise<(subject: Subject) => string> {
    const kept = await this.kept()
    const misnamed = subjects.filter(({ name }) => (kept.get(name)?.inputs?.['siteName'] ?? name) !== name)
    if (misnamed.length === 0) return () => ''
    const target = ({ name }: Subject): readonly string[] => ['--target', `**::${name}`]
    const tried = new Map<Subject, Observed>()
    for (const subject of misnamed) {
      this.stack.setProgram(this.program(operation, [subject]))
      tried.set(subject, (await this.observed(() => this.stack.up(target(subject))))(subject))
    }
    const refreshed = await this.observed(() => this.stack.refresh([...misnamed.flatMap(target), ...together]))
    this.stack.setProgram(this.program(operation))
    return (subject) => {
      const first = tried.get(subject)
      const why = first?.said.text.split(': ').slice(0, 2).join(': ')
      return first === undefined ? '' : `${first.then} (${why}); refresh: ${refreshed(subject).then}; up: `
    }
  }

  private async planned(): Promise<readonly string[]> {
    try {
      return (await this.stack.previewSteps()).map(({ op, name }) => `${op} ${name}`).sort()
    } catch (error) {
      // The cells say more than the whole.
      return [String(error)]
    }
  }

  private struck(operation: Operation): Promise<RunResult> {
    return operation === 'read' ? this.stack.refresh(together) : this.stack.up(['--continue-on-error', ...together])
  }

  private program(operation: Operation, connections = operation === 'delete' ? [] : subjects): string {
    const { simulator } = this
    const ready = { ...limits, accessToken: STATIC_TOKEN }
    const client = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, scope: SCOPE, tokenUrl: simulator.tokenUrl }
    const instances: Readonly<Record<Instance, object>> = {
      unreachable: { baseUrl: this.gates.unreachable.url, ...ready },
      astray: { baseUrl: this.gates.astray.url, ...ready },
      expiring: { baseUrl: simulator.url, ...limits, ...client },
      throttled: { baseUrl: simulator.url, ...ready }
    }
    return `
const live = require('pulumi-audiocodes-live')
const instances = {}
${Object.entries(instances)
  .map(([name, args]) => `instances.${name} = new live.Provider('${name}', ${JSON.stringify(args)})`)
  .join('\n')}
${connections
  .map(({ instance, ...subject }) => {
    const args = JSON.stringify(declared(subject, operation))
    return `new live.SipConnection('${subject.name}', ${args}, ${instance === undefined ? '{}' : `{ provider: instances.${instance} }`})`
  })
  .join('\n')}
`
  }

  /** Runs the engine: what it did, connection by connection. */
  private async observed(run: () => Promise<RunResult>): Promise<(subject: Subject) => Observed> {
    this.simulator.clearRequests()
    const result = await run()
    this.noteIds()
    const requests = requestsByName(this.simulator.requests(), this.ids, subjects)
    const said = saidBy(result, this.ids)
    return (subject) => observation(said(subject), requests.get(subject.name) ?? [], this.idsOf(subject))
  }

  private noteIds(): void {
    for (const { name, guid } of this.simulator.state().sites)
      this.ids.set(name, new Set([...(this.ids.get(name) ?? []), guid]))
  }

  private idsOf({ name }: Subject): ReadonlySet<string> {
    return this.ids.get(name) ?? new Set()
  }

  private async kept(): Promise<ReadonlyMap<string, ResourceState>> {
    return new Map((await this.stack.resources()).map((resource) => [nameOf(resource.urn), resource]))
  }

  private async endings(
    operation: Operation,
    struck: (subject: Subject) => Observed
  ): Promise<(subject: Subject) => Ending> {
    const kept = await this.kept()
    const sites = this.simulator.state().sites
    return (subject) => {
      const { said, counted: sent } = struck(subject)
      return {
        sent: sent(operation),
        ends: said.done === 'failed' ? 'failed' : 'done',
        state: stateOf(kept.get(subject.name), this.idsOf(subject)),
        sites: sites.filter(({ name }) => name === subject.name).length,
        says: said.text
      }
    }
  }

  private converged(subject: Subject, operation: Operation, kept: ResourceState | undefined): boolean {
    return operation === 'delete'
      ? kept === undefined && this.simulator.state().sites.every(({ name }) => name !== subject.name)
      : isAsDeclared(this.simulator, subject, operation) && stateOf(kept, this.idsOf(subject)) === 'ok'
  }
}

/** What one run did with one connection. */
interface Observed {
  readonly said: Said
  readonly then: string
  readonly counted: (operation: Operation) => string
  readonly pause: (method: string) => number | undefined
}

const observation = (said: Said, requests: readonly LoggedRequest[], ids: ReadonlySet<string>): Observed => {
  const short = inShort(requests, ids)
  return {
    said,
    then: `${said.done}${short === '' ? '' : `: ${short}`}`,
    counted: (operation) => counted(requests, ids, operation),
    pause: (method) => {
      const [first, second] = requests.filter((request) => request.method === method)
      return first === undefined || second === undefined ? undefined : second.at - first.at
    }
  }
}

const stateOf = (kept: ResourceState | undefined, ids: ReadonlySet<string>): string => {
  if (kept === undefined) return 'none'
  if (kept.id === undefined || !ids.has(kept.id)) return 'another id'
  return (properties(kept.outputs)['lastOperation'] as { readonly outcome: string }).outcome
}

const key = (fault: string, sequel: Sequel): string => `${fault} / ${sequel}`

const found = <A>(map: ReadonlyMap<string, A>, name: string): A => {
  const value = map.get(name)
  if (value === undefined) throw new Error(`nothing was seen of ${name}`)
  return value
}
