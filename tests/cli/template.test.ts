// The empty sheet: it has a column for every input, and a user who fills it in has a sheet that can be read.

import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { parse } from 'csv-parse/sync'
import { argKeys } from '../../provider/sip-connection/Args'
import { faults, read } from '../unit/csv/support'
import { type Ended, command } from './Command'
import { folderOf } from './Fresh'

const customerGuid = '11111111-1111-4111-8111-111111111111'

describe('audiocodes-live template', function () {
  this.timeout(20_000)
  const folder = folderOf()

  const run = (...args: ReadonlyArray<string>): Promise<Ended> => command(['template', ...args], { cwd: folder() })

  it('has a column for every input, each explained, and none for a secret in clear', async () => {
    const { code, stdout, stderr } = await run('--csv')
    assert.deepStrictEqual([code, stderr, stdout.startsWith('\ufeff')], [0, '', true])
    const rows = parse(stdout, { bom: true, relax_column_count: true }) as ReadonlyArray<ReadonlyArray<string>>
    const headings = rows.at(-1) ?? []
    const explained = rows
      .slice(0, -1)
      .flatMap((cells) =>
        cells.length === 1 ? (/^# ([\w.]+)(?:\.<name>)? \(/.exec(cells[0] ?? '')?.[1] ?? []) : 'cells'
      )
    assert.deepStrictEqual(explained, [...headings, 'sbcScripts.customerVariables'])
    const inputs = [
      ...new Set(
        headings.map((heading) => heading.replace(/\..*/, '').replace('passwordConfigKey', 'carrierUserPassword'))
      )
    ]
    assert.deepStrictEqual(inputs, ['name', ...argKeys])
    assert.deepStrictEqual(
      rows.slice(0, -1).filter(([cell = '']) => cell.startsWith('# sbcId') || cell.startsWith('# passwordConfigKey')),
      [
        [
          '# sbcId (digits alone; required here or in the defaults): Id of the SBC device, a whole number from 1 (Get SBC Devices). A change needs `allow: ["sbcMove"]`: the old SBC may keep its IP group and its registration.'
        ],
        [
          '# passwordConfigKey (text): key of a secret in the config of the stack (pulumi config set --secret <key>), never the value: Password of the digest authentication, up to 50 characters, none beyond U+00FF (no wide characters), no control characters, no blank at either end. Always a secret.'
        ]
      ]
    )
    assert.deepStrictEqual(faults(stdout), ['The sheet has headings and no rows'])
  })

  it('is written to a new file, and read when it is filled in', async () => {
    const ended = await run('--csv', '--delimiter', 'semicolon', '--out', 'new.csv')
    assert.deepStrictEqual(ended, { code: 0, stdout: '', stderr: '' })
    const file = path.join(folder(), 'new.csv')
    fs.appendFileSync(file, `hq;${customerGuid};Zentrale;3;Byoc\r\n`)
    assert.deepStrictEqual(await read(file), {
      hq: { customerGuid, siteName: 'Zentrale', sbcId: 3, sbcConfigurationType: 'Byoc' }
    })
    const again = await run('--csv', '--out', 'new.csv')
    const nowhere = await run('--csv', '--out', 'gone/new.csv')
    assert.deepStrictEqual(
      [again.code, again.stderr, nowhere.code, nowhere.stderr],
      [
        1,
        'new.csv is there already, and nothing is overwritten: name another file.\n',
        1,
        'gone/new.csv could not be written (ENOENT).\n'
      ]
    )
  })

  it('asks for what it cannot guess', async () => {
    const [bare, other] = [await run(), await run('--csv', '--delimiter', '|')]
    assert.deepStrictEqual(
      [bare.code, bare.stderr, other.code, other.stderr],
      [
        1,
        "error: required option '--csv' not specified\n",
        1,
        "error: option '--delimiter <word>' argument '|' is invalid. Expected one of comma, semicolon, tab.\n"
      ]
    )
  })
})
