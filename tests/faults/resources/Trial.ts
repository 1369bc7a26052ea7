import * as E from 'fp-ts/Either'
import * as assert from 'node:assert'
import type { Fetch } from '../../../provider/Env'
import { sameJson } from '../../../provider/Json'
import { resources } from '../../../provider/resources'
import type { Credentials } from '../../../provider/Settings'
import { CLIENT_ID, CLIENT_SECRET, SCOPE, STATIC_TOKEN, TENANT_ID, initialState } from '../../../simulator'
import { snapshot } from '../../../simulator/Snapshot'
import { withTask } from '../../../simulator/State'
import { changedSwitches } from '../../../simulator/Switches'
import * as Table from '../../../simulator/Table'
import { StepSimulator, delivered } from '../../schedules/support/Delivery'
import { type Declarations, type Ended, type Entry, GraphModel } from '../../schedules/support/GraphModel'
import { resourceCalls } from '../../schedules/support/ResourceCalls'
import { type TestEnv, baseUrl, testClock, testEnv } from '../../support/TestEnv'
import { type Operation } from '../FaultList'
import type { Sequel } from '../Victims'
import type { ResourceFault, Way } from './Faults'
import type { Victim } from './Victims'

/** One operation of one resource under one fault, and what follows: the core in this process, the simulator as a function, and a clock of our own. */

/** How a run under a fault ended. */
export interface Ending {
  /** The requests that count: writes, and the one that the fault strikes. */
  readonly sent: string
  readonly ends: 'done' | 'failed'
  /** What the state holds: `none`, or the outcome of the last write, `ok`, `failed` or `unknown`. */
  readonly state: string
  /** What the platform holds: what it did before the operation, what is declared now, or something between. */
  readonly holds: 'as before' | 'as declared' | 'between'
  readonly says: string
}

/** What was seen of one trial. */
export interface Seen {
  readonly ending: Ending
  /** What the next commands did, in short: `updated: GET, PATCH, GET`. */
  readonly then: string
  /** What is not as it must be at the end; empty when nothing is. */
  readonly amiss: ReadonlyArray<string>
  /** Milliseconds between the first two requests that the fault strikes. */
  readonly pause: number | undefined
}

/** As in the matrix of the connections; seconds. */
const limits = {
  requestTimeout: 3,
  programTimeout: 3,
  operationTimeout: 10,
  pollInterval: 0.1,
  maxRetries: 1,
  requestsPerSecond: 0,
  writesPerSbc: 0
} as const

const name = 'victim'

/** What a request takes, and what passes between two commands, ms. */
const [latency, rest] = [10, 60_000]

const always = { listens: () => true, goesOn: () => true }

interface Sent {
  readonly method: string
  readonly path: string
  readonly at: number
}

/** Whether it is the request that the operation stands and falls with. */
const isWork = ({ method, path }: Sent, { work }: Victim, operation: Operation): boolean => {
  const match = work[operation]
  return match?.method === method && new RegExp(match.path ?? '').test(path)
}

