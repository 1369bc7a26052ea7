// What a sheet says: encodings, line ends, delimiters, headings and the values of cells.

import * as assert from 'node:assert'
import * as path from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import { repositoryRoot } from '../../support/repository'
import { faults, read, secret, sheet } from './support'

const fixture = (name: string): string => path.join(repositoryRoot, 'tests/fixtures/csv', name)

const customerGuid = '11111111-1111-4111-8111-111111111111'

/** The only entry of a sheet with one column besides its name. */
const valueOf = async (heading: string, cell: string): Promise<unknown> => {
  const { n } = (await read(sheet(`name,${heading}`, `n,"${cell.replace(/"/g, '""')}"`))) as Readonly<
    Record<string, unknown>
  >
  return n
}

/** The fault of such a cell, without its place. */
const faultOf = (heading: string, cell: string): ReadonlyArray<string> =>
  faults(sheet(`name,${heading}`, `n,"${cell.replace(/"/g, '""')}"`)).map((line) =>
    line.replace(`The sheet: line 2, column 2 "${heading}": `, '')
  )

describe('A sheet', () => {
  it('is read whatever its encoding, its delimiter and its line ends are', async () => {
    const munich = { siteName: 'München', sbcId: 3 }
    assert.deepStrictEqual(
      [
        await read(fixture('windows-1252.csv')),
        await read(fixture('utf-8-mark.csv')),
        await read(fixture('old-line-ends.csv')),
        await read(fixture('unicode-text.txt')),
        await read(fixture('unicode-text-big-endian.txt')),
        await read('sep=;\r\nsiteName;sbcId\r\nMünchen;3\nKöln;4\r'),
        await read('\ufeffsiteName|sbcId,siteName\n1,München\n', { columns: { 'siteName|sbcId': 'sbcId' } })
      ],
      [
        { München: { ...munich, phones: ['+498912345'] }, 'Köln €': { siteName: 'Köln €', sbcId: 4 } },
        { München: munich },
        { München: munich },
        { München: { ...munich, phones: ['+498912345'] } },
        { München: { ...munich, phones: ['+498912345'] } },
        { München: munich, Köln: { siteName: 'Köln', sbcId: 4 } },
        { München: { ...munich, sbcId: 1 } }
      ]
    )
  })

  it('is refused where its bytes are no text of a sheet', () => {
    assert.deepStrictEqual(
      [
        faults(fixture('mixed.csv')),
        faults(fixture('workbook.csv')),
        faults(fixture('unicode-text.txt').replace('unicode-text', 'nothing')),
        faults(fixture('windows-1252.csv'), { encoding: 'utf-8' }),
        faults('  ')
      ].map(([line = '']) => line.replace(fixture('/'), '')),
      [
        'mixed.csv mixes UTF-8 with another encoding; give the encoding, or save the sheet as "CSV UTF-8"',
        'workbook.csv is a workbook or an archive; save the sheet as CSV (in a spreadsheet: "Save as", "CSV UTF-8")',
        'nothing.txt cannot be read (ENOENT)',
        'windows-1252.csv is not utf-8; give another encoding, or save the sheet as "CSV UTF-8"',
        'connectionsFromCsv: expected the path of a sheet, or its text; it is empty'
      ]
    )
  })

  it('has its values in every form that spreadsheets give them', async () => {
    const text = sheet(
      '# A comment, above;;;;;;;;;',
      '"# Another";;;;;;;;;',
      ';;;;;;;;;',
      'NAME;Customer GUID;site_name;SBC-Id;enable cac;Sbc Configuration Type;phones;dialPlanPrefixes;sbcScripts.onboardingScript;sbcscripts.CustomerVariables.Zone;adopt;;',
      `a;${customerGuid.toUpperCase()};"Site ""A""; one";3;WAHR;sip trunk;"+49891\n+49892";Cust Plan:1;12001;EU;JA;;`,
      ';;\u00a0B\u00a0b ;;nein;IP-PBX;" +4930111 | +4930222;";"A:1:inactive; ""B:x"":2 |C:3:1";;\u00a0;22222222-2222-4222-8222-22222222222A;;',
      '# a part of it;;;;;;;;;;;;',
      ';;;;;;;;;;;;',
      'c;;;;;;none;none;;'
    )
    assert.deepStrictEqual(await read(text), {
      a: {
        customerGuid,
        siteName: 'Site "A"; one',
        sbcId: 3,
        enableCac: true,
        sbcConfigurationType: 'SipTrunk',
        phones: ['+49891', '+49892'],
        dialPlanPrefixes: [{ dialPlanName: 'Cust Plan', index: 1, active: true }],
        sbcScripts: { onboardingScript: 12001, customerVariables: { Zone: 'EU' } },
        adopt: true
      },
      'B b': {
        siteName: 'B b',
        enableCac: false,
        sbcConfigurationType: 'IpPbx',
        phones: ['+4930111', '+4930222'],
        dialPlanPrefixes: [
          { dialPlanName: 'A', index: 1, active: false },
          { dialPlanName: 'B:x', index: 2, active: true },
          { dialPlanName: 'C', index: 3, active: true }
        ],
        adopt: '22222222-2222-4222-8222-22222222222a'
      },
      c: { phones: [], dialPlanPrefixes: [] }
    })
  })

  it('has its own headings where the program says what they mean, and leaves out the rest', async () => {
    const text = sheet('Standort,Kontakt,SBC', 'Köln,Frau X,3')
    assert.deepStrictEqual(await read(text, { columns: { standort: 'siteName', Kontakt: false, SBC: 'sbcId' } }), {
      Köln: { siteName: 'Köln', sbcId: 3 }
    })
  })

  it('is completed by the defaults, field by field, and an output stays one', async () => {
    const text = sheet(
      'name,siteName,sbcScripts.cleanupScript,sbcScripts.customerVariables.A',
      'x,X,12002,own',
      'y,Y,,'
    )
    const defaults = {
      customerGuid: pulumi.output(customerGuid),
      sbcId: 4,
      sbcScripts: { onboardingScript: 12001, cleanupScript: 1, customerVariables: { A: 'default', B: 'b' } }
    }
    assert.deepStrictEqual(await read(text, { defaults }), {
      x: {
        customerGuid,
        sbcId: 4,
        siteName: 'X',
        sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { A: 'own', B: 'b' } }
      },
      y: { ...defaults, customerGuid, siteName: 'Y' }
    })
  })

  it('names its secrets by their keys in the config', async () => {
    const text = sheet(
      'siteName,passwordConfigKey,sbcScripts.customerVariables.ApiKey.configKey',
      'x,pw,other:key',
      'y,,'
    )
    assert.deepStrictEqual(await read(text), {
      x: {
        siteName: 'x',
        carrierUserPassword: secret('made-up'),
        sbcScripts: { customerVariables: { ApiKey: secret('another') } }
      },
      y: { siteName: 'y' }
    })
    assert.deepStrictEqual(faults(sheet('siteName,passwordConfigKey', 'x,made-up-and-pasted', 'y,pw', 'z,other:pw')), [
      'The sheet has 2 faults:',
      '  line 2, column 2 "passwordConfigKey": the config of the stack has no such key; set it with pulumi config set --secret, or correct the key',
      '  line 4, column 2 "passwordConfigKey": the config of the stack has no such key; set it with pulumi config set --secret, or correct the key'
    ])
  })

  it('holds secrets in clear only where that is allowed, and they are marked then', async () => {
    const text = sheet(
      'siteName,carrierUserPassword,carrierPasswordDpi,sbcScripts.customerVariables.ApiKey,sbcScripts.customerVariables.Zone',
      'x,canary-1,canary-2,canary-3,EU'
    )
    assert.deepStrictEqual(await read(text, { allowSecrets: true }), {
      x: {
        siteName: 'x',
        carrierUserPassword: secret('canary-1'),
        carrierPasswordDpi: secret('canary-2'),
        sbcScripts: { customerVariables: { ApiKey: secret('canary-3'), Zone: 'EU' } }
      }
    })
    const clear = "holds secrets in clear; name a secret of the stack's config in a column"
    assert.deepStrictEqual(faults(text), [
      'The sheet has 3 faults:',
      `  line 1, column 2 "carrierUserPassword": ${clear} passwordConfigKey, or give allowSecrets: true`,
      `  line 1, column 3 "carrierPasswordDpi": ${clear} carrierPasswordDpi.configKey, or give allowSecrets: true`,
      `  line 1, column 4 "sbcScripts.customerVariables.ApiKey": ${clear} sbcScripts.customerVariables.ApiKey.configKey, or give allowSecrets: true`
    ])
    assert.deepStrictEqual(faults(sheet('siteName,carrierUserPassword', 'x,canary\u20ac'), { allowSecrets: true }), [
      'The sheet: line 2, column 2 "carrierUserPassword": has a wide character at position 7; only characters up to U+00FF are allowed'
    ])
  })

  it('has every word for true and false, and no other', async () => {
    const told = await Promise.all(
      ['TRUE', 'Yes', '1', 'x', 'ja', 'WAHR', 'VRAI', 'false', 'NO', '0', 'Nein', 'FALSCH', 'FAUX'].map((cell) =>
        valueOf('enableCac', cell)
      )
    )
    assert.deepStrictEqual(told, [
      ...Array<object>(7).fill({ enableCac: true }),
      ...Array<object>(6).fill({ enableCac: false })
    ])
    assert.deepStrictEqual(faultOf('enableCac', 'perhaps'), ['expected true or false'])
  })

  it('has numbers as digits alone, and tells what a spreadsheet has made of the others', () => {
    const digits = 'expected a whole number such as 12001: digits alone'
    const between = 'expected a whole number without signs between its digits, such as 12001'
    const lost =
      'was turned into a power of ten by a spreadsheet, which has lost digits; give the column the format "text" and enter the value again'
    assert.deepStrictEqual(
      [
        '1.0',
        '1,5',
        'NaN',
        'Infinity',
        '0x10',
        '12.001',
        '12,001',
        '12 001',
        '1e3',
        '1E+05',
        '99999999999999999',
        '0',
        '-1',
        '#REF!'
      ].map((cell) => faultOf('sbcId', cell).join()),
      [
        ...Array<string>(5).fill(digits),
        ...Array<string>(3).fill(between),
        lost,
        lost,
        digits,
        'expected a whole number from 1',
        'expected a whole number from 1',
        `is the error of a formula; a value that begins with "+", "-", "=" or "@" is written with a ' before it`
      ]
    )
    assert.deepStrictEqual(
      ['4.93012E+11', '+4930 4,9E+11', '+49 30 123456', '+493012 49301', '12', '+4930111;x'].map((cell) =>
        faultOf('phones', cell).join()
      ),
      [
        lost,
        ...Array<string>(3).fill(
          'has a blank within a number, or numbers with and without a "+"; write +4930123456, and ";" between two'
        ),
        '[0]: expected 3 to 15 digits, with or without a "+" in front',
        '[1]: expected 3 to 15 digits, with or without a "+" in front'
      ]
    )
    const prefix =
      'is not plan:index or plan:index:inactive, such as CustDialPlan:3 (";" between two; a plan with a ":" in quotes)'
    assert.deepStrictEqual(
      ['A', 'A:1;B:x', 'A:1:perhaps', 'A:1:2:3'].map((cell) => faultOf('dialPlanPrefixes', cell).join()),
      [1, 2, 1, 1].map((item) => `its item ${item} ${prefix}`)
    )
    assert.deepStrictEqual(faultOf('siteName', '1E5'), [`${lost}, with a ' before it where it is meant so`])
  })
})

