import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env, Fetch, Program as Effect, RawAnswer, RawRequest, TransportFault } from '../../../provider/Env'
import { errorText, type Subject, whole } from '../../../provider/ErrorText'
import { plainJson } from '../../../provider/Json'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { check } from '../../../provider/sip-connection/Check'
import { diff } from '../../../provider/sip-connection/Diff'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { type FoundState, type SipConnectionState, stateFrom } from '../../../provider/sip-connection/State'
import type { Written } from '../../../provider/Written'
import {
  type Answer,
  type FaultRule,
  STATIC_TOKEN,
  type State,
  type Switches,
  initialState,
  step
} from '../../../simulator'
import { faultRule } from '../../../simulator/FaultInput'
import { armed } from '../../../simulator/Faults'
import { addedSite, deletedSite, editedSite } from '../../../simulator/Portal'
import { allSites, settled } from '../../../simulator/State'
import { changedSwitches } from '../../../simulator/Switches'
import type { Calls } from '../../protocol/support/Marks'
import type { JsonObject } from '../../support/Json'
import { type InitFailed, RpcFailure } from '../../support/ProtocolServer'
import { type TestClock, type TestEnv, baseUrl, testClock, testEnv } from '../../support/TestEnv'
import type { Driver, Outcome, Platform } from './Driver'
import { EngineModel, type Life } from './EngineModel'
import { bystander } from './Expectation'
import type { Kill, Pace } from './Schedule'

/** The first level: the core in this process, the simulator as a function, and a clock of our own. */

export const corePace: Pace = { task: 20_000, lag: 10_000, late: 2000, tooLate: 400_000, reach: 8, endless: true }

/** How long the platform takes for a write. */
const writeMs = 1000

/** The simulator's state, without a server around it. */
class StepPlatform implements Platform {
  private state: State
  private strikes = 0

  constructor(
    switches: Partial<Switches>,
    private readonly now: () => number
  ) {
    this.state = addedSite(initialState(switches), bystander)[0]
  }

  sites = () => allSites(settled(this.state, this.now()))
  struck = () => this.strikes
  editSite: Platform['editSite'] = (guid, edit) => {
    this.state = editedSite(settled(this.state, this.now()), guid, edit)
  }
  deleteSite: Platform['deleteSite'] = (guid) => {
    this.state = deletedSite(settled(this.state, this.now()), guid)
  }
  setSwitches: Platform['setSwitches'] = (changes) => {
    this.state = { ...this.state, switches: changedSwitches(this.state.switches, { ...changes }) }
  }
  arm(rules: ReadonlyArray<FaultRule>): void {
    this.state = { ...this.state, faults: rules.map((rule) => armed(faultRule(rule))) }
  }

  answer({ method, url, headers, body = '' }: RawRequest): Answer {
    const { pathname, search } = new URL(url)
    const request = { method, url: pathname + search, headers, body, now: this.now() }
    const [next, answer] = step(this.state, request)
    this.state = next
    if (answer.fault !== null) this.strikes += 1
    return answer
  }
}

/** A platform's words may hold what it was sent. */
const echoing = (text: string, sent: string | undefined): string => {
  const password = /"CarrierUserPassword":("(?:[^"\\]|\\.)*")/.exec(sent ?? '')?.[1] ?? '""'
  return text.replaceAll('{password}', password.slice(1, -1))
}

const lost = (cause: string): E.Either<TransportFault, never> =>
  E.left({ _tag: 'TransportFault', sent: true, passing: true, cause })

/** What comes of an answer on its way through the network. */
const delivered = async (
  answer: Answer,
  request: RawRequest,
  clock: TestClock
): Promise<E.Either<TransportFault, RawAnswer>> => {
  const { content, delivery, status, headers } = answer
  const text = echoing(
    content.kind === 'json' ? JSON.stringify(content.value) : content.kind === 'text' ? content.text : '',
    request.body
  )
  const ms = answer.delayMs + (delivery.kind === 'slow' && text !== '' ? delivery.ms : 0)
  await clock.sleep(Math.min(ms, request.timeout))
  if (ms >= request.timeout) return lost(`no complete answer within ${request.timeout / 1000} s`)
  if (delivery.kind === 'reset') return lost('the connection was reset')
  if (delivery.kind === 'half' && text !== '') return lost('the answer broke off')
  return E.right({
    status,
    headers: { ...(content.kind === 'none' ? {} : { 'content-type': content.type }), ...headers },
    body: text
  })
}