/** What a request asks for, beside the work of the resource itself. */
const asides: ReadonlyArray<readonly [what: string, path: RegExp]> = [
  ['task', /\/task\//],
  ['lead', /\/oc\/lead/],
  ['numbers', /\/oc\/numbers/],
  ['list', /\/v3\/customer$/]
]

const kindOf = ({ method, path }: Sent, { resource }: Victim): string => {
  const aside = method === 'GET' ? asides.find(([, pattern]) => pattern.test(path))?.[0] : undefined
  if (aside !== undefined) return `${method} ${aside}`
  const details = method === 'GET' && /\/customer\/[^/]+$/.test(path) && !resource.endsWith('Service')
  return details ? 'GET details' : path.endsWith('/action/upgrade') ? `${method} upgrade` : method
}

/** Several of a kind in a row are one. */
const inShort = (sent: ReadonlyArray<Sent>, victim: Victim): string =>
  sent
    .map((each) => kindOf(each, victim))
    .filter((kind, index, all) => kind !== all[index - 1])
    .join(', ')

/** More of a kind than this are as many as fit into the time that there is. */
const countable = 2

/** What counts under a fault, with how often it was sent: the writes, and the request that the fault strikes. */
const counted = (sent: ReadonlyArray<Sent>, victim: Victim, operation: Operation): string => {
  const kinds = sent
    .filter((each) => each.method !== 'GET' || isWork(each, victim, operation))
    .map((each) => kindOf(each, victim))
  return [...new Set(kinds)]
    .map((kind) => {
      const times = kinds.filter((each) => each === kind).length
      return times === 1 ? kind : `${kind} × ${times > countable ? 'many' : times}`
    })
    .join(', ')
}

const plain = (text: string): string =>
  text
    .replace(/^[A-Z][a-z]+ of [^"(]*("[^"]*" )?(\([^)]*\) )?failed: /, '')
    .replaceAll(`${baseUrl}/portal`, '<address>')
    .replace(new RegExp(`${baseUrl}[^\\s,;:)]*`, 'g'), '<address>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\b(tsk|wst)_(<id>|\w+)/g, '<task>')
    .replace(/"globex-1"/g, '<name>')
    .replace(/waited \d+ s/, 'waited <n> s')

const token: Credentials = { _tag: 'Token', accessToken: STATIC_TOKEN }

const client: Credentials = {
  _tag: 'Client',
  tokenUrl: `https://login.example.net/${TENANT_ID}/oauth2/v2.0/token`,
  clientId: CLIENT_ID,
  scope: SCOPE,
  proof: { _tag: 'Secret', clientSecret: CLIENT_SECRET }
}

/** A stack with one resource. */
class Stack {
  private readonly clock = testClock()
  private readonly simulator: StepSimulator
  private readonly engine = new GraphModel()
  private sent: Array<Sent> = []
  private way: Way = 'straight'

  constructor(
    readonly victim: Victim,
    switches: Victim['tasks']['switches'] = {}
  ) {
    const state = victim.before(initialState({ tokenSeconds: 86_400 }))
    this.simulator = new StepSimulator(
      { ...state, switches: changedSwitches(state.switches, { ...switches }) },
      this.clock.now
    )
  }

  snapshot() {
    return snapshot(this.simulator.state())
  }

  entry(): Entry | undefined {
    return this.engine.kept().get(name)
  }

  /** From now on. */
  troubled(fault: ResourceFault, operation: Operation, times: 1 | 'always'): void {
    this.way = fault.way
    this.simulator.arm(fault.rules(this.victim, operation, times))
  }

  /** No way leads to the platform. */
  cut(): void {
    this.way = 'shut'
  }

  /** The faults are gone; a task that would never have ended has failed. */
  calm(): void {
    this.simulator.change((state) =>
      Table.values(state.tasks)
        .filter(({ endsAt }) => endsAt === null)
        .reduce((before, task) => withTask(before, { ...task, endsAt: this.clock.now(), outcome: 'fails' }), state)
    )
    this.way = 'straight'
    this.simulator.arm([])
  }

  private declarations(args: Victim['first'] | undefined): Declarations {
    return args === undefined ? {} : { [name]: { resource: this.victim.resource, args } }
  }

  up(args: Victim['first'] | undefined): Promise<Ran> {
    return this.run((calls) => this.engine.up(this.declarations(args), calls, always))
  }

  refresh(): Promise<Ran> {
    return this.run((calls) => this.engine.refresh(calls, always))
  }

  async planned(args: Victim['first'] | undefined): Promise<ReadonlyArray<string>> {
    const process = this.process()
    return this.engine.preview(this.declarations(args), (resource) => resourceCalls(resources[resource], process.env))
  }

  private process(): TestEnv {
    const credentials = this.way === 'with tokens that expire' ? client : token
    return testEnv({ baseUrl, ...limits, credentials }, { clock: this.clock, fetch: this.fetch })
  }

  private readonly fetch: Fetch = (request) => async () => {
    const { way } = this
    if (way === 'shut') {
      return E.left({ _tag: 'TransportFault', sent: false, passing: true, cause: 'connection refused' })
    }
    const { pathname, search } = new URL(request.url)
    const url = way === 'astray' ? `${baseUrl}/portal${pathname}${search}` : request.url
    const answer = this.simulator.answer({ ...request, url })
    if (!pathname.includes('/oauth2/')) {
      this.sent.push({ method: request.method, path: pathname.replace(/^\/tenantui/, ''), at: this.clock.now() })
    }
    this.clock.advance(latency)
    return delivered(answer, request, this.clock)
  }

  private async run(command: (calls: Parameters<GraphModel['refresh']>[0]) => Promise<Ended>): Promise<Ran> {
    this.sent = []
    const process = this.process()
    const { failures, done } = await command((resource) => resourceCalls(resources[resource], process.env))
    const failure = failures.get(name)
    this.clock.advance(rest)
    return {
      sent: this.sent,
      done: failure === undefined ? (done.get(name) ?? 'nothing') : 'failed',
      says: plain(headline(failure ?? process.warnings.join(' ')))
    }
  }
}

/** The first line; of a fleet the one of its connection. */
const headline = (text: string): string => {
  const [first = '', ...others] = text.split('\n').map((line) => line.trim())
  return others.find((line) => line.startsWith('Failed: '))?.replace(/^Failed: \w+: /, '') ?? first
}

interface Ran {
  readonly sent: ReadonlyArray<Sent>
  readonly done: string
  readonly says: string
}

const then = ({ done, sent }: Ran, victim: Victim): string => {
  const short = inShort(sent, victim)
  return `${done}${short === '' ? '' : `: ${short}`}`
}

const outcomeOf = (entry: Entry | undefined): string =>
  entry === undefined ? 'none' : (entry.outs['lastOperation'] as { readonly outcome: string }).outcome

const before = { create: 'nothing', update: 'first', read: 'first', delete: 'first' } as const
const after = { create: 'first', update: 'second', read: 'first', delete: 'nothing' } as const

const argsOf = (victim: Victim, which: 'first' | 'second' | 'nothing') =>
  which === 'nothing' ? undefined : victim[which]

const holds = (stack: Stack, operation: Operation): Ending['holds'] => {
  const { held, wanted } = stack.victim
  const now = held(stack.snapshot())
  const isAs = (which: 'first' | 'second' | 'nothing'): boolean => sameJson(now, wanted(which))
  return isAs(after[operation]) ? 'as declared' : isAs(before[operation]) ? 'as before' : 'between'
}

/** Plays a trial. */
export const trial = async (
  victim: Victim,
  operation: Operation,
  fault: ResourceFault,
  sequel: Sequel
): Promise<Seen> => {
  const isTask = fault.name.startsWith('a task')
  const stack = new Stack(victim, isTask ? victim.tasks.switches : {})
  const others = victim.others(stack.snapshot())
  if (operation !== 'create') {
    const made = await stack.up(argsOf(victim, before[operation]))
    assert.strictEqual(made.done, 'created', made.says)
  }
  const target = argsOf(victim, after[operation])
  stack.troubled(fault, operation, sequel === 'again' ? 1 : 'always')
  const struck = await (operation === 'read' ? stack.refresh() : stack.up(target))
  const ending: Ending = {
    sent: counted(struck.sent, victim, operation),
    ends: struck.done === 'failed' ? 'failed' : 'done',
    state: outcomeOf(stack.entry()),
    holds: holds(stack, operation),
    says: struck.says
  }
  stack.calm()
  const followed: Array<string> = []
  const follow = async (command: () => Promise<Ran>): Promise<void> => {
    const ran = await command()
    followed.push(`${then(ran, victim)}${ran.done === 'failed' ? ` (${ran.says})` : ''}`)
  }
  if (sequel === 'destroy') {
    await follow(() => stack.up(undefined))
    // What a destroy leaves, the next up finds.
    await stack.up(target)
  } else {
    if (sequel === 'refresh') await follow(() => stack.refresh())
    await follow(() => stack.up(target))
  }
  const [first, second] = struck.sent.filter((each) => isWork(each, victim, operation))
  const planned = await stack.planned(target)
  const end = victim.held(stack.snapshot())
  return {
    ending,
    then: followed.join('; '),
    pause: first === undefined || second === undefined ? undefined : second.at - first.at,
    amiss: [
      ...(sameJson(end, victim.wanted(after[operation])) ? [] : [`the platform holds ${JSON.stringify(end)}`]),
      ...(outcomeOf(stack.entry()) === (target === undefined ? 'none' : 'ok') ? [] : ['the state is not as declared']),
      ...(sameJson(victim.others(stack.snapshot()), others) ? [] : ['something of others has changed']),
      ...planned.map((step) => `a preview shows: ${step}`)
    ]
  }
}

/** An operation that needs no platform, while there is none. */
export const silently = async (
  victim: Victim,
  operation: Operation
): Promise<Pick<Ran, 'sent'> & Pick<Seen, 'amiss'>> => {
  const stack = new Stack(victim)
  const target = argsOf(victim, after[operation])
  if (operation !== 'create') await stack.up(argsOf(victim, before[operation]))
  stack.cut()
  const { sent, done, says } = await (operation === 'read' ? stack.refresh() : stack.up(target))
  const planned = await stack.planned(target)
  return { sent, amiss: [...(done === 'failed' ? [says] : []), ...planned] }
}