describe('A sheet with faults', () => {
  it('is told with all of them, each with its place, and no value', () => {
    const text = sheet(
      'name,siteName,sbcId,phones,carrierHostName,m365Scripts.onboardingScript,passwordConfigKey',
      '"a',
      'b",one,1.0,canary-1,canary:5060,x,canary-2',
      'c,two,3,,,12001,',
      ',,3',
      'd,four,4,,,,,canary-3',
      '#e,five,5'
    )
    assert.deepStrictEqual(faults(text), [
      'The sheet has 8 faults:',
      '  line 2, column 3 "sbcId": expected a whole number such as 12001: digits alone',
      '  line 2, column 6 "m365Scripts.onboardingScript": expected a whole number such as 12001: digits alone',
      '  line 2, column 7 "passwordConfigKey": the config of the stack has no such key; set it with pulumi config set --secret, or correct the key',
      '  line 2, column 4 "phones": [0]: expected 3 to 15 digits, with or without a "+" in front',
      '  line 2, column 5 "carrierHostName": has a port; expected the host name or IPv4 address alone',
      '  line 5 (row 4): has no name: fill in name or siteName',
      '  line 6 (row 5): has 8 cells, and there are 7 headings; a value with the delimiter in it stands in quotes',
      `  line 7 (row 6): begins with "#" and has other cells: a comment stands alone in its row, and a value that begins with "#" has a ' before it`
    ])
  })

  it('names both lines of what stands there twice', () => {
    const text = sheet(
      'name,customerGuid,siteName,adopt',
      `a,${customerGuid},one,22222222-2222-4222-8222-222222222222`,
      `a,${customerGuid},two,`,
      `b,${customerGuid.toUpperCase()},one,`,
      `c,,one,`,
      `d,,four,22222222-2222-4222-8222-222222222222`,
      `e,33333333-3333-4333-8333-333333333333,one,`
    )
    const sites = 'two rows for one connection (the same customerGuid and siteName); remove one'
    const given = [
      'line 2 and line 3: "a" names two entries; give each a name of its own in the column name',
      `line 2 and line 4: ${sites}`,
      'line 2 and line 6: two rows take over one connection (the same site id in adopt); remove one'
    ]
    assert.deepStrictEqual(faults(text), ['The sheet has 3 faults:', ...given.map((line) => `  ${line}`)])
    assert.deepStrictEqual(faults(text, { defaults: { customerGuid } }), [
      'The sheet has 4 faults:',
      ...[...given.slice(0, 2), `line 2 and line 5: ${sites}`, ...given.slice(2)].map((line) => `  ${line}`)
    ])
    assert.deepStrictEqual(faults(sheet('siteName,sbcId', 'one,3', 'one,3')), [
      `The sheet: line 2 and line 3: ${sites}`
    ])
  })

  it('is told what merged headings do, and what a heading could mean', () => {
    const merged =
      'merged cells keep their text in the first one alone: unmerge the headings and give each column its own, in one row'
    const text = sheet('siteName,sbcID,,carrierUsername,sbcScripts.onboardingScrip,name,site name,Q', 'x,1,2,,,,,')
    assert.deepStrictEqual(
      faults(text).map((line) => line.replace(/the columns are .*<name>/, 'the columns are …')),
      [
        'The sheet has 4 faults:',
        `  line 1, column 3: has no heading, and line 2 has a value there; ${merged}`,
        '  line 1, column 5 "sbcScripts.onboardingScrip": is no input; did you mean sbcScripts.onboardingScript?; leave a column out with columns: { "sbcScripts.onboardingScrip": false }',
        '  line 1, column 8 "Q": is no input; the columns are …; leave a column out with columns: { "Q": false }',
        `  line 1, column 7 "site name": is the same input as column 1; remove one of them (${merged})`
      ]
    )
    assert.deepStrictEqual(faults(sheet('siteName,Ort', 'x,y'), { columns: { Ort: 'sbcld', Gone: 'sbcId' } }), [
      'The sheet has 2 faults:',
      '  line 1, column 2 "Ort": is no input; did you mean sbcId?; leave a column out with columns: { "Ort": false }',
      '  line 1: has no heading "Gone", which columns names'
    ])
  })

  it('is refused without headings, without rows, and with broken quotes', () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => `s${index}`)
    assert.deepStrictEqual(
      [
        faults('canary,3\nother,4\n'),
        faults(',\n\n'),
        faults('# only a comment\n'),
        faults(sheet('siteName,sbcId', '# none', ',')),
        faults(sheet('siteName,sbcId', 'x,"3', 'y,4')),
        faults(sheet('siteName,sbcId', 'x,3"')),
        faults(sheet('siteName', ...rows))
      ].map(([line = '']) => line.replace(/the columns are .*/, 'the columns are …')),
      [
        'The sheet: line 1: has no heading that is known; the columns are …',
        'The sheet: it is empty, without a row of headings',
        'The sheet: it is empty, without a row of headings',
        'The sheet has headings and no rows',
        'The sheet: a quote is opened and not closed before the end of the sheet',
        'The sheet: line 2: a quote stands in the middle of a cell; write "" for a quote, and quotes around the whole cell',
        'The sheet has 10001 rows; at most 10000 connections are allowed in one fleet'
      ]
    )
  })

  it('is told with fifty faults, and how many more there are', () => {
    const text = sheet('name,sbcId', ...Array.from({ length: 60 }, (_, index) => `n${index},x`))
    const lines = faults(text)
    assert.deepStrictEqual([lines.length, lines[0], lines.at(-1)], [52, 'The sheet has 60 faults:', '  and 10 more'])
  })
})
