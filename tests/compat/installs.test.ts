import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as live from '../../sdk'
import { startWorld, type World } from '../engine/World'
import { least } from '../protocol/support/Connections'
import { ProtocolServer } from '../support/ProtocolServer'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { run } from './support/command'
import { lifeOf, wholeLife } from './support/Life'
import { installWith, type Manager, managers } from './support/Managers'
import { manifest, unpackInto } from './support/Package'
import { both, sightings, watch } from './support/Witness'

const name = 'pulumi-audiocodes-live'

/** The files below a folder with their contents. What a package manager or a link adds below node_modules is not looked at. */
const contents = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => !file.split(path.sep).includes('node_modules') && fs.statSync(path.join(folder, file)).isFile())
      .sort()
      .map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')])
  )

/** What a program sees of the package, by `require` and by `import`. */
const seeing = `
const exported = (module) => Object.keys(module).filter((key) => typeof module[key] === 'function').sort()
const required = exported(require('${name}'))
const { startSimulator } = require('${name}/simulator')
import('${name}').then((module) => {
  process.stdout.write(JSON.stringify({ required, imported: exported(module), simulator: typeof startSimulator }))
})
`

/** The tests of a project that a package manager has made. */
const serves = (directory: () => string): void => {
  it('has the files of the package', async () => {
    const unpacked = temporaryProject()
    try {
      const folder = path.join(unpacked.directory, 'package')
      await unpackInto(folder)
      assert.deepStrictEqual(contents(path.join(directory(), 'node_modules', name)), contents(folder))
    } finally {
      unpacked.dispose()
    }
  })

  it('gives a program all that it exports, by require and by import', async () => {
    const printed = await run([process.execPath, '-e', seeing], { cwd: directory() })
    const exported = Object.entries(live)
      .flatMap(([key, value]) => (typeof value === 'function' ? [key] : []))
      .sort()
    assert.ok(exported.includes('Provider') && exported.includes('SipConnection'))
    assert.deepStrictEqual(JSON.parse(printed), { required: exported, imported: exported, simulator: 'function' })
  })

  it('gives the engine its provider', async () => {
    const sdk = fs.realpathSync(path.join(directory(), 'node_modules', '@pulumi', 'pulumi'))
    const server = await ProtocolServer.start({
      cwd: directory(),
      sdk,
      config: { 'audiocodes-live:baseUrl': 'https://live.example.net/tenantui', 'audiocodes-live:accessToken': 'none' }
    })
    try {
      assert.deepStrictEqual(await server.check({}, { ...least, siteName: ' one' }), {
        inputs: { ...least, siteName: ' one' },
        failures: [{ property: '', reason: 'siteName: has a blank at an end; remove it (the name of the connection)' }]
      })
    } finally {
      await server.close()
    }
  })

  it('has the command', async () => {
    const command = path.join(directory(), 'node_modules', '.bin', 'audiocodes-live')
    const [help, version] = await Promise.all(
      ['--help', '--version'].map((option) => run([command, option], { cwd: directory() }))
    )
    assert.match(help ?? '', /^Usage: audiocodes-live \[options\] \[command\]\n[^]*\n {2}simulate /)
    assert.strictEqual(version, `${manifest.version}\n`)
  })
}

/** Its layout of links is the furthest from that of npm, so it is the one that is tried on the engine. */
const [onEngine = managers[0]] = managers.filter((manager) => manager.name.startsWith('pnpm')).slice(-1)

describe('The package, installed by', function () {
  this.timeout(240_000)

  for (const manager of managers.filter((each) => each !== onEngine)) {
    describe(manager.name, () => {
      let project: TemporaryProject | undefined
      before(async function () {
        project = temporaryProject()
        if (!(await installWith(manager, project.directory))) this.skip()
      })
      after(() => project?.dispose())
      serves(() => project?.directory ?? '')
    })
  }

  describe(`${onEngine?.name ?? ''}, and on the engine`, () => {
    let world: World | undefined
    before(async function () {
      world = await startWorld({ program: lifeOf() })
      if (!(await installWith(onEngine as Manager, world.stack.directory))) this.skip()
      watch(world.stack)
    })
    after(() => world?.end())
    serves(() => world?.stack.directory ?? '')

    it('lives', async () => {
      if (world === undefined) throw new Error('not started')
      await wholeLife(world)
      const sdk = manifest.devDependencies['@pulumi/pulumi'] ?? ''
      assert.deepStrictEqual(sightings(world.stack), both(process.versions.node, sdk))
    })
  })
})
