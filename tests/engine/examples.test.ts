import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { command } from '../cli/Command'
import { succeeded } from '../support/EngineRun'
import { repositoryRoot } from '../support/repository'
import {
  complaintAbout,
  guidOf,
  planned,
  sites,
  startWorld,
  steady,
  traffic,
  typesCheckedElsewhere,
  type World
} from './World'

const text = (...names: readonly string[]): string =>
  fs.readFileSync(path.join(repositoryRoot, 'examples', ...names), 'utf8')

describe('The program of the quickstart', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({
      program: text('quickstart', 'index.ts'),
      typescript: true,
      env: typesCheckedElsewhere,
      secrets: { 'harness:carrierPassword': 'canary-password' }
    })
  })
  after(() => world.end())

  it('creates three connections and exports what the platform said', async () => {
    const { stack, simulator } = world
    const result = succeeded(await stack.up())
    // Each of them has a field that Add cannot carry, so these are the words of a Modify.
    const said = [
      'Information: Skipping SBC CheckIpGroupProgramming.',
      'Information: Starting SBC Programming.',
      'Information: Sbc is programmed',
      'Information: Site location information saved.'
    ]
    assert.deepStrictEqual(await stack.outputs(), {
      siteGuids: {
        trunk: guidOf(simulator, 'acme-trunk'),
        pbx: guidOf(simulator, 'acme-pbx'),
        byoc: guidOf(simulator, 'acme-byoc')
      },
      executionMessages: { trunk: said, pbx: said, byoc: said }
    })
    assert.deepStrictEqual(sites(simulator), ['acme-byoc', 'acme-pbx', 'acme-trunk'])
    assert.strictEqual(result.output.includes('canary'), false)
    assert.deepStrictEqual(stack.filesWith('canary'), [])
  })

  it('has nothing to do after that, and is destroyed', async () => {
    const { stack, simulator } = world
    assert.deepStrictEqual(await planned(stack), [])
    succeeded(await stack.destroy())
    assert.deepStrictEqual(sites(simulator), [])
  })
})

describe('The program of the pipeline', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({
      program: text('pipeline', 'index.ts'),
      typescript: true,
      secrets: { 'harness:berlinPassword': 'canary-berlin', 'harness:hamburgPassword': 'canary-hamburg' },
      env: { ...typesCheckedElsewhere, AUDIOCODES_LIVE_READ_ONLY: 'true' }
    })
    fs.writeFileSync(path.join(world.stack.directory, 'sites.ts'), text('pipeline', 'sites.ts'))
  })
  after(() => world.end())

  it('is previewed with readOnly, which refuses to apply it', async () => {
    const { stack, simulator } = world
    assert.deepStrictEqual(await planned(stack), ['create berlin', 'create hamburg'])
    assert.deepStrictEqual(traffic(simulator), [])
    const [headline] = complaintAbout(await stack.up(['--target', '**berlin']), 'berlin')
    assert.match(
      headline ?? '',
      / failed: POST is refused: the configuration says readOnly, so that nothing is changed$/
    )
    assert.deepStrictEqual(traffic(simulator), ['GET details v3'])
  })

  it('is rolled out without it, and then shows a change in a preview that sends nothing', async () => {
    const { stack, simulator } = world
    stack.setEnv('AUDIOCODES_LIVE_READ_ONLY', undefined)
    const result = succeeded(await stack.up())
    assert.deepStrictEqual(sites(simulator), ['berlin', 'hamburg'])
    assert.deepStrictEqual(Object.keys((await stack.outputs())['executionMessages'] ?? {}), ['berlin', 'hamburg'])
    assert.strictEqual(steady(result.output).includes('canary'), false)

    stack.setEnv('AUDIOCODES_LIVE_READ_ONLY', 'true')
    const file = path.join(stack.directory, 'sites.ts')
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('sessions: 10', 'sessions: 5'))
    simulator.clearRequests()
    assert.deepStrictEqual(await planned(stack), ['update hamburg: cacProfile'])
    assert.deepStrictEqual(traffic(simulator), [])
    const preview = succeeded(await stack.preview(['--refresh', '--json']))
    assert.deepStrictEqual([...traffic(simulator)].sort(), ['GET berlin', 'GET hamburg'])
    const { code, stdout } = await command(['plan', '-', '--exit-code'], { input: preview.stdout })
    assert.deepStrictEqual(
      [code, stdout.split('\n').filter((line) => line.startsWith('| `'))],
      [2, ['| `hamburg` | 3 | update | fewer calls at a time (CAC) | `cacProfile`: `10 sessions` → `5 sessions` |']]
    )
  })
})
