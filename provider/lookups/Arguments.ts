import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { below, faultsOf } from '../Decode'
import { type Refused, refused } from '../Errors'
import { isGuid } from '../Codecs'
import { type Codec, type Shape, choiceShape, flagShape, shaped, textShape } from '../Shape'

/** Arguments of the calls that read: each is checked before anything is sent, and all faults are told at once. */
export type Arguments<A extends object> = {
  readonly [K in keyof A]-?: Codec<A[K]>
}

const checked = <A>(
  name: string,
  shape: Shape,
  is: (u: unknown) => u is A,
  to: (a: A) => A,
  fault: (u: unknown) => string
): Codec<A> =>
  shaped(
    new t.Type<A, unknown, unknown>(
      name,
      is,
      (u, context) => (is(u) ? t.success(to(u)) : t.failure(u, context, fault(u))),
      t.identity
    ),
    shape
  )

const isAbsent = (u: unknown): boolean => u === undefined || u === null || u === ''

const guidArgument = (absent: string): Codec<string> =>
  checked(
    'uuid',
    textShape,
    isGuid,
    (guid) => guid.toLowerCase(),
    (u) => (isAbsent(u) ? absent : 'expected a uuid such as 11111111-2222-3333-4444-555555555555')
  )

/** A uuid, in lower case. */
export const Guid = guidArgument('is required: a uuid')

/** What an empty customer guid means. */
export const noLicense = 'no license has been applied to the lead yet (Create Service from Lead)'

/** The guid of a customer; the platform has null in its place for a lead. */
export const CustomerGuid = guidArgument(
  `is required: a uuid. The platform gives null where ${noLicense}; customerGuid("<short name>") finds the one of a service`
)

/** A text that says something. */
export const Words = checked(
  'text',
  textShape,
  (u): u is string => typeof u === 'string' && u.trim() !== '',
  t.identity,
  (u) => (isAbsent(u) ? 'is required: a text' : 'expected a text that is not blank')
)

/** One of these words. */
export const oneOf = <S extends string>(...choices: ReadonlyArray<S>): Codec<S> =>
  checked(
    choices.join(', '),
    choiceShape(choices),
    (u): u is S => choices.some((choice) => choice === u),
    t.identity,
    () => `expected one of ${choices.join(', ')}`
  )

/** true or false. */
export const Flag = checked('flag', flagShape, t.boolean.is, t.identity, () => 'expected true or false')

/** The arguments of a call, or all that is wrong with them. */
export const argumentsFrom = <A extends object>(codecs: Arguments<A>, given: unknown): E.Either<Refused, A> => {
  const entries: ReadonlyArray<readonly [string, t.Type<unknown, unknown, unknown>]> = Object.entries(codecs)
  const names = entries.map(([name]) => name)
  const wrong = (faults: ReadonlyArray<string>): E.Either<Refused, A> =>
    E.left(refused(faults.join('; '), 'correct the arguments; nothing was sent'))
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return wrong([`expected an object with ${names.length === 0 ? 'nothing in it' : names.join(', ')}`])
  const values = given as Readonly<Record<string, unknown>>
  const faults = Object.keys(values)
    .filter((name) => !names.includes(name))
    .map(
      (name) =>
        `${name}: unknown; ${names.length === 0 ? 'there are no arguments' : `the arguments are ${names.join(', ')}`}`
    )
  const decoded: Partial<Record<string, unknown>> = {}
  for (const [name, codec] of entries) {
    const result = codec.decode(values[name])
    if (E.isRight(result)) decoded[name] = result.right
    else
      faults.push(
        faultsOf(result.left)
          .map(({ path, text }) => `${below(name, path)}: ${text}`)
          .join('; ')
      )
  }
  // Every name has been decoded by the codec of its type.
  return faults.length > 0 ? wrong(faults) : E.right(decoded as A)
}
