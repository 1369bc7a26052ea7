// The schema says of every input what its codec says: the codec is asked with values of that type, and with others.

import * as assert from 'node:assert/strict'
import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import { faultsOf } from '../../../provider/Decode'
import type { Resource } from '../../../provider/Resource'
import type { Shape, Shaped } from '../../../provider/Shape'
import { calls } from '../../../provider/lookups/Calls'
import { resources } from '../../../provider/resources'
import type { PropertySpec } from '../../../provider/schema/Spec'
import { tokenOf } from '../../../provider/schema/Tokens'
import { check } from '../../support/property'
import { mutated } from '../properties/support'
import { misfits, schema, texts, valuesOf, wordsOf } from './support/Fits'

type InputCodec = t.Decoder<unknown, unknown> & Shaped

interface Input {
  readonly name: string
  readonly codec: InputCodec
  readonly spec: PropertySpec
}

const specOf = (name: string, spec: PropertySpec | undefined): PropertySpec =>
  spec ?? assert.fail(`the schema does not know the input ${name}`)

const ofResources: ReadonlyArray<Input> = Object.values<Resource>(resources).flatMap(({ type, inputs }) =>
  Object.entries(inputs.codecs).map(([key, codec]) => {
    const name = `${type}.${key}`
    return { name, codec, spec: specOf(name, schema.resources[tokenOf(type)]?.inputProperties[key]) }
  })
)

const ofFunctions: ReadonlyArray<Input> = Object.entries(calls).flatMap(([call, { args }]) =>
  Object.entries<InputCodec>(args).map(([key, codec]) => {
    const name = `${call}.${key}`
    return { name, codec, spec: specOf(name, schema.functions[tokenOf(call)]?.inputs?.properties[key]) }
  })
)

/** The words that a codec takes, at any depth: those that the schema lacks would never be found by chance. */
const wordsIn = (shape: Shape): ReadonlyArray<string> => {
  switch (shape._tag) {
    case 'Choice':
      return shape.choices
    case 'List':
      return wordsIn(shape.item)
    case 'Map':
      return wordsIn(shape.value)
    case 'Fields':
      return Object.values(shape.fields).flatMap((field) => wordsIn(field.shape))
    case 'OneOf':
      return shape.shapes.flatMap(wordsIn)
    case 'Text':
    case 'Number':
    case 'Whole':
    case 'Flag':
    case 'Any':
      return []
  }
}

/** Values of the type of an input, the same with a part exchanged, and anything at all. */
const valuesFor = ({ codec, spec }: Input): fc.Arbitrary<unknown> => {
  const words = wordsIn(codec.shape)
  const anything = fc.oneof(fc.jsonValue(), texts, ...(words.length === 0 ? [] : [fc.constantFrom(...words)]))
  return fc.oneof(
    { weight: 2, arbitrary: valuesOf(spec) },
    { weight: 2, arbitrary: valuesOf(spec).chain((value) => mutated(value, anything).map((changed) => changed.value)) },
    { weight: 1, arbitrary: anything }
  )
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/**
 * What a codec may refuse although it is of the right type: a text for what it says, a whole number for how great it is, another one below zero,
 * an object in which there is nothing.
 */
const isOpen = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'number' && (Number.isInteger(value) || value < 0)) || isEmpty(value)

/** Their codecs take any fields: the check judges those, by the codecs of a connection and with the defaults in their places. */
const judgedLater: ReadonlyArray<string> = ['SipConnectionFleet.defaults', 'SipConnectionFleet.connections']

const at = (value: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], value)

describe('the schema and the codecs', () => {
  for (const input of [...ofResources, ...ofFunctions]) {
    const { name, codec, spec } = input
    it(`say the same of ${name}`, () => {
      assert.deepEqual([...wordsOf(spec)].sort(), [...wordsIn(codec.shape)].sort())
      let accepted = 0
      check(
        fc.property(valuesFor(input), (value) => {
          const decoded = codec.decode(value)
          // An absent value is no value of an input.
          if (E.isLeft(decoded) || value === undefined || value === null) return
          accepted += 1
          if (judgedLater.includes(name)) return
          assert.deepEqual([misfits(value, spec), misfits(decoded.right, spec)], [[], []])
        }),
        600
      )
      assert.ok(accepted > 0, 'none of the values was right')
      check(
        fc.property(valuesOf(spec), (value) => {
          const decoded = codec.decode(value)
          if (E.isRight(decoded)) return
          const refused = faultsOf(decoded.left).filter(({ path }) => !isOpen(at(value, path)))
          assert.deepEqual(refused, [], 'a value of the type is refused')
        }),
        200
      )
    })
  }
})
