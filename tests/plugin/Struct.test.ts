import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { BinaryWriter } from 'google-protobuf'
import { type JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb'
import { receivePlainValues, structOf } from '../../provider/plugin/Struct'
import { check } from '../support/property'

type Properties = Record<string, JavaScriptValue>

/** Reads as the plugin does; everything else in this process keeps the way of the library. */
const read = (bytes: Uint8Array): unknown => {
  const stop = receivePlainValues()
  try {
    return Struct.deserializeBinary(bytes).toJavaScript()
  } finally {
    stop()
  }
}

const values = fc.dictionary(
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 })
) as fc.Arbitrary<Properties>

const examples: readonly Properties[] = [
  {},
  { '': '', empty: {}, none: null, list: [], no: false, zero: 0, minus: -0 },
  { b: 1, a: 2, 10: 'ten', 9: 'nine' },
  { deep: { er: [[null, { x: [] }], 'München', '\u{1f4de}'] }, large: 1e300, tiny: 5e-324 }
]

const order = (value: unknown): string => JSON.stringify(value)

describe('properties on the wire', () => {
  const sameAsLibrary = (properties: Properties): void => {
    const bytes = Struct.fromJavaScript(properties).serializeBinary()
    const theirs = Struct.deserializeBinary(bytes).toJavaScript()
    assert.deepStrictEqual(read(bytes), theirs)
    assert.strictEqual(order(read(bytes)), order(theirs))
    const written = structOf(properties).serializeBinary()
    assert.deepStrictEqual(Struct.deserializeBinary(written).toJavaScript(), theirs)
    assert.strictEqual(written.length, bytes.length)
  }

  for (const properties of examples)
    it(`are those of the library: ${JSON.stringify(properties)}`, () => {
      sameAsLibrary(properties)
    })

  it('are those of the library, whatever they hold', () => {
    check(
      fc.property(values, (properties) => {
        fc.pre(!order(properties).includes('__proto__'))
        sameAsLibrary(properties)
      }),
      300
    )
  })

  it('come in the order of their keys, whatever the order on the wire', () => {
    const twisted = structOf({ b: 1, c: { z: 1, y: 2 }, a: 3 }).serializeBinary()
    assert.strictEqual(order(read(twisted)), '{"a":3,"b":1,"c":{"y":2,"z":1}}')
  })

  it('keep a key that the library loses', () => {
    const properties = JSON.parse('{"__proto__":{"a":1}}') as Properties
    assert.strictEqual(order(read(structOf(properties).serializeBinary())), '{"__proto__":{"a":1}}')
  })

  it('pass on what they received as it was', () => {
    const stop = receivePlainValues()
    try {
      const bytes = structOf({ a: [1, { b: 'x' }] }).serializeBinary()
      assert.deepStrictEqual(Struct.deserializeBinary(bytes).serializeBinary(), bytes)
    } finally {
      stop()
    }
  })

  it('may have fields of a newer protocol', () => {
    const writer = new BinaryWriter()
    writer.writeMessage(1, 'a', (key: string, entry: BinaryWriter) => {
      entry.writeString(1, key)
      entry.writeMessage(2, 'x', (text: string, value: BinaryWriter) => {
        value.writeString(9, 'later')
        value.writeString(3, text)
      })
      entry.writeDouble(7, 1)
    })
    writer.writeString(5, 'more')
    assert.deepStrictEqual(read(writer.getResultBuffer()), { a: 'x' })
  })

  it('are refused when JSON has no such value', () => {
    assert.throws(
      () => structOf({ a: [undefined] }).serializeBinary(),
      new Error('a property is of the type undefined, which JSON does not have')
    )
  })
})
