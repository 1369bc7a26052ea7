// How the parts of a schema are made, and what keeps it from being made.

import * as assert from 'node:assert/strict'
import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { exactly, flag, integerFrom, list, oneOf, refine, text, withDefaults } from '../../../provider/Codecs'
import { faultsOf, optional } from '../../../provider/Decode'
import { known } from '../../../provider/Unknowns'
import { type Declared, type DeclaredField, agreed } from '../../../provider/schema/Declared'
import { functionPart } from '../../../provider/schema/Functions'
import { packageSpec } from '../../../provider/schema/Package'
import { resourcePart } from '../../../provider/schema/Resources'
import { resultProperties } from '../../../provider/schema/Results'

const plain = (tag: 'Text' | 'Number' | 'Flag' | 'Any'): Declared => ({ _tag: tag })
const field = (name: string, type: Declared, required = true): DeclaredField => ({
  name,
  text: `The ${name}.`,
  type,
  required
})
const colour: Declared = { _tag: 'Choice', name: 'Colour', text: 'A colour.', choices: ['red', 'blue'] }
const dot: Declared = {
  _tag: 'Fields',
  name: 'Dot',
  text: 'A dot.',
  fields: [field('size', plain('Number')), field('round', plain('Flag'), false)]
}
const dotCodec = withDefaults(exactly('a dot', { size: known(integerFrom(1)) }, { round: known(flag) }), {
  round: true
})
const codecs = {
  colour: known(oneOf('red', 'blue')),
  dots: known(list('a list of dots', known(dotCodec)))
}
const inputs = [field('colour', colour), field('dots', { _tag: 'List', item: dot }, false)]

const thing = {
  type: 'Thing',
  inputs: { codecs, required: ['colour'], rules: { colour: 'replace', dots: 'update' } as const },
  outputs: { weight: 'kept', managedKeys: 'written', schemaVersion: 'kept' },
  secrets: { keys: ['dots'], bags: [] }
}
const outputs = [
  field('colour', colour),
  field('dots', { _tag: 'List', item: dot }, false),
  field('weight', plain('Number'), false)
]

describe('A resource in the schema', () => {
  it('has types from its codecs, and words from the sources', () => {
    const property = { $ref: '#/types/audiocodes-live:index:Colour', description: 'The colour.' }
    const dots = {
      type: 'array',
      items: { $ref: '#/types/audiocodes-live:index:Dot' },
      description: 'The dots.',
      secret: true
    }
    const types = [
      [
        'audiocodes-live:index:Colour',
        { type: 'string', description: 'A colour.', enum: [{ value: 'red' }, { value: 'blue' }] }
      ],
      [
        'audiocodes-live:index:Dot',
        {
          type: 'object',
          description: 'A dot.',
          properties: {
            size: { type: 'integer', description: 'The size.' },
            round: { type: 'boolean', description: 'The round.', default: true }
          },
          required: ['size']
        }
      ]
    ]
    assert.deepEqual(
      resourcePart({ resource: thing, text: 'A thing.', inputs, outputs }),
      E.right({
        type: 'Thing',
        spec: {
          description: 'A thing.',
          inputProperties: { colour: { ...property, willReplaceOnChanges: true }, dots },
          requiredInputs: ['colour'],
          properties: { colour: property, dots, weight: { type: 'integer', description: 'The weight.' } },
          required: ['colour'],
          aliases: [{ type: 'pulumi-nodejs:dynamic/audiocodes-live:Thing' }]
        },
        types: [...types, ...types]
      })
    )
  })

  it('is refused with every contradiction between codec and source', () => {
    const wrong = [
      { ...field('colour', colour, false), text: '' },
      field(
        'dots',
        { _tag: 'List', item: { ...dot, fields: [field('size', plain('Text')), field('round', plain('Flag'))] } },
        false
      )
    ]
    assert.deepEqual(
      resourcePart({ resource: thing, text: 'A thing.', inputs: wrong, outputs }),
      E.left([
        'Thing.colour: has no docstring',
        'Thing.dots[].size: the codec takes {"_tag":"Whole"}, and what is declared is {"_tag":"Text"}',
        'Thing.dots[].round: is required as declared, and not so for its codec'
      ])
    )
    assert.deepEqual(
      resourcePart({ resource: thing, text: 'A thing.', inputs: [], outputs }),
      E.left(['Thing.colour: is nowhere declared', 'Thing.dots: is nowhere declared'])
    )
  })

  it('is refused when its class lacks an output, or has one that the provider does not know', () => {
    assert.deepEqual(
      resourcePart({ resource: thing, text: '', inputs, outputs: outputs.slice(0, 2) }),
      E.left(['Thing: the class has no weight'])
    )
    assert.deepEqual(
      resourcePart({ resource: thing, text: '', inputs, outputs: [...outputs, field('height', plain('Number'))] }),
      E.left(['Thing.height: is neither an input nor an output of the provider'])
    )
  })
})

