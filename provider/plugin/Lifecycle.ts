import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import type { Env } from '../Env'
import { whole } from '../ErrorText'
import type { Host } from '../Host'
import { suggestion } from '../Inputs'
import { unpacked } from '../Packed'
import type { Outcome, Resource, Step } from '../Resource'
import { resources } from '../resources'
import { tokenOf } from '../schema/Tokens'
import { type DetailedDiff, detailedDiff, inputsIn } from './DetailedDiff'
import type { Fault } from './Fault'
import { type Opened, type Path, type Properties, opened, plainOf, sealed } from './Properties'
import * as Preview from './Preview'

/** The calls of the engine about resources, in plain values: each becomes a step of the core, and its result what the engine is told. */

/** What every call about a resource names. */
export interface About {
  readonly urn: string
  /** `audiocodes-live:index:SipConnection`; empty where an engine leaves it to the URN. */
  readonly type: string
}

/** A call that takes its time. */
export interface Timed {
  /** Seconds that the program gives this operation (`customTimeouts`); 0: none given. */
  readonly timeout: number
}

export interface CheckCall extends About {
  readonly olds: Properties
  readonly news: Properties
}
export interface DiffCall extends About {
  readonly id: string
  readonly state: Properties
  readonly oldInputs: Properties
  readonly news: Properties
}
export interface CreateCall extends About, Timed {
  readonly inputs: Properties
  readonly preview: boolean
}
export interface ReadCall extends About, Timed {
  readonly id: string
  /** Empty: nothing is known but the id, which is what a person wrote. */
  readonly state: Properties
  readonly inputs: Properties
}
export interface UpdateCall extends About, Timed {
  readonly id: string
  readonly state: Properties
  readonly news: Properties
  readonly preview: boolean
}
export interface DeleteCall extends About, Timed {
  readonly id: string
  readonly state: Properties
}

export interface Checked {
  readonly inputs: Properties
  readonly failures: ReadonlyArray<string>
}
export interface Compared {
  /** `unknown`: the engine compares by itself. */
  readonly changes: 'none' | 'some' | 'unknown'
  readonly replaces: ReadonlyArray<string>
  readonly deleteBeforeReplace: boolean
  readonly detail: DetailedDiff
}
export interface Made {
  readonly id: string
  readonly outputs: Properties
}
export interface Seen extends Made {
  readonly inputs: Properties
}

type Answer<A> = Promise<E.Either<Fault, A>>

/** The calls, each with the answer or a fault. */
export interface Lifecycle {
  readonly check: (call: CheckCall) => E.Either<Fault, Checked>
  readonly diff: (call: DiffCall) => E.Either<Fault, Compared>
  readonly create: (call: CreateCall) => Answer<Made>
  /** None: it is gone. */
  readonly read: (call: ReadCall) => Answer<O.Option<Seen>>
  readonly update: (call: UpdateCall) => Answer<Properties>
  readonly delete: (call: DeleteCall) => Answer<void>
}

/** The text of the dynamic provider, in the inputs and outputs of a resource that was made with the dynamic classes. */
const providerKey = '__provider'

const own = ({ [providerKey]: _text, ...properties }: Properties): Properties => properties

/** It goes along as long as the resource does: without it, moving over would be a change of every resource. */
const carried = (from: Properties): Properties => (providerKey in from ? { [providerKey]: from[providerKey] } : {})

/** The last type of a URN (`urn:pulumi:dev::project::parent$type::name`). */
const typeIn = (urn: string): string => urn.split('::')[2]?.split('$').at(-1) ?? ''

const registered = ({ type, urn }: About): E.Either<Fault, Resource> => {
  const asked = type === '' ? typeIn(urn) : type
  const all: ReadonlyArray<Resource> = Object.values(resources)
  const found = all.find((resource) => tokenOf(resource.type) === asked)
  const tokens = all.map((resource) => tokenOf(resource.type))
  return found === undefined
    ? E.left({ text: `Unknown resource type ${asked}; ${suggestion(asked, tokens, 'types')}` })
    : E.right(found)
}

const outcomeKey = 'lastOperation.outcome'

/**
 * @param adapted the capabilities for one operation, with its resource and its time
 */
