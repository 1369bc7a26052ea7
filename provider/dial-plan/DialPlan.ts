import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../Env'
import { type ProviderError, refused } from '../Errors'
import { doing, exclusively, failing, holdingSbc, operation } from '../Operations'
import { onItsPlatform } from '../Ownership'
import type { Found, Imported } from '../Resource'
import { type LastOperation, isUnfinished, pick, schemaVersion } from '../State'
import { type Written, afterWrite, ending } from '../Written'
import { livePlan, noSite, presentPlan } from './Absence'
import { type DialPlanArgs, optionKeys } from './Args'
import { apply } from './Change'
import { type Planned, type Rule, planned, projected, ruleKey, without } from './ChangeSet'
import { areFree, claim, ofOthers } from './Claims'
import { changedKeys } from './Diff'
import { existsAlready, warnKept, warnLeft, warnRenamed, warnSetBack } from './Notices'
import {
  type Address,
  type DialPlanState,
  type FoundState,
  addressFrom,
  addressOf,
  canonicalId,
  idOf,
  managedKeysOf
} from './State'

/**
 * The life of a dial plan: create, update, read, remove, in this order. `Check.ts` and `Diff.ts` come before it and need no platform. A plan holds rules of
 * others as well: what is compared, changed and removed are the prefixes of this resource. `exclusively` and `operation` at the end of a `pipe` wrap
 * all that stands above them.
 */

type FoundPlan = Found<DialPlanArgs, DialPlanState>

const thing = ({ dialPlanName, siteGuid }: Address): string => `Dial plan "${dialPlanName}" of site ${siteGuid}`

/** Between the read of a plan and its change no other resource of this program may change the plans of the connection. */
const alone =
  ({ siteGuid }: Address) =>
  <A>(program: Program<A>): Program<A> =>
    pipe(program, holdingSbc([]), exclusively(`dial plans of ${siteGuid}`))

/** The rules that this resource has written, as far as they are its own still. */
const written = ({ rules = [], changedOutside = [] }: FoundState): ReadonlyArray<Rule> => without(rules, changedOutside)

// ---------------------------------------------------------------- create

/** Writes the declared rules. A prefix that is in the plan already is an error, or is taken over when the program says so. */
export const create = (args: DialPlanArgs): Program<Written<DialPlanState>> =>
  pipe(write(args.adopt === true ? 'adopt' : 'create', args, {}), alone(addressOf(args)), operation('create', []))

// ---------------------------------------------------------------- update

/** Changes the plan to what is declared now, with the differences alone. A change of options sends nothing. */
export const update = (_id: string, state: FoundState, args: DialPlanArgs): Program<Written<DialPlanState>> => {
  const optionsOnly =
    !isUnfinished(state) &&
    (state.changedOutside ?? []).length === 0 &&
    changedKeys(state, args).every((key) => optionKeys.includes(key))
  return pipe(
    onItsPlatform(thing(addressOf(args)), state),
    RTE.chain(() =>
      optionsOnly ? rewritten(state, args) : pipe(write('update', args, state), alone(addressOf(args)))
    ),
    operation('update', [])
  )
}

/** The state with the options of this run; everything else stays. */
const rewritten = ({ adopt: _adopt, ...rest }: FoundState, args: DialPlanArgs): Program<Written<DialPlanState>> =>
  RTE.right({ id: idOf(addressOf(args)), state: { ...rest, ...args } as DialPlanState, fault: O.none })

// ---------------------------------------------------------------- create and update

/** Reads the plan and sends what differs. A prefix that another resource has taken over in this run is no longer ours. */
const write = (kind: LastOperation['kind'], args: DialPlanArgs, state: FoundState): Program<Written<DialPlanState>> => {
  const at = addressOf(args)
  return pipe(
    areFree(at, args.rules, state),
    RTE.chain(() => ofOthers(at, state.rules ?? [], state)),
    RTE.chain((taken) => writeOurs(kind, args, withoutTaken(state, taken)))
  )
}

const writeOurs = (
  kind: LastOperation['kind'],
  args: DialPlanArgs,
  state: FoundState
): Program<Written<DialPlanState>> => {
  const at = addressOf(args)
  return pipe(
    presentPlan(at),
    RTE.map((live) => changeOf(at, args, state, live)),
    RTE.chainFirst(({ conflicts }) =>
      conflicts.length > 0 ? failing<void>(existsAlready(at, conflicts)) : doing(() => undefined)
    ),
    RTE.chainFirst(({ setBack }) => warnSetBack(at, setBack)),
    RTE.chainFirst(({ left }) => warnLeft(at, left)),
    RTE.chainFirst(({ change }) => warnRenamed(at, renamed(args, state, change.add))),
    RTE.chain(({ change }) => apply(at, change)),
    RTE.chain((fault) => ended(kind, args, state, fault))
  )
}

/** What has to change so that the plan holds the declared rules. A prefix that was changed outside is ours, its tag is not. */
const changeOf = (at: Address, { rules, adopt }: DialPlanArgs, state: FoundState, live: ReadonlyArray<Rule>): Planned =>
  planned({
    ruleName: at.dialPlanName,
    declared: rules,
    owned: [...written(state), ...ofOutside(state)],
    live,
    adopt: adopt === true
  })

/** Rules that keep the prefix of one that was changed outside ours, and claim no tag. */
const ofOutside = ({ changedOutside = [] }: FoundState): ReadonlyArray<Rule> =>
  changedOutside.map((prefix) => ({ prefix, tag: '' }))

