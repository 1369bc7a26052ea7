import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { fieldChanges, listText, shownOf } from '../../cli/report/Fields'
import { code, comment, heads, plain, row } from '../../cli/report/Markdown'
import { table } from '../../cli/report/Table'
import { valueText } from '../../cli/report/Values'
import { document, element } from '../../cli/report/Xml'
import { check } from '../support/property'
import { unknowns } from '../support/unknowns'

/** Texts of all kinds, with many of the characters that mean something to Markdown or XML. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'|`\\<>&"\'\n\r*_~[]()#@$! a', '\u0000', '\u202e', '\ud800', 'ü', '→') })
)

describe('values', () => {
  const cases: readonly [unknown, string][] = [
    [undefined, 'not set'],
    [null, 'not set'],
    ['', '""'],
    ['a b', 'a b'],
    ['a\nb\u202ec', 'a\\u000ab\\u202ec'],
    [3, '3'],
    [false, 'false'],
    ['[secret]', 'secret'],
    [unknowns.number, 'known after apply'],
    [[], 'empty list'],
    [['+491', '+492'], '+491, +492'],
    [Array.from({ length: 12 }, (_, index) => index), '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 … and 2 more'],
    [{ dialPlanName: 'Plan', index: 4, active: false }, 'Plan 4 (inactive)'],
    [[{ prefix: '+4930', tag: 'a.example.net', name: 'north' }], '+4930 -> a.example.net (north)'],
    [{ prefix: '+4930', tag: unknowns.string }, '+4930 -> known after apply'],
    [{ dialPlanName: 'Plan', index: 0, active: true }, 'Plan 0'],
    [{ Region: 'EMEA', n: 1 }, 'Region: EMEA, n: 1'],
    ['x'.repeat(300), `${'x'.repeat(200)}… (300 characters)`]
  ]
  for (const [value, text] of cases) {
    it(`are shown as ${text.slice(0, 40)}`, () => {
      assert.strictEqual(valueText(value), text)
    })
  }
})

describe('fields that differ', () => {
  it('are told one by one, nested ones by their paths', () => {
    const before = {
      a: 1,
      same: [1],
      m: { x: 1 },
      scripts: { variables: { Region: 'EMEA', 'a.b': '1' } },
      __provider: 'a'
    }
    const after = { a: 2, same: [1], scripts: { variables: { Region: 'APAC', 'a.b': '2', New: 'n' } }, __provider: 'b' }
    assert.deepStrictEqual(fieldChanges(before, after), [
      { path: 'a', before: 1, after: 2 },
      { path: 'm.x', before: 1 },
      { path: 'scripts.variables.New', after: 'n' },
      { path: 'scripts.variables.Region', before: 'EMEA', after: 'APAC' },
      { path: 'scripts.variables["a.b"]', before: '1', after: '2' }
    ])
  })

  it('hide what stands under the name of a secret, and what is marked', () => {
    const before = {
      carrierUserPassword: 'a',
      v: { ApiKey: 'k', Plain: '[secret]', Same: '[secret]' },
      list: [{ pwd: 'p' }]
    }
    const after = {
      carrierUserPassword: 'b',
      v: { Token: 't', Plain: 'now plain', Same: '[secret]' },
      list: [{ pwd: 'q' }]
    }
    assert.deepStrictEqual(fieldChanges(before, after), [
      { path: 'carrierUserPassword', before: '[secret]', after: '[secret]' },
      { path: 'list', before: [{ pwd: '[secret]' }], after: [{ pwd: '[secret]' }] },
      { path: 'v.ApiKey', before: '[secret]' },
      { path: 'v.Plain', before: '[secret]', after: '[secret]' },
      { path: 'v.Token', after: '[secret]' }
    ])
    assert.deepStrictEqual(
      fieldChanges({ v: '[secret]' }, { v: '[secret]' }, (path) => path === 'v'),
      [{ path: 'v', before: '[secret]', after: '[secret]' }]
    )
  })

  it('never hold a value from below the name of a secret', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.constant('canary'),
        fc.array(tie('any'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('any'))
      )
    })).any
    const properties = fc.record({ carrierPasswordDpi: value, variables: fc.record({ SipSecret: value, pin: value }) })
    check(
      fc.property(
        properties,
        properties,
        (a, b) => !JSON.stringify([fieldChanges(a, b), fieldChanges({}, a)]).includes('canary')
      )
    )
  })

  it('are shown as a loss and a gain for lists, and in one word for secrets', () => {
    const shown = (before?: unknown, after?: unknown) => {
      const found = shownOf({
        path: 'p',
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after })
      })
      return found._tag === 'List' ? listText(found, (items) => `<${items}>`) : found
    }
    assert.deepStrictEqual(
      [
        shown([1, 2], [2, 3]),
        shown([1, 2], [2, 1]),
        shown('[secret]', '[secret]'),
        shown(undefined, '[secret]'),
        shown('[secret]'),
        shown('[secret]', unknowns.number),
        shown(1)
      ],
      [
        'removed <1>; added <3>',
        'the same items in another order, or repeated',
        { _tag: 'Secret', said: 'changed' },
        { _tag: 'Secret', said: 'set' },
        { _tag: 'Secret', said: 'removed' },
        { _tag: 'Secret', said: 'known after apply' },
        { _tag: 'Values', before: 1, after: undefined }
      ]
    )
  })
})

describe('Markdown', () => {
  it('escapes what would end a cell, a value or the text around it', () => {
    assert.deepStrictEqual(['a|b', '`', 'a\\', ' a', 'a <b> & c', '', '@team #1'].map(code), [
      '<code>a&#124;b</code>',
      '<code>&#96;</code>',
      '<code>a&#92;</code>',
      '<code> a</code>',
      '`a <b> & c`',
      '<code></code>',
      '`@team #1`'
    ])
    assert.strictEqual(
      plain('<b>@team\n#1 [x](y) *z*'),
      '&#60;b&#62;&#64;team &#35;1 &#91;x&#93;&#40;y&#41; &#42;z&#42;'
    )
  })

  it('keeps a row a row of as many cells, whatever stands in them', () => {
    check(
      fc.property(texts, texts, (a, b) => {
        const text = row([code(valueText(a)), plain(b)])
        return text.split('|').length === 4 && !/[\n\r]/.test(text)
      })
    )
  })

  it('leaves no element in a text but its own', () => {
    check(fc.property(texts, (text) => !/<(?!\/?code>)/.test(plain(text)) && !/[`*_[\]<>|\\]/.test(plain(text))))
  })

  const section = (count: number, width = 10) => ({
    heads: heads(['a']),
    rows: Array.from({ length: count }, (_, index) => row([String(index).padStart(width, '0')])),
    leftOut: (left: number) => row([`${left} left out`])
  })

  it('cuts the last rows first, says how many, and keeps top and bottom', () => {
    const text = comment(['top'], [section(3), section(5)], ['bottom'], 140)
    assert.deepStrictEqual(text.split('\n'), [
      'top',
      ...['| a |', '| --- |', ...section(3).rows, ''],
      ...['| a |', '| --- |', ...section(1).rows, '| 4 left out |', ''],
      'bottom'
    ])
  })

  it('shows nothing of a later section when an earlier one is cut', () => {
    const wide = { ...section(1), rows: [row(['x'.repeat(90)])] }
    assert.deepStrictEqual(
      comment([], [wide, section(1)], [], 140)
        .split('\n')
        .slice(2, 7),
      ['| 1 left out |', '', '| a |', '| --- |', '| 1 left out |']
    )
  })

  it('never exceeds its limit in bytes, and loses no row without a word', () => {
    const count = fc.nat({ max: 40 })
    check(
      fc.property(count, count, fc.integer({ min: 140, max: 1200 }), (a, b, limit) => {
        const text = comment(['→'], [section(a), section(b)], ['end'], limit)
        const shown = text.split('\n').filter((line) => /^\| \d{10} \|$/.test(line)).length
        const said = [...text.matchAll(/\| (\d+) left out \|/g)].reduce((sum, [, left]) => sum + Number(left), 0)
        return Buffer.byteLength(text) <= limit && shown + said === a + b
      })
    )
  })
})

describe('a table', () => {
  it('has columns as wide as their widest cell', () => {
    assert.deepStrictEqual(
      table(
        ['a', 'bb', 'c'],
        [
          ['xxx', '', 'y'],
          ['', 'z', '']
        ]
      ),
      ['a    bb  c', '---  --  -', 'xxx      y', '     z']
    )
  })
})

describe('XML', () => {
  it('escapes texts and attributes, and keeps the line ends of a text', () => {
    assert.strictEqual(
      document(element('a', { b: '<"&\'>\n', n: 1 }, [element('c', {}, 'x < y\nz \u0000\ud800'), element('d', {})])),
      '<?xml version="1.0" encoding="UTF-8"?>\n<a b="&lt;&quot;&amp;&apos;&gt;&#10;" n="1">\n<c>x &lt; y\nz \ufffd\ufffd</c>\n<d/>\n</a>\n'
    )
  })

  it('holds nothing that XML cannot hold', () => {
    const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&(?!(amp|lt|gt|quot|apos|#\d+);)/
    check(fc.property(texts, (text) => !forbidden.test(element('a', { b: text }, `x${text}`))))
  })
})
