import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Difference } from './Difference'
import type { Env, Program } from './Env'
import type { Subject } from './ErrorText'
import type { ProviderError, Refused } from './Errors'
import type { AnyInputs, Checked, Configured, InputTables, Inputs } from './Inputs'
import { plainJson } from './Json'
import { noteDeclared } from './Ownership'
import { type SecretPlaces, withSecretMarks } from './SecretMarks'
import { reported } from './Reported'
import type { OutputRule } from './State'
import type { Written } from './Written'

/**
 * What a resource is: its pure decisions and its lifecycle, for every host. A host turns the calls of an engine into these, and the results into
 * the engine's shapes; it knows no resource by name.
 */

/** A thing as a read finds it. */
export interface Found<A, S> {
  readonly state: Partial<S>
  /** The live values of the managed inputs. */
  readonly inputs: Partial<A>
}

/** A resource as its own folder describes it. `A`: its inputs, `S`: its state, which holds the inputs too. */
export interface Definition<A extends object, S extends object> {
  /** Name of the class in a program: `SipConnection`. */
  readonly type: string
  readonly inputs: InputTables<A>
  readonly secrets: SecretPlaces
  /** Inputs whose live value a read does not tell: a comparison with the platform says nothing of them. */
  readonly untold: ReadonlyArray<keyof A & string>
  /** An id in its canonical form: an import file may hold it as the portal shows it. */
  readonly canonicalId: (given: string) => string
  /** What a message says it is about. */
  readonly subject: (kind: Subject['kind'], of: Partial<A>, id?: string) => Subject
  readonly check: (olds: Inputs, news: Inputs, settings: Configured) => Checked
  /** The state as the engine hands it over; one that is not understood is refused. */
  readonly stateFrom: (properties: Inputs) => E.Either<Refused, Partial<S>>
  readonly diff: (state: Partial<S>, news: Partial<A>) => Difference
  /** A reason to refuse the run, found by the state before anything is sent. */
  readonly refuses?: (state: Partial<S>, news: Partial<A>) => O.Option<Refused>
  /** What is told of a change before it is made, in a preview and in a run. `state`: empty for a new thing. */
  readonly announces?: (state: Partial<S>, news: Partial<A>) => O.Option<string>
  /** What a declared resource has from an earlier run, as `Ownership` names it. Default: its id. */
  readonly holds?: (id: string, state: Partial<S>, news: Partial<A>) => ReadonlyArray<string>
  readonly create: (args: A) => Program<Written<S>>
  /** None: it is gone. */
  readonly read: (id: string, state: Partial<S>) => Program<O.Option<Found<A, S>>>
  readonly update: (id: string, state: Partial<S>, args: A) => Program<Written<S>>
  readonly remove: (id: string, state: Partial<S>) => Program<void>
  /** The outputs beside the inputs; one without a line does not compile. */
  readonly outputs: { readonly [K in Exclude<keyof S, keyof A>]-?: OutputRule }
  /** Whose writes are rows of the change report: `itself` puts them there on its own, e.g. one for each of its entries. Default: this record's. */
  readonly reports?: 'itself'
  /** Finds a thing by what a person writes to import it. Without it, the resource cannot be imported. */
  readonly find?: (importId: string) => Program<Imported<A, S>>
}

/** A thing as an import finds it. */
export interface Imported<A, S> extends Found<A, S> {
  readonly id: string
}

/** A step of the lifecycle, ready to be run, and what it is about. */
export interface Step<A> {
  readonly subject: Subject
  readonly program: Program<A>
}

/** What is wrong with a state, and what it is about. */
export interface Mistaken {
  readonly subject: Subject
  readonly error: ProviderError
}

/** Properties for the engine: plain JSON, secrets marked. */
export type Properties = Readonly<Record<string, unknown>>

/** The end of a write, and what it was about, now that it has an id. */
export interface Outcome extends Written<Properties> {
  readonly subject: Subject
}

/** A resource in the terms of a host: properties in, properties out. */
export interface Resource {
  readonly type: string
  readonly inputs: AnyInputs
  readonly secrets: SecretPlaces
  readonly untold: ReadonlyArray<string>
  readonly canonicalId: (given: string) => string
  readonly subject: (kind: Subject['kind'], of: Properties, id?: string) => Subject
  readonly check: (olds: Properties, news: Properties, settings: Configured) => Checked
  /**
   * Without a platform, and without a configuration.
   *
   * @param isOfRefresh whether it only shows what a read has found, which nothing is sent for: then nothing of it is refused
   */
  readonly diff: (
    id: string,
    olds: Properties,
    news: Properties,
    isOfRefresh?: boolean
  ) => E.Either<Mistaken, Difference>
  /** What is told before a change is made; `olds`: empty for a new thing. */
  readonly announcement: (olds: Properties, news: Properties) => O.Option<string>
  /** Notes that the program declares the resource: to be called with every `diff`, which comes before the deletion of what is no longer declared. */
  readonly noteDeclared: (env: Pick<Env, 'claims'>, id: string, olds: Properties, news: Properties) => void
  readonly create: (inputs: Properties) => Step<Outcome>
  readonly read: (
    id: string,
    properties: Properties
  ) => Step<O.Option<{ readonly state: Properties; readonly inputs: Properties }>>
  readonly update: (id: string, olds: Properties, news: Properties) => Step<Outcome>
  readonly remove: (id: string, properties: Properties) => Step<void>
  readonly outputs: Readonly<Record<string, OutputRule>>
  /** None: there is no import of this resource. */
  readonly find: O.Option<(importId: string) => Step<Imported<Properties, Properties>>>
}

