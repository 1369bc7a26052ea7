// The page about spreadsheets: its sheet, its program and its errors are those of the code.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { headings } from '../../sdk/csv/Columns'
import { repositoryRoot } from '../support/repository'
import { configured, faults, read, secret } from '../unit/csv/support'
import { good, tryOut } from './support/Examples'
import { inlineCode, partsOf, programsOf, tableRows } from './support/Markdown'
import { configurationBy, linkFaults } from './support/Readme'

const page = 'docs/spreadsheets.md'
const text = fs.readFileSync(path.join(repositoryRoot, page), 'utf8')
const { blocks, prose } = partsOf(text)
const blockOf = (language: string): string => blocks.find((block) => block.language === language)?.content ?? ''
const columns = { Standort: 'siteName', Ansprechpartner: false } as const

describe('the page about spreadsheets', function () {
  this.timeout(120_000)
  let folder: string
  let file: string
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'audiocodes-live-'))
    file = path.join(folder, 'branches.csv')
    fs.writeFileSync(file, blockOf('csv'))
  })
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true })
  })

  it('has a program that runs with its sheet and the config that it sets', async () => {
    const examples = programsOf(page, text)
    const configuration = configurationBy(text, 'docs')
    const config = {
      ...configuration.config,
      'audiocodes-live:baseUrl': 'https://live.example.net/tenantui',
      'audiocodes-live:accessToken': 'made-up'
    }
    const trials = await tryOut(
      examples.map((example) => ({ ...example, code: example.code.replace("'branches.csv'", JSON.stringify(file)) })),
      () => ({ ...configuration, config })
    )
    assert.deepEqual(trials, examples.map(good))
    assert.deepEqual([examples.length, Object.keys(configuration.config)], [1, ['docs:koelnPassword']])
  })

  it('has a sheet that says what a reader takes from it', async () => {
    configured({ 'project:koelnPassword': 'made-up' })
    assert.deepEqual(await read(file, { columns }), {
      Köln: {
        siteName: 'Köln',
        sbcId: 3,
        phones: ['+4922112345', '+4922112346'],
        carrierUserPassword: secret('made-up')
      },
      Bonn: { siteName: 'Bonn', sbcId: 5, phones: ['+4922854321'] }
    })
  })

  it('has the error of that sheet with its two faults', () => {
    const broken = blockOf('csv').replace(',3,', ',3.0,').replace("'+4922854321", '4.92285E+9')
    fs.writeFileSync(path.join(folder, 'broken.csv'), broken)
    assert.deepEqual(
      [...faults(path.join(folder, 'broken.csv'), { columns }), ''].join('\n').replace(/.*broken\.csv/, 'branches.csv'),
      blockOf('text')
    )
  })

  it('names columns and commands that exist', () => {
    const named = tableRows(prose, 'what').flatMap(([what = '']) =>
      inlineCode(what).filter((code) => /^[a-z]\w+$/.test(code))
    )
    assert.deepEqual(
      [named, named.filter((name) => !headings.includes(name))],
      [['phones', 'allow', 'dialPlanPrefixes'], []]
    )
    const commands = blocks
      .flatMap(({ language, content }) => (language === 'sh' ? content.trim().split('\n') : []))
      .filter((line) => line.startsWith('npx'))
    const unknown = commands.flatMap((line) => {
      const [, , command = '', ...args] = line.split(' ')
      const main = path.join(repositoryRoot, 'dist/cli/main.js')
      const { stdout } = spawnSync(process.execPath, [main, command, '--help'], { encoding: 'utf8' })
      return args.filter((arg) => arg.startsWith('--') && !stdout.includes(`  ${arg} `)).map((arg) => `${line}: ${arg}`)
    })
    assert.deepEqual([commands.length, unknown, linkFaults(page, repositoryRoot)], [3, [], []])
  })
})
