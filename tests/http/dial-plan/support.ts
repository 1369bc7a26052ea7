import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Program } from '../../../provider/Env'
import type { ProviderError } from '../../../provider/Errors'
import type { DialPlanArgs, DialPlanRule } from '../../../provider/dial-plan/Args'
import * as DialPlan from '../../../provider/dial-plan/DialPlan'
import { type DialPlanState, type FoundState, addressOf, idOf } from '../../../provider/dial-plan/State'
import type { Written } from '../../../provider/Written'
import { HEADQUARTERS_GUID } from '../../../simulator'
import { type TestEnv, valueOf } from '../../support/TestEnv'
import { type World, contoso } from '../support/Simulated'

/** The life of dial plans against the simulator. */

export const [a, b, x] = ['sbc1.example.net', 'sbc2.example.net', 'portal.example.net']

export const rule = (prefix: string, tag = a, name?: string): DialPlanRule => ({
  prefix,
  tag,
  ...(name === undefined ? {} : { name })
})

export const plan = (rules: ReadonlyArray<DialPlanRule>, more: Partial<DialPlanArgs> = {}): DialPlanArgs => ({
  customerGuid: contoso,
  siteGuid: HEADQUARTERS_GUID,
  dialPlanName: 'CustDialPlan',
  rules,
  ...more
})

/** The rules of the plan on the platform, `+49 sbc1.example.net`. */
export const rulesAt = ({ simulator }: World, name = 'CustDialPlan'): ReadonlyArray<string> =>
  simulator.dialPlan(HEADQUARTERS_GUID, name).map(({ prefix, tag }) => `${prefix} ${tag}`)

/** A change in the portal. */
export const portal = (
  { simulator }: World,
  change: { readonly add?: ReadonlyArray<DialPlanRule>; readonly remove?: ReadonlyArray<DialPlanRule> }
): void => {
  simulator.editDialPlan(HEADQUARTERS_GUID, 'CustDialPlan', change)
}

/** Requests since the last `forget`. */
export const calls = ({ simulator }: World): ReadonlyArray<string> =>
  simulator
    .requests()
    .map(({ method, path }) => (path.includes('/dialplan/') ? method : `${method} ${/[^/]+$/.exec(path)?.[0] ?? ''}`))

/** The bodies of the changes so far. */
export const bodies = ({ simulator }: World): ReadonlyArray<unknown> =>
  simulator
    .requests()
    .filter(({ method }) => method === 'PATCH')
    .map(({ body }) => (typeof body === 'string' ? (JSON.parse(body) as unknown) : body))

/** Another process, whose operations have ids of their own. */
export const anotherRun = (world: World): TestEnv => {
  const process = world.process()
  const run = `d${String(++runs).padStart(7, '0')}`
  return { ...process, env: { ...process.env, newId: () => `${run}-${process.env.newId()}` } }
}

let runs = 0

type Process = Pick<World, 'env'>

const unfaulted = ({ state, fault }: Written<DialPlanState>): DialPlanState => {
  assert.deepStrictEqual(fault, O.none)
  return state
}

export const created = async ({ env }: Process, args: DialPlanArgs): Promise<DialPlanState> =>
  unfaulted(await valueOf(DialPlan.create(args), env))

const idOfState = (state: FoundState): string => idOf(addressOf(state as DialPlanState))

export const updating = (state: FoundState, args: DialPlanArgs): Program<Written<DialPlanState>> =>
  DialPlan.update(idOfState(state), state, args)

export const updated = async ({ env }: Process, state: FoundState, args: DialPlanArgs): Promise<DialPlanState> =>
  unfaulted(await valueOf(updating(state, args), env))

/** The state after a refresh. */
export const refreshed = async ({ env }: Process, state: FoundState): Promise<FoundState> => {
  const found = await valueOf(DialPlan.read(idOfState(state), state), env)
  assert.ok(O.isSome(found), 'the dial plan must be there')
  return found.value.state
}

export const removing = (state: FoundState): Program<void> => DialPlan.remove(idOfState(state), state)

export const removed = async ({ env }: Process, state: FoundState): Promise<void> => valueOf(removing(state), env)

/** The error of a program that must fail. */
export const errorOf = async <A>(program: Program<A>, { env }: Process): Promise<ProviderError> => {
  const result = await program(env)()
  if (E.isRight(result)) throw new Error(`ended well, with ${JSON.stringify(result.right)}`)
  return result.left
}

/** The text of a refusal. */
export const refusalOf = async <A>(program: Program<A>, process: Process): Promise<string> => {
  const error = await errorOf(program, process)
  if (error._tag !== 'Refused') throw new Error(`ended with ${JSON.stringify(error)}`)
  return error.text
}

/** A write that must have a fault, and what it leaves. */
export const faulted = async (
  program: Program<Written<DialPlanState>>,
  { env }: Process
): Promise<{ readonly state: DialPlanState; readonly fault: ProviderError; readonly id: string }> => {
  const { id, state, fault } = await valueOf(program, env)
  assert.ok(O.isSome(fault), 'the write must have a fault')
  return { id, state, fault: fault.value }
}