/** A provider process: it lives as long as one run, or until it is killed. */
class CoreProcess {
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
    private readonly platform: StepPlatform,
    private readonly clock: TestClock,
    private readonly kill: Kill | null
  ) {
    this.test = testEnv(
      { baseUrl, credentials: { _tag: 'Token', accessToken: STATIC_TOKEN } },
      { clock, fetch: this.fetch, engineIsAlive: () => this.engineLives }
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

const subjectOf = (kind: Subject['kind'], args: Partial<SipConnectionArgs>, siteGuid?: string): Subject => ({
  kind,
  ...(args.customerGuid === undefined ? {} : { customerGuid: args.customerGuid }),
  ...(args.siteName === undefined ? {} : { siteName: args.siteName }),
  ...(args.sbcId === undefined ? {} : { sbcId: args.sbcId }),
  ...(siteGuid === undefined ? {} : { siteGuid })
})

const json = (value: object): JsonObject => plainJson(value) as JsonObject
const argsFrom = (inputs: JsonObject): SipConnectionArgs => inputs as unknown as SipConnectionArgs

const stateOf = (outs: JsonObject): FoundState => {
  const state = stateFrom(outs)
  if (E.isLeft(state)) throw new Error('the state is of another version')
  return state.right
}

/** Longer than any wait of one operation: its own, those for the SBC of its siblings, and the exchange in which they end. */
const longest = (env: Env): number => (4 * env.settings.operationTimeout + env.settings.programTimeout) * 1000

/** The core as the engine sees it through the dynamic host. */
const callsOf = ({ test: { env } }: CoreProcess): Calls => {
  const run = async <A>(subject: Subject, effect: Effect<A>): Promise<A> => {
    const began = env.now()
    const result = await effect(env)()
    assert.ok(env.now() - began <= longest(env), `${subject.kind} took ${(env.now() - began) / 1000} s`)
    if (E.isLeft(result)) throw new RpcFailure(2, whole(errorText(subject, result.left, false, env.now())))
    return result.right
  }
  const outputs = (subject: Subject, { id: siteGuid, state, fault }: Written<SipConnectionState>): JsonObject => {
    if (O.isNone(fault)) return json(state)
    const text = whole(errorText({ ...subject, siteGuid }, fault.value, true, env.now()))
    const failed: InitFailed = { id: siteGuid, properties: json(state), reasons: [text] }
    throw new RpcFailure(2, text, failed)
  }
  return {
    check: (olds, news) => {
      const { inputs, failures } = check(olds, news, E.right(env.settings))
      return Promise.resolve({ inputs: json(inputs), failures: failures.map((reason) => ({ property: '', reason })) })
    },
    diff: (_id, olds, news) => {
      const { changes, ...rest } = diff(stateOf(olds), argsFrom(news))
      return Promise.resolve({ ...rest, changes: changes === undefined ? 'unknown' : changes ? 'some' : 'none' })
    },
    create: async (inputs) => {
      const subject = subjectOf('create', argsFrom(inputs))
      const written = await run(subject, SipConnection.create(argsFrom(inputs)))
      return { id: written.id, outs: outputs(subject, written) }
    },
    update: async (id, olds, news) => {
      const subject = subjectOf('update', argsFrom(news), id)
      return outputs(subject, await run(subject, SipConnection.update(id, stateOf(olds), argsFrom(news))))
    },
    read: async (id, olds) => {
      const found = await run(subjectOf('read', stateOf(olds), id), SipConnection.read(id, stateOf(olds)))
      return O.isNone(found)
        ? { id: '', props: {} }
        : { id, props: json(found.value.state), inputs: json(found.value.inputs) }
    },
    delete: (id, olds) => run(subjectOf('delete', stateOf(olds), id), SipConnection.remove(id, stateOf(olds)))
  }
}

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
    struck: platform.struck
  }
}