describe('A type', () => {
  it('of one of several is known with what the codec knows of each', () => {
    const names: Declared = { _tag: 'List', item: plain('Text') }
    assert.deepEqual(
      agreed(
        'at',
        { _tag: 'OneOf', types: [names, plain('Number')] },
        { _tag: 'OneOf', shapes: [integerFrom(1).shape, list('names', text('a name', 3)).shape] }
      ),
      E.right({ _tag: 'OneOf', types: [{ _tag: 'Whole' }, names] })
    )
  })

  const refused: ReadonlyArray<readonly [string, Declared, Parameters<typeof agreed>[2]]> = [
    ['other words', colour, oneOf('red', 'green').shape],
    ['fewer words', colour, oneOf('red').shape],
    ['a number for a text', plain('Number'), text('a text', 3).shape],
    ['a text for a whole number', plain('Text'), integerFrom(1).shape],
    ['another item', { _tag: 'List', item: plain('Flag') }, list('a list', text('a text', 3)).shape],
    ['no list', plain('Text'), list('a list', text('a text', 3)).shape],
    ['another field', dot, exactly('a dot', { size: integerFrom(1) }, { flat: flag }).shape],
    ['a map for fields', { _tag: 'Map', value: plain('Text') }, dotCodec.shape],
    [
      'another member',
      { _tag: 'OneOf', types: [plain('Flag'), plain('Number')] },
      { _tag: 'OneOf', shapes: [flag.shape, text('', 1).shape] }
    ]
  ]
  for (const [what, declared, shape] of refused) {
    it(`is refused with ${what}`, () => {
      assert.ok(E.isLeft(agreed('at', declared, shape)))
    })
  }
})

describe('A function in the schema', () => {
  const made = (result: Declared) =>
    functionPart({
      name: 'getDots',
      text: 'Dots.',
      codecs: { size: integerFrom(1), colour: optional(oneOf('red', 'blue')) },
      inputs: [field('size', plain('Number')), field('colour', colour, false)],
      result
    })

  it('takes what its codecs take, and gives an object as it is', () => {
    const { spec } = valueOf(made(dot))
    assert.deepEqual(spec, {
      description: 'Dots.',
      inputs: {
        properties: {
          size: { type: 'integer', description: 'The size.' },
          colour: { $ref: '#/types/audiocodes-live:index:Colour', description: 'The colour.' }
        },
        required: ['size']
      },
      outputs: {
        properties: {
          size: { type: 'integer', description: 'The size.' },
          round: { type: 'boolean', description: 'The round.' }
        },
        required: ['size']
      }
    })
  })

  it('gives anything else under its name, as the provider does', () => {
    const { spec } = valueOf(made({ _tag: 'List', item: dot }))
    assert.deepEqual(spec.outputs, {
      properties: { dots: { type: 'array', items: { $ref: '#/types/audiocodes-live:index:Dot' } } },
      required: ['dots']
    })
    assert.deepEqual(
      [
        resultProperties('getDots', [1]),
        resultProperties('sbcId', 3),
        resultProperties('getTask', { taskId: 'tsk_1' })
      ],
      [{ dots: [1] }, { sbcId: 3 }, { taskId: 'tsk_1' }]
    )
  })
})

describe('A schema', () => {
  const choices = {
    clearWith: ['empty', 'null'],
    siteIdPlacement: ['path', 'query', 'body'],
    modifyBody: ['fields', 'scriptParameters'],
    licenseBody: ['upgradeToLicense', 'licenseType'],
    siteLocationShape: ['array', 'object'],
    preflight: ['off', 'warn', 'fail']
  }
  const settings = Object.entries(choices).map(([name, words]) =>
    field(name, { _tag: 'Choice', name: `${name}Words`, text: '', choices: words })
  )
  const dots = (name: string, text: string) => ({
    name,
    text: '',
    codecs: {},
    inputs: [],
    result: { _tag: 'List', item: { ...dot, text } } as const
  })
  const made = (functions: ReadonlyArray<ReturnType<typeof dots>>, named = settings) =>
    packageSpec({ version: '1.0.0', resources: [], functions, settings: named })

  it('has each type once', () => {
    const { types } = valueOf(made([dots('getDots', 'A dot.'), dots('getMoreDots', 'A dot.')]))
    assert.deepEqual(
      Object.keys(types).filter((token) => !token.endsWith('Words')),
      ['audiocodes-live:index:Dot']
    )
  })

  it('is refused with two different types of one name', () => {
    assert.deepEqual(
      made([dots('getDots', 'A dot.'), dots('getMoreDots', 'Another dot.')]),
      E.left(['audiocodes-live:index:Dot: two different types have this name'])
    )
  })

  it('is refused with a choice of a setting that has no name', () => {
    assert.deepEqual(made([], settings.slice(1)), E.left(['clearWith: is nowhere declared']))
  })
})

describe('A codec with a further condition', () => {
  it('tells what is wrong within a list where it is', () => {
    const dots = refine('a list of dots', list('a list of dots', known(dotCodec)), (all) =>
      all.length === 0 ? 'is empty' : undefined
    )
    const faults = (value: unknown) => {
      const decoded = dots.decode(value)
      return E.isLeft(decoded) ? faultsOf(decoded.left).map(({ path, text: said }) => `${path}: ${said}`) : []
    }
    assert.deepEqual(faults([{ size: 1 }, { size: 0 }]), ['[1].size: expected a whole number from 1'])
    assert.deepEqual([faults([]), faults(3)], [[': is empty'], [': expected a list of dots']])
  })

  it('fills in what is absent, and nothing else', () => {
    assert.deepEqual(
      [dotCodec.decode({ size: 1 }), dotCodec.decode({ size: 1, round: false })],
      [E.right({ size: 1, round: true }), E.right({ size: 1, round: false })]
    )
    assert.ok(dotCodec instanceof t.Type)
  })
})

const valueOf = <A>(made: E.Either<unknown, A>): A =>
  E.isRight(made) ? made.right : assert.fail(JSON.stringify(made.left))
