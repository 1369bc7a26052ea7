// What `make dist` writes: the archive of the plugin, its sums and its bill of materials.

import * as assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { version } from '../../provider/version'
import { type Simulator, startSimulator, STATIC_TOKEN } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { repositoryRoot } from '../support/repository'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { programIn } from './support/Page'
import { type LanguageProject, yamlProject } from './support/Project'

interface Bill {
  readonly metadata: { readonly component: { readonly purl: string } }
  readonly components: readonly {
    readonly purl: string
    readonly hashes: readonly { readonly alg: string; readonly content: string }[]
    readonly licenses: readonly object[]
  }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const base = `pulumi-resource-audiocodes-live-v${version}`
const systems = ['darwin', 'linux', 'windows'].flatMap((system) => [`${system}-amd64`, `${system}-arm64`])

describe('The release of the plugin', function () {
  this.timeout(60_000)
  let place: TemporaryProject
  const at = (...names: readonly string[]): string => path.join(place.directory, ...names)
  const archive = (): string => at('one', `${base}-linux-amd64.tar.gz`)
  const dist = (folder: string): void => {
    execFileSync(process.execPath, [path.join(repositoryRoot, 'scripts/dist.mjs'), at(folder)], { stdio: 'pipe' })
  }
  const bill = (): Bill => JSON.parse(fs.readFileSync(at('one', `${base}.cdx.json`), 'utf8')) as Bill

  before(() => {
    place = temporaryProject()
    // What runs from the archive must not find packages in a folder above.
    fs.rmSync(at('node_modules'))
    place.write(`one/${base.replace(version, '0.0.1')}-linux-amd64.tar.gz`, 'of an earlier version')
    dist('one')
    fs.mkdirSync(at('unpacked'))
    execFileSync('tar', ['-xzf', archive(), '-C', at('unpacked')])
  })
  after(() => {
    place.dispose()
  })

  it('is an archive for each system, a bill of materials and the sums of both, the same every time', () => {
    const files = [...systems.map((system) => `${base}-${system}.tar.gz`), `${base}.cdx.json`]
    const sums = `${base}-checksums.txt`
    assert.deepEqual(fs.readdirSync(at('one')).sort(), [...files, sums].sort())
    dist('two')
    for (const file of [...files, sums])
      assert.ok(fs.readFileSync(at('one', file)).equals(fs.readFileSync(at('two', file))), file)
    assert.equal(
      fs.readFileSync(at('one', sums), 'utf8'),
      files
        .map((file) => {
          const sum = createHash('sha256')
            .update(fs.readFileSync(at('one', file)))
            .digest('hex')
          return `${sum}  ${file}\n`
        })
        .join('')
    )
  })

  it('says which packages are in it', () => {
    const { metadata, components, dependencies } = bill()
    const packages = fs
      .readdirSync(at('unpacked'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file))
      .map((file) => JSON.parse(fs.readFileSync(at('unpacked', file), 'utf8')) as { name: string; version: string })
      .map((each) => `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`)
    const purls = components.map(({ purl }) => purl)
    assert.ok(purls.length > 20)
    assert.deepEqual([...purls].sort(), [...new Set(packages)].sort())
    assert.deepEqual(
      dependencies.map(({ ref }) => ref),
      [metadata.component.purl, ...purls]
    )
    assert.deepEqual(
      dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !purls.includes(ref)),
      []
    )
    // Every package is there because something needs it.
    const needed = new Set(dependencies.flatMap(({ dependsOn }) => dependsOn))
    assert.deepEqual(
      purls.filter((purl) => !needed.has(purl)),
      []
    )
    for (const { purl, hashes, licenses } of components) {
      assert.deepEqual(
        [hashes.map(({ alg, content }) => `${alg} ${content.length}`), licenses.length],
        [['SHA-512 128'], 1],
        purl
      )
    }
  })

  it('has no value of a test, no types, no sources and no folder of a machine', () => {
    const files = fs
      .readdirSync(at('unpacked'), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(at('unpacked'), path.join(entry.parentPath, entry.name)))
    const own = files.filter((file) => !file.startsWith('node_modules/'))
    const text = (file: string): string => fs.readFileSync(at('unpacked', file), 'utf8')
    assert.deepEqual(
      files.filter((file) => /\.(ts|map)$/.test(file)),
      []
    )
    assert.deepEqual(
      own.filter((file) => !file.startsWith('dist/provider/')),
      [
        'LICENSE',
        'package.json',
        'pulumi-resource-audiocodes-live',
        'pulumi-resource-audiocodes-live.cmd',
        'schema.json'
      ]
    )
    assert.deepEqual(
      own.filter((file) => /canary-|simulator-token|(^|[\s"'(:])\/(home|Users|root|work|tmp)\/\w/im.test(text(file))),
      []
    )
  })

  it('says what it needs on a machine without Node.js', () => {
    const launcher = at('unpacked', 'pulumi-resource-audiocodes-live')
    const { status, stderr } = spawnSync('/bin/sh', [launcher], { env: { PATH: at('nowhere') }, encoding: 'utf8' })
    assert.deepEqual([status, stderr], [1, 'pulumi-resource-audiocodes-live needs Node.js 20 or newer on PATH\n'])
  })

  describe('when it is installed', () => {
    let simulator: Simulator
    let project: LanguageProject
    before(async () => {
      simulator = await startSimulator()
      project = await yamlProject({
        program: programIn('yaml'),
        config: { 'audiocodes-live:baseUrl': simulator.url, 'audiocodes-live:pollInterval': '0.02' },
        secrets: { 'audiocodes-live:accessToken': STATIC_TOKEN, 'harness:carrierPassword': 'canary-berlin-1' },
        // The folder of the project has node_modules, in which code below it would find what the archive lacks.
        env: { PULUMI_HOME: at('home'), PULUMI_IGNORE_AMBIENT_PLUGINS: 'true' }
      })
    })
    after(async () => {
      // First what is there in any case: an open server would keep the process when the project could not be made.
      await simulator.close()
      await project.stack.dispose()
    })

    it('serves a program that names no path', async () => {
      const { stack } = project
      const kind = ['plugin', 'install', 'resource', 'audiocodes-live', version]
      succeeded(await stack.run([...kind, '--file', archive()]))
      succeeded(await stack.up())
      const berlin = simulator.state().sites.find(({ name }) => name === 'berlin')
      assert.deepEqual(await stack.outputs(), {
        siteGuid: berlin?.guid,
        password: '[secret]',
        fullName: 'Acme Incorporated'
      })
      succeeded(await stack.destroy())
      assert.ok(simulator.state().sites.every(({ name }) => name !== 'berlin'))
    })
  })
})
