// A sheet that the package writes gives back the same entries, also after a spreadsheet has had it, and runs nothing there.

import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import type { FleetEntry } from '../../../provider/fleet/Args'
import type { Entry } from '../../../sdk/csv/Entries'
import { sheetOfEntries } from '../../../sdk/csv/Written'
import { check as property } from '../../support/property'
import { read } from './support'

const customerGuid = '11111111-1111-4111-8111-111111111111'

const nasty = [
  '=1+1',
  '+49',
  '-1',
  '@x',
  '＝1',
  '#1',
  "'s-Hertogenbosch",
  "'=x",
  "''1",
  '"quoted"',
  'a"b',
  'a;b,c|d\te',
  'a;=cmd',
  "a,'=cmd",
  'two\nlines',
  'two\r\nlines',
  ' blank',
  'blank ',
  'no\u00a0break',
  '\u00a0',
  '',
  '007',
  '1.000',
  '12E4',
  '1-2',
  '10.20.30.40',
  'none',
  'true',
  'x.configKey',
  '__proto__',
  'sbcScripts.a',
  '\u202eabc',
  '\ufeffx',
  '\ud800',
  'sep=;',
  'Ünïcödé 支店 🏢'
]

const anyText = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary' }), fc.string())
/** Texts that the codecs of names and the like accept. */
const lineText = anyText.filter(
  (text) => text !== '' && text.trim() === text && !/[\u0000-\u001f\u007f-\u009f]/.test(text)
)
const names = anyText.filter(
  (name) =>
    !/^Carr?i?er|^CAC|pass|pwd|secret|token|credential|api.?key|private|dpi|assertion|authorization|\bpin\b/i.test(name)
)
const named = names.filter((name) => name !== '')

const values: fc.Arbitrary<FleetEntry> = fc.record(
  {
    customerGuid: fc.constant(customerGuid),
    siteName: lineText,
    sbcId: fc.integer({ min: 1 }),
    sbcConfigurationType: fc.constantFrom('SipTrunk' as const, 'IpPbx' as const),
    enableCac: fc.boolean(),
    cacProfile: lineText,
    carrierUserName: lineText.filter((text) => [...text].length <= 60),
    phones: fc
      .array(fc.stringMatching(/^\+?\d{3,15}$/))
      .filter((all) => new Set(all.map((each) => each.startsWith('+'))).size < 2),
    dialPlanPrefixes: fc.array(
      fc.record({ dialPlanName: lineText, index: fc.nat(), active: fc.boolean() }, { noNullPrototype: true })
    ),
    sbcScripts: fc.record(
      {
        onboardingScript: fc.integer({ min: 1 }),
        customerVariables: fc.dictionary(named, anyText, { minKeys: 1, noNullPrototype: true })
      },
      { requiredKeys: ['onboardingScript'], noNullPrototype: true }
    ),
    adopt: fc.oneof(fc.boolean(), fc.uuid()),
    allow: fc.constantFrom([], ['rename' as const, 'clearPhones' as const])
  },
  { requiredKeys: ['siteName'], noNullPrototype: true }
)

const entries = fc
  .uniqueArray(fc.record({ name: named, values }), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 5
  })
  .map((all): ReadonlyArray<Entry> =>
    all.map(({ name, values: own }, index) => ({
      name,
      values: { ...own, siteName: `${index}-${own.siteName ?? ''}`.slice(0, 100).trim() },
      references: []
    }))
  )

const delimiters = fc.constantFrom(',' as const, ';' as const, '\t' as const)

const asRecord = (all: ReadonlyArray<Entry>): unknown =>
  Object.fromEntries(all.map(({ name, values: own }) => [name, own]))

/** The cells that a spreadsheet shows which takes `between` for the delimiter: a quote counts where it begins a cell, and nothing is an error. */
const cellsWith = (text: string, between: string): ReadonlyArray<string> => {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)(?:"|$))?([^${between}\r\n]*)(?:[${between}\r\n]|$)`, 'y')
  const cells: Array<string> = []
  while (cell.lastIndex < text.length) {
    const [all = '', quoted = '', rest = ''] = cell.exec(text) ?? []
    if (all === '') break
    cells.push(`${quoted.replace(/""/g, '"')}${rest}`)
  }
  return cells
}

/** A cell that spreadsheets take for a formula. */
const isFormula = (cell: string): boolean => /^\s*[=+\-@＝＋－＠]/.test(cell)

describe('A sheet that is written', () => {
  it('gives back the same entries, whatever they are', () =>
    property(
      fc.asyncProperty(entries, delimiters, fc.boolean(), async (all, delimiter, told) => {
        const text = sheetOfEntries(all, ['phones', 'passwordConfigKey'], delimiter, ['made by a test; "x", y'])
        assert.deepStrictEqual(await read(text, told ? { delimiter } : {}), asRecord(all))
      }),
      300
    ))

  it('is the same for a reader after a spreadsheet has quoted every cell, or saved it with another delimiter', () =>
    property(
      fc.asyncProperty(entries, async (all) => {
        const rows = parse(sheetOfEntries(all, []), { bom: true, relax_column_count: true }) as ReadonlyArray<
          ReadonlyArray<string>
        >
        const quoted = rows.map((cells) => cells.map((cell) => `"${cell.replace(/"/g, '""')}"`).join(';')).join('\n')
        assert.deepStrictEqual(await read(`${quoted}\n`), asRecord(all))
      })
    ))

  it('has no cell that a spreadsheet would run, with whichever delimiter it reads', () => {
    property(
      fc.property(entries, delimiters, fc.constantFrom(',', ';', '\t', '|'), (all, delimiter, between) => {
        const text = sheetOfEntries(all, [], delimiter)
        assert.deepStrictEqual(cellsWith(text, between).filter(isFormula), [])
      }),
      300
    )
  })

  it('keeps what a spreadsheet would turn into something else', () => {
    const siteNames = ['=1+1', '+4930', '-x', '@x', '007', '1E5', '1-2', "'s-Hertogenbosch", "'=x", ' x', 'a"b', 'Köln']
    const text = sheetOfEntries(
      siteNames.map((siteName, index) => ({ name: `n${index}`, values: { siteName, sbcId: 3 }, references: [] })),
      []
    )
    assert.strictEqual(
      text,
      [
        '\ufeffname,siteName,sbcId',
        `n0,"'=1+1",3`,
        `n1,'+4930,3`,
        `n2,'-x,3`,
        `n3,'@x,3`,
        `n4,'007,3`,
        `n5,'1E5,3`,
        `n6,'1-2,3`,
        `n7,'s-Hertogenbosch,3`,
        `n8,"''=x",3`,
        'n9,""" x""",3',
        'n10,"a""b",3',
        'n11,Köln,3',
        ''
      ].join('\r\n')
    )
  })
})
