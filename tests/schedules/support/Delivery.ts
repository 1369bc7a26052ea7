import * as E from 'fp-ts/Either'
import type { RawAnswer, RawRequest, TransportFault } from '../../../provider/Env'
import { type Answer, type FaultRule, type State, step } from '../../../simulator'
import { faultRule } from '../../../simulator/FaultInput'
import { armed } from '../../../simulator/Faults'
import { settled } from '../../../simulator/State'
import type { TestClock } from '../../support/TestEnv'

/** The simulator as a function, and the network between it and a provider: no server, no sockets, and a clock of our own. */

/** The simulator's state, without a server around it. */
export class StepSimulator {
  /** Requests that a fault has struck so far. */
  strikes = 0

  constructor(
    private kept: State,
    private readonly now: () => number
  ) {}

  /** What the platform holds now. */
  state(): State {
    return settled(this.kept, this.now())
  }

  /** Something that happens to the platform behind the provider's back. */
  change(edit: (state: State) => State): void {
    this.kept = edit(this.state())
  }

  /** These faults in place of all others. */
  arm(rules: ReadonlyArray<FaultRule>): void {
    this.kept = { ...this.kept, faults: rules.map((rule) => armed(faultRule(rule))) }
  }

  answer({ method, url, headers, body = '' }: RawRequest): Answer {
    const { pathname, search } = new URL(url)
    const request = { method, url: pathname + search, headers, body, now: this.now() }
    const [next, answer] = step(this.kept, request)
    this.kept = next
    if (answer.fault !== null) this.strikes += 1
    return answer
  }
}

/** A platform's words may hold what it was sent. */
const echoing = (text: string, sent: string | undefined): string => {
  const secret = /"(?:CarrierUserPassword|applicationClientSecret)":("(?:[^"\\]|\\.)*")/.exec(sent ?? '')?.[1] ?? '""'
  return text.replaceAll('{password}', secret.slice(1, -1))
}

const lost = (cause: string): E.Either<TransportFault, never> =>
  E.left({ _tag: 'TransportFault', sent: true, passing: true, cause })

/** What comes of an answer on its way through the network. */
export const delivered = async (
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