/** Declared rules that differ from what was written in their name alone, and are not made anew. */
const renamed = ({ rules }: DialPlanArgs, state: FoundState, added: ReadonlyArray<Rule>): ReadonlyArray<Rule> => {
  const [names, anew] = [
    new Map(written(state).map((rule) => [ruleKey(rule), rule.name] as const)),
    new Set(added.map(ruleKey))
  ]
  return rules.filter((rule) => {
    const key = ruleKey(rule)
    return names.has(key) && names.get(key) !== rule.name && !anew.has(key)
  })
}

/** The end of a write. After a fault the state holds all rules that may be there, so that the next run finds what is to go. */
const ended = (
  kind: LastOperation['kind'],
  args: DialPlanArgs,
  state: FoundState,
  fault: O.Option<ProviderError>
): Program<Written<DialPlanState>> => {
  const at = addressOf(args)
  const declared = new Set(args.rules.map(ruleKey))
  const before = written(state)
  const rules = O.isNone(fault) ? args.rules : [...args.rules, ...before.filter((rule) => !declared.has(ruleKey(rule)))]
  return pipe(
    claim(at, rules, before),
    RTE.chain(() =>
      RTE.asks((env: Env) =>
        ending(
          env,
          idOf(at),
          {
            ...args,
            rules,
            changedOutside: [],
            ...afterWrite(env, kind, fault, managedKeysOf(args))
          },
          fault
        )
      )
    )
  )
}

// ---------------------------------------------------------------- read

/** Our rules as the platform has them; none when the connection is gone. A look without a state gives all rules of the plan. */
export const read = (id: string, state: FoundState): Program<O.Option<FoundPlan>> =>
  pipe(
    RTE.fromEither(addressFrom(id)),
    RTE.chainFirst((at) => onItsPlatform(thing(at), state)),
    RTE.chain((at) =>
      pipe(
        livePlan(at),
        RTE.chain((live) => (O.isSome(live) ? found(at, state, live.value) : gone(at, state)))
      )
    ),
    operation('read', [])
  )

const found = (at: Address, state: FoundState, live: ReadonlyArray<Rule>): Program<O.Option<FoundPlan>> =>
  RTE.asks((env: Env) => {
    // A name that is read back may be that of the connection, so it is not shown as one that was declared.
    const shown =
      state.rules === undefined
        ? { rules: live.map(({ prefix, tag }) => ({ prefix, tag })), changedOutside: [] }
        : projected(state.rules, live)
    // What was changed outside stays so, as long as it is not written anew.
    const there = new Set(shown.rules.map(({ prefix }) => prefix))
    const before = (state.changedOutside ?? []).filter((prefix) => there.has(prefix))
    const inputs = { ...at, rules: shown.rules as DialPlanArgs['rules'], ...pick(state, optionKeys) }
    return O.some({
      inputs,
      state: {
        ...inputs,
        changedOutside: [...new Set([...before, ...shown.changedOutside])],
        executionMessages: state.executionMessages ?? [],
        platform: env.platform,
        schemaVersion,
        ...pick(state, ['managedKeys', 'lastOperation'])
      }
    })
  })

/** A look at nothing is an error; a resource is dropped. */
const gone = (at: Address, { managedKeys }: FoundState): Program<O.Option<FoundPlan>> =>
  managedKeys === undefined ? failing(noSite(at)) : RTE.right(O.none)

/**
 * The plan that an import names by `<customerGuid>/<siteGuid>/<dialPlanName>`. All of its rules are managed from then on, so that those of others are
 * to be taken out of the declaration and of the state before the next `up`, or the import file is to name the own ones alone.
 */
export const find = (importId: string): Program<Imported<DialPlanArgs, DialPlanState>> => {
  const id = canonicalId(importId)
  return pipe(
    read(id, {}),
    RTE.chain((plan) =>
      O.isSome(plan) ? RTE.right(plan.value) : failing<FoundPlan>(refused('There is no such dial plan'))
    ),
    RTE.map(({ inputs, state }) => ({ id, inputs, state: { ...state, managedKeys: managedKeysOf(inputs) } }))
  )
}

// ---------------------------------------------------------------- remove

/** Removes the rules that are ours still. Those with a tag of others are left, and told. */
export const remove = (id: string, state: FoundState): Program<void> =>
  pipe(
    RTE.fromEither(addressFrom(id)),
    RTE.chainFirst((at) => onItsPlatform(thing(at), state)),
    RTE.chain((at) => pipe(removeFrom(at, state), alone(at))),
    operation('delete', [])
  )

const removeFrom = (at: Address, state: FoundState): Program<void> =>
  pipe(
    livePlan(at),
    RTE.chain((live) =>
      O.isNone(live)
        ? doing(() => undefined)
        : pipe(
            ofOthers(at, state.rules ?? [], state),
            RTE.chain((taken) => removeOurs(at, state, live.value, taken))
          )
    )
  )

const removeOurs = (
  at: Address,
  state: FoundState,
  live: ReadonlyArray<Rule>,
  taken: ReadonlyArray<string>
): Program<void> => {
  const ours = withoutTaken(state, taken)
  const { change, left } = changeOf(at, { ...at, rules: [] }, ours, live)
  const kept = new Set(taken)
  return pipe(
    warnKept(
      at,
      live.filter(({ prefix }) => kept.has(prefix))
    ),
    RTE.chain(() => warnLeft(at, left)),
    RTE.chain(() => apply(at, change)),
    RTE.chain((fault) => (O.isSome(fault) ? failing<void>(fault.value) : claim(at, [], ours.rules ?? [])))
  )
}

const withoutTaken = (state: FoundState, taken: ReadonlyArray<string>): FoundState => ({
  ...state,
  rules: without(state.rules ?? [], taken),
  changedOutside: (state.changedOutside ?? []).filter((prefix) => !taken.includes(prefix))
})