/** Nulls mean "not declared". */
const present = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined))

/** A resource for the hosts. */
export const resource = <A extends object, S extends object>(definition: Definition<A, S>): Resource => {
  const { type, secrets, subject } = definition
  // Plain JSON, since the dynamic host drops the whole answer at one `undefined`.
  const properties = (value: object): Properties => withSecretMarks(plainJson(value) as Properties, secrets)
  const checked = (inputs: Properties): A => present(inputs) as A
  const about = (kind: Subject['kind'], of: Partial<A>, id?: string): Subject =>
    subject(kind, of, id === undefined ? undefined : definition.canonicalId(id))
  const stateOf = (olds: Properties): E.Either<Refused, Partial<S>> => definition.stateFrom(present(olds))
  const allowed = (state: Partial<S>, news: A): E.Either<Refused, Partial<S>> =>
    pipe(
      definition.refuses?.(state, news) ?? O.none,
      O.match(
        () => E.right(state),
        (refusal) => E.left(refusal)
      )
    )
  /** Of a state that is not understood no value is shown. */
  const aboutState = (kind: Subject['kind'], olds: Properties, id: string): Subject =>
    about(
      kind,
      pipe(
        stateOf(olds),
        E.getOrElseW(() => ({}))
      ) as Partial<A>,
      id
    )
  const withState = <B>(olds: Properties, program: (state: Partial<S>) => Program<B>): Program<B> =>
    pipe(RTE.fromEither(stateOf(olds)), RTE.chain(program))
  /** A write or a deletion with its row in the change report. */
  const inReport = (of: Subject, id: string | undefined, before: O.Option<Partial<S>>, after?: A) =>
    definition.reports === 'itself'
      ? <B>(program: Program<B>): Program<B> => program
      : reported({
          resource: type,
          subject: of,
          ...(id === undefined ? {} : { id: definition.canonicalId(id) }),
          ...(O.isNone(before) ? {} : { before: before.value }),
          ...(after === undefined ? {} : { after }),
          secrets,
          rules: definition.inputs.rules
        })
  /** A write as a step. */
  const writing = (
    kind: Subject['kind'],
    inputs: Properties,
    program: Program<Written<S>>,
    id?: string,
    before: O.Option<Partial<S>> = O.none
  ): Step<Outcome> => ({
    subject: about(kind, checked(inputs), id),
    program: pipe(
      program,
      inReport(about(kind, checked(inputs), id), id, before, checked(inputs)),
      RTE.map((written) => ({
        ...written,
        state: properties(written.state),
        subject: about(kind, checked(inputs), written.id)
      }))
    )
  })
  return {
    type,
    inputs: definition.inputs,
    secrets,
    untold: definition.untold,
    canonicalId: definition.canonicalId,
    subject: (kind, of, id) => about(kind, checked(of), id),
    check: (olds, news, settings) => {
      const { inputs, failures } = definition.check(present(olds), present(news), settings)
      return { inputs: properties(inputs), failures }
    },
    diff: (id, olds, news, isOfRefresh = false) =>
      pipe(
        stateOf(olds),
        E.mapLeft((error): Mistaken => ({ subject: aboutState('read', olds, id), error })),
        E.chain((state) =>
          pipe(
            isOfRefresh ? E.right(state) : allowed(state, checked(news)),
            E.mapLeft((error): Mistaken => ({ subject: about('update', checked(news), id), error }))
          )
        ),
        E.map((state) => plainJson(definition.diff(state, checked(news))))
      ),
    announcement: (olds, news) =>
      pipe(
        O.fromEither(stateOf(olds)),
        O.chain((state) => definition.announces?.(state, checked(news)) ?? O.none)
      ),
    noteDeclared: (env, given, olds, news) => {
      const [id, state] = [definition.canonicalId(given), stateOf(olds)]
      if (E.isRight(state)) noteDeclared(env, definition.holds?.(id, state.right, checked(news)) ?? [id], state.right)
    },
    create: (inputs) => writing('create', inputs, definition.create(checked(inputs))),
    read: (id, olds) => ({
      subject: aboutState('read', olds, id),
      program: withState(olds, (state) =>
        pipe(
          definition.read(definition.canonicalId(id), state),
          RTE.map(O.map((found) => ({ state: properties(found.state), inputs: properties(found.inputs) })))
        )
      )
    }),
    update: (id, olds, news) =>
      writing(
        'update',
        news,
        withState(olds, (state) =>
          pipe(
            RTE.fromEither(allowed(state, checked(news))),
            RTE.chain(() => definition.update(definition.canonicalId(id), state, checked(news)))
          )
        ),
        id,
        O.fromEither(stateOf(olds))
      ),
    remove: (id, olds) => ({
      subject: aboutState('delete', olds, id),
      program: pipe(
        withState(olds, (state) => definition.remove(definition.canonicalId(id), state)),
        inReport(aboutState('delete', olds, id), id, O.fromEither(stateOf(olds)))
      )
    }),
    outputs: definition.outputs,
    find: pipe(
      O.fromNullable(definition.find),
      O.map((find) => (importId) => ({
        subject: { ...about('read', {}), name: importId, command: 'pulumi import' },
        program: pipe(
          find(importId),
          RTE.map(({ id, state, inputs }) => ({ id, state: properties(state), inputs: properties(inputs) }))
        )
      }))
    )
  }
}