export const lifecycle = (host: Host, adapted: (about: About & Timed) => (env: Env) => Env): Lifecycle => {
  const run = async <A>(call: About & Timed, { subject, program }: Step<A>): Answer<A> =>
    pipe(
      await host.run(subject, program, adapted(call)),
      E.mapLeft((text) => ({ text: whole(text) }))
    )

  /** What is told before a change is made, at its resource. */
  const announce = (about: About, text: O.Option<string>): void => {
    const env = host.env()
    if (O.isSome(text) && E.isRight(env)) adapted({ ...about, timeout: 0 })(env.right).warn(text.value)
  }

  /** @param before secrets of the state so far: after a fault, what was to be cleared may still be there */
  const write = async (
    call: About & Timed,
    step: Step<Outcome>,
    inputs: Opened,
    before: ReadonlyArray<Path> = []
  ): Answer<Made> =>
    pipe(
      await run(call, step),
      E.chain((outcome) =>
        pipe(
          host.outputs(outcome),
          E.bimap(
            ({ text, id, state }): Fault => ({
              text: whole(text),
              kept: {
                id,
                properties: sealed({ ...carried(inputs.plain), ...state }, [...inputs.secrets, ...before])
              }
            }),
            (state) => ({
              id: outcome.id,
              outputs: sealed({ ...carried(inputs.plain), ...state }, inputs.secrets)
            })
          )
        )
      )
    )

  return {
    check: (call) =>
      pipe(
        registered(call),
        E.map((resource) => {
          const olds = plainOf(call.olds)
          const news = opened(call.news)
          const { inputs, failures } = resource.check(own(olds), own(news.plain), host.settings())
          if (Object.keys(olds).length === 0 && failures.length === 0)
            announce(call, resource.announcement({}, own(news.plain)))
          return {
            inputs: sealed({ ...inputs, ...carried(olds) }, news.secrets),
            failures: [
              ...news.files.map((path) => `${path}: is an asset or an archive; expected a plain value`),
              ...failures
            ]
          }
        })
      ),

    diff: (call) =>
      pipe(
        registered(call),
        E.chain((resource) => {
          const oldInputs = own(plainOf(call.oldInputs))
          const state = own(plainOf(unpacked(call.state)))
          const news = own(plainOf(call.news))
          const env = host.env()
          if (E.isRight(env)) resource.noteDeclared(env.right, call.id, state, news)
          const isOfRefresh = host.isOfRefresh(call.id)
          const difference = resource.diff(call.id, state, news, isOfRefresh)
          if (E.isRight(difference) && !isOfRefresh) announce(call, resource.announcement(state, news))
          return pipe(
            difference,
            E.bimap(
              ({ subject, error }) => ({ text: whole(host.failure(subject, error)) }),
              ({ changes, replaces, deleteBeforeReplace }): Compared => {
                const isUnfinished = changes === true
                const changed = changes === false ? {} : detailedDiff(inputsIn(state, oldInputs, news), news, replaces)
                const detail: DetailedDiff = isUnfinished
                  ? { ...changed, [outcomeKey]: { kind: 'update', replaces: false, isInput: false } }
                  : changed
                return {
                  changes: changes === false ? 'none' : Object.keys(detail).length > 0 ? 'some' : 'unknown',
                  replaces,
                  deleteBeforeReplace,
                  detail
                }
              }
            )
          )
        })
      ),

    create: async (call) => {
      const resource = registered(call)
      if (E.isLeft(resource)) return resource
      const inputs = opened(call.inputs)
      return call.preview
        ? E.right({
            id: '',
            outputs: sealed(Preview.ofCreate(resource.right.outputs, inputs.plain), inputs.secrets)
          })
        : write(call, resource.right.create(own(inputs.plain)), inputs)
    },

    read: async (call) => {
      const resource = registered(call)
      if (E.isLeft(resource)) return resource
      return Object.keys(call.state).length === 0 ? found(call, resource.right) : refreshed(call, resource.right)
    },

    update: async (call) => {
      const resource = registered(call)
      if (E.isLeft(resource)) return resource
      const [{ plain: state, secrets }, news] = [opened(unpacked(call.state)), opened(call.news)]
      if (call.preview)
        return E.right(sealed(Preview.ofUpdate(resource.right.outputs, state, news.plain), news.secrets))
      const step = resource.right.update(call.id, own(state), own(news.plain))
      return pipe(
        await write(call, step, news, secrets),
        E.map(({ outputs }) => outputs)
      )
    },

    delete: async (call) => {
      const resource = registered(call)
      if (E.isLeft(resource)) return resource
      const state = own(plainOf(unpacked(call.state)))
      return run(call, resource.right.remove(call.id, state))
    }
  }

  /** A thing that is not in the state: an import. */
  async function found(call: ReadCall, { find, type }: Resource): Answer<O.Option<Seen>> {
    if (O.isNone(find))
      return E.left({ text: `There is no import of ${type}: declare it, with adopt where it exists already` })
    return pipe(
      await run(call, find.value(call.id)),
      E.map(({ id, state, inputs }) => O.some({ id, outputs: state, inputs }))
    )
  }

  /** A thing of the state, as it is now. */
  async function refreshed(call: ReadCall, resource: Resource): Answer<O.Option<Seen>> {
    const [state, inputs] = [opened(unpacked(call.state)), opened(call.inputs)]
    const secrets = [...state.secrets, ...inputs.secrets]
    return pipe(
      await run(call, resource.read(call.id, own(state.plain))),
      E.map(
        O.map((live) => {
          host.noteRead(call.id)
          return {
            id: resource.canonicalId(call.id),
            outputs: sealed({ ...carried(state.plain), ...live.state }, secrets),
            inputs: sealed({ ...carried(inputs.plain), ...live.inputs }, secrets)
          }
        })
      )
    )
  }
}
