import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { parseReport } from '../../cli/rollback/Report'
import { rollback } from '../../cli/rollback/Restore'
import { succeeded } from '../support/EngineRun'
import { repositoryRoot } from '../support/repository'
import { canaries, guidOf, minimal, program, startWorld, type World } from './World'

const page = path.join(repositoryRoot, 'docs', 'change-report.md')
const [begin, end] = ['<!-- report: begin -->\n', '<!-- report: end -->']

/** What differs from run to run, as the page has it. */
const steady = (markdown: string): string => {
  let sites = 0
  return markdown
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-24T22:04:00.000Z')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://live.example.net')
    .replace(/(?<=\| )\d+\.\d(?= \|)/g, '0.1')
    .replace(/(?<=\| `)[0-9a-f-]{36}(?=` \|\n)/g, 'c0000000-0000-4000-8000-000000000001')
    .replace(/(?<=<br>id `)[0-9a-f-]{36}(?=`)/g, () => `22222222-2222-4222-8222-${String(++sites).padStart(12, '0')}`)
}

describe('The change report of a run', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({
      program: program({
        kept: minimal('kept'),
        changed: { ...minimal('changed'), cacProfile: '10 sessions', carrierUserPassword: canaries.password },
        gone: minimal('gone')
      }),
      settings: { report: 'change.md', writesPerSbc: '1' },
      env: { PULUMI_STACK: 'dev', CI: 'true', GITHUB_ACTOR: 'alice', GITHUB_RUN_ID: '4711' }
    })
  })
  after(() => world.end())

  it('has what was created, changed and deleted, and a preview writes none', async () => {
    const { stack, simulator } = world
    const file = (name: string): string => path.join(stack.directory, name)
    const textOf = (name: string): string => fs.readFileSync(file(name), 'utf8')
    const rows = () =>
      parseReport(textOf('change.json'), 'change.json').rows.map(({ kind, name, result }) => [kind, name, result])
    succeeded(await stack.up())
    assert.deepStrictEqual(rows().sort(), [
      ['create', 'changed', 'ok'],
      ['create', 'gone', 'ok'],
      ['create', 'kept', 'ok']
    ])
    const gone = guidOf(simulator, 'gone')
    stack.setProgram(
      program({
        kept: minimal('kept'),
        changed: {
          ...minimal('changed'),
          cacProfile: '20 sessions',
          phones: ['+4989555100'],
          carrierUserPassword: canaries.dpi
        },
        // One after the other, so that the order of the rows is known.
        fresh: { args: minimal('fresh'), options: '{ dependsOn: [declared.changed] }' }
      })
    )
    const before = textOf('change.json')
    await stack.previewSteps()
    assert.strictEqual(textOf('change.json'), before)
    succeeded(await stack.up(['--skip-preview']))
    assert.deepStrictEqual(rows(), [
      ['update', 'changed', 'ok'],
      ['create', 'fresh', 'ok'],
      ['delete', 'gone', 'ok']
    ])
    for (const name of ['change.md', 'change.json']) {
      assert.doesNotMatch(textOf(name), /canary/)
      assert.strictEqual(fs.statSync(file(name)).mode & 0o777, 0o600)
    }
    const { run } = JSON.parse(textOf('change.json')) as { readonly run: Readonly<Record<string, string>> }
    assert.deepStrictEqual(
      { who: run.GITHUB_ACTOR, run: run.GITHUB_RUN_ID, stack: run.PULUMI_STACK, project: run.PULUMI_PROJECT },
      { who: 'alice', run: '4711', stack: 'dev', project: 'harness' }
    )
    const { restored } = rollback(parseReport(textOf('change.json'), 'change.json'))
    assert.deepStrictEqual(
      restored.map(({ row: { id }, inputs }) => [id, inputs]),
      [
        [
          guidOf(simulator, 'changed'),
          { ...minimal('changed'), cacProfile: '10 sessions', carrierUserPassword: '[secret]' }
        ],
        [gone, minimal('gone')]
      ].map(([id, inputs]) => [id, inputs])
    )
    const shown = steady(textOf('change.md'))
    const text = fs.readFileSync(page, 'utf8')
    const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
    assert.ok(from >= begin.length && to >= from, `${page} has no place for the report`)
    const block = `\n\`\`\`text\n${shown}\`\`\`\n\n`
    if (process.env['UPDATE_DOCS'] === '1') fs.writeFileSync(page, `${text.slice(0, from)}${block}${text.slice(to)}`)
    else assert.strictEqual(text.slice(from, to), block, 'out of date: UPDATE_DOCS=1 writes it')
  })
})
