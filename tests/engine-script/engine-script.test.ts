// engine/make-engine.sh with stand-ins for everything that it finds on a machine, and the starter for dynamic providers
// that it puts beside the engine.

import * as assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { closedCurl, go, openCurl, program, root, workshop } from './Workshop'

const pinned = /^require \S+ (v\S+)$/m.exec(fs.readFileSync(path.join(root, 'engine/cli/go.mod'), 'utf8'))?.[1] ?? ''
const starter = path.join(root, 'engine/pulumi-resource-pulumi-nodejs')

const built = ['bin/pulumi', 'bin/pulumi-language-nodejs', 'bin/pulumi-resource-pulumi-nodejs', 'nodejs-host.version']
const calledToBuild = [
  'curl',
  'go build -mod=readonly github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs in nodejs-host',
  'go build -mod=readonly github.com/pulumi/pulumi/pkg/v3/cmd/pulumi in cli'
]

describe('make engine', function () {
  this.timeout(60000)

  let shop = workshop()
  beforeEach(() => {
    shop.remove()
    shop = workshop()
  })
  after(() => {
    shop.remove()
  })

  const ready = (version: string): string => `engine: pulumi ${version} is ready in ${shop.engine}/bin\n`
  const building = `engine: building pulumi ${pinned} from source, once: about 4 minutes on 2 cores\n`
  const closedWorld = (): void => {
    shop.onPath('net', 'curl', closedCurl)
    shop.onPath('golang', 'go', go())
  }

  it('builds what the pinned modules say when nothing else works, and calls nothing the second time', () => {
    closedWorld()
    assert.deepEqual(shop.make(), { code: 0, out: building + ready(pinned), err: '' })
    assert.deepEqual(shop.contents(), built)
    assert.deepEqual(shop.calls(), calledToBuild)
    assert.deepEqual(shop.make(), { code: 0, out: ready(pinned), err: '' })
    assert.deepEqual(shop.calls(), calledToBuild)
  })

  it('keeps a newer engine than the pinned one', () => {
    closedWorld()
    shop.inEngine('pulumi', program('v4.0.1'))
    shop.inEngine('pulumi-language-nodejs', program('v4.0.1'))
    shop.inEngine('pulumi-resource-pulumi-nodejs', fs.readFileSync(starter, 'utf8'))
    assert.deepEqual(shop.make(), { code: 0, out: ready('v4.0.1'), err: '' })
    assert.deepEqual(shop.calls(), [])
  })

  it('builds the engine again when it is older than the pinned one, and only that', () => {
    closedWorld()
    shop.inEngine('pulumi', program('v3.258.9'))
    shop.inEngine('pulumi-language-nodejs', program(''))
    assert.deepEqual(shop.make(), { code: 0, out: building + ready(pinned), err: '' })
    assert.deepEqual(shop.calls(), [calledToBuild[0], calledToBuild[2]])
  })

  it('builds the host again when another version of it is pinned', () => {
    closedWorld()
    shop.make()
    fs.writeFileSync(path.join(shop.engine, 'nodejs-host.version'), 'v3.49.0\n')
    shop.make()
    assert.deepEqual(shop.calls(), [...calledToBuild, calledToBuild[0], calledToBuild[1]])
  })

  it('renews the starter alone without any other call', () => {
    closedWorld()
    shop.make()
    shop.inEngine('pulumi-resource-pulumi-nodejs', '#!/bin/sh\n')
    assert.deepEqual(shop.make(), { code: 0, out: ready(pinned), err: '' })
    assert.deepEqual(shop.calls(), calledToBuild)
    const placed = fs.readFileSync(path.join(shop.engine, 'bin/pulumi-resource-pulumi-nodejs'), 'utf8')
    assert.equal(placed, fs.readFileSync(starter, 'utf8'))
  })

  it('links a Pulumi on PATH that is new enough, though older than the pinned one, and keeps the links', () => {
    closedWorld()
    const cli = shop.onPath('pulumi', 'pulumi', program('v3.254.0'))
    shop.onPath('pulumi', 'pulumi-language-nodejs', program('v3.254.0'))
    shop.onPath('pulumi', 'pulumi-resource-pulumi-nodejs', program('v3.254.0'))
    assert.deepEqual(shop.make(), { code: 0, out: `engine: using ${cli}\n${ready('v3.254.0')}`, err: '' })
    const links = [
      'bin/pulumi -> pulumi/pulumi',
      'bin/pulumi-language-nodejs -> pulumi/pulumi-language-nodejs',
      'bin/pulumi-resource-pulumi-nodejs -> pulumi/pulumi-resource-pulumi-nodejs'
    ]
    assert.deepEqual(shop.contents(), links)
    assert.deepEqual(shop.make(), { code: 0, out: ready('v3.254.0'), err: '' })
    assert.deepEqual(shop.contents(), links)
    assert.deepEqual(shop.calls(), [])
  })

  it('finds the other programs beside the real file when the one on PATH is a link', () => {
    closedWorld()
    const installed = path.join(path.dirname(shop.engine), 'cellar')
    fs.mkdirSync(installed)
    for (const name of ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs']) {
      fs.writeFileSync(path.join(installed, name), program('v3.300.0'), { mode: 0o755 })
    }
    shop.onPath('linked', 'unrelated', program('v1.0.0'))
    fs.symlinkSync(path.join(installed, 'pulumi'), path.join(path.dirname(shop.engine), 'linked/pulumi'))
    assert.equal(shop.make().code, 0)
    assert.deepEqual(shop.contents(), [
      'bin/pulumi -> linked/pulumi',
      'bin/pulumi-language-nodejs -> cellar/pulumi-language-nodejs',
      'bin/pulumi-resource-pulumi-nodejs -> cellar/pulumi-resource-pulumi-nodejs'
    ])
  })

  for (const version of ['v3.253.9', 'v2.900.0', 'v3.99.0', 'nonsense', '']) {
    it(`refuses a Pulumi on PATH that says it is '${version}'`, () => {
      closedWorld()
      const cli = shop.onPath('pulumi', 'pulumi', program(version))
      shop.onPath('pulumi', 'pulumi-language-nodejs', program(version))
      shop.onPath('pulumi', 'pulumi-resource-pulumi-nodejs', program(version))
      const said = version.startsWith('v') ? version : 'of unknown version'
      const refused = `engine: ${cli} is ${said}, older than v3.254.0: not used\n`
      assert.deepEqual(shop.make(), { code: 0, out: refused + building + ready(pinned), err: '' })
      assert.deepEqual(shop.contents(), built)
    })
  }

  it('refuses a Pulumi on PATH that comes without its host', () => {
    closedWorld()
    const cli = shop.onPath('pulumi', 'pulumi', program('v3.300.0'))
    const refused = `engine: ${cli} comes without pulumi-language-nodejs or pulumi-resource-pulumi-nodejs: not used\n`
    assert.deepEqual(shop.make(), { code: 0, out: refused + building + ready(pinned), err: '' })
  })

  it('does not take its own outdated engine for one on PATH', () => {
    closedWorld()
    for (const name of ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs']) {
      shop.inEngine(name, program('v3.255.0'))
    }
    const PATH = `${shop.engine}/bin:${shop.environment()['PATH'] ?? ''}`
    assert.deepEqual(shop.make({ PATH }), { code: 0, out: building + ready(pinned), err: '' })
  })

  it('takes the official installer when the network lets it through, and leaves the home directory alone', () => {
    shop.onPath('net', 'curl', openCurl(pinned))
    const downloading = `engine: downloading pulumi ${pinned} with the official installer\n`
    assert.deepEqual(shop.make(), { code: 0, out: downloading + ready(pinned), err: '' })
    assert.deepEqual(shop.contents(), [
      `bin/pulumi -> engine/${pinned}/bin/pulumi`,
      `bin/pulumi-language-nodejs -> engine/${pinned}/bin/pulumi-language-nodejs`,
      `bin/pulumi-resource-pulumi-nodejs -> engine/${pinned}/bin/pulumi-resource-pulumi-nodejs`,
      'installer.log',
      `${pinned}/bin/pulumi`,
      `${pinned}/bin/pulumi-language-nodejs`,
      `${pinned}/bin/pulumi-resource-pulumi-nodejs`
    ])
    assert.deepEqual(shop.calls(), ['curl', `installer --version ${pinned.slice(1)}`])
    assert.deepEqual(fs.readdirSync(shop.home), [])
    assert.deepEqual(shop.make(), { code: 0, out: ready(pinned), err: '' })
    assert.equal(shop.calls().length, 2)
  })

  it('asks the installer again when what it once brought is older than the pinned version', () => {
    shop.onPath('net', 'curl', openCurl(pinned))
    shop.make()
    fs.writeFileSync(path.join(shop.engine, pinned, 'bin/pulumi'), program('v3.255.0'))
    assert.equal(shop.make().out, `engine: downloading pulumi ${pinned} with the official installer\n${ready(pinned)}`)
  })

  it('builds when what the installer brought is not what was asked for', () => {
    shop.onPath('net', 'curl', openCurl('v3.1.0'))
    shop.onPath('golang', 'go', go())
    const { code, out } = shop.make()
    const failed = `engine: the installer did not succeed (${shop.engine}/installer.log)\n`
    assert.equal(
      out,
      `engine: downloading pulumi ${pinned} with the official installer\n${failed}${building}${ready(pinned)}`
    )
    assert.equal(code, 0)
  })

  it('says what is missing when there is no way', () => {
    const remedy = 'put pulumi v3.254.0 or newer on PATH, or install Go, or allow access to get.pulumi.com'
    assert.deepEqual(shop.make(), { code: 1, out: '', err: `engine: no Pulumi engine: ${remedy}\n` })
    assert.deepEqual(shop.contents(), [])
  })

  it('leaves no half program behind when the compiler fails', () => {
    shop.onPath('golang', 'go', go('case $argument in *cmd/pulumi) echo no space left; exit 1 ;; esac'))
    const log = `${shop.engine}/build.log`
    const failed = `no space left\nengine: the build failed, see ${log}\n`
    assert.deepEqual(shop.make(), { code: 1, out: building, err: failed })
    assert.deepEqual(shop.contents(), ['bin/pulumi-language-nodejs', 'build.log', 'nodejs-host.version'])
  })

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130]
  ] as const) {
    it(`leaves no half program behind after ${signal}, and stops the compiler`, async () => {
      shop.onPath('golang', 'go', go('echo $$ >"$JOURNAL.pid"; exec sleep 60'))
      const running = shop.start()
      const pidFile = path.join(path.dirname(shop.engine), 'calls.pid')
      while (!fs.existsSync(pidFile) || fs.readFileSync(pidFile, 'utf8') === '') {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      const ended = new Promise((resolve) => running.once('close', resolve))
      running.kill(signal)
      assert.equal(await ended, code)
      assert.deepEqual(shop.contents(), ['build.log'])
      const compiler = Number(fs.readFileSync(pidFile, 'utf8'))
      assert.throws(() => process.kill(compiler, 0), { code: 'ESRCH' })
    })
  }

  it('clears away what a killed build left', () => {
    closedWorld()
    const gone = spawnSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }).stdout.trim()
    shop.inEngine(`.pulumi.${gone}`, 'half')
    shop.make()
    assert.deepEqual(shop.contents(), built)
  })

  it('keeps the modules beside the engine when there is no home directory', () => {
    shop.onPath('golang', 'go', go('echo "$GOPATH $GOCACHE" >>"$JOURNAL"'))
    assert.equal(shop.make({ HOME: undefined }).code, 0)
    assert.equal(shop.calls()[1], `${shop.engine}/cache/go ${shop.engine}/cache/build`)
  })
})

describe('pulumi-resource-pulumi-nodejs', function () {
  this.timeout(60000)

  it('becomes the server of the directory it is called in', async () => {
    // In a process group of its own, so that nothing outlives the test whatever became of the starter.
    const server = spawn(starter, ['127.0.0.1:1'], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = server.pid ?? assert.fail('not started')
    try {
      const port = await new Promise<string>((resolve) => {
        server.stdout.once('data', (data) => {
          resolve(String(data))
        })
      })
      assert.match(port, /^\d+\n$/)
      const command = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout
      assert.match(command, /^\S*node \S+\/@pulumi\/pulumi\/cmd\/dynamic-provider\S* 127\.0\.0\.1:1\n$/)
    } finally {
      process.kill(-pid, 'SIGKILL')
    }
  })

  it('says why when @pulumi/pulumi is not there', () => {
    const empty = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'no-pulumi-')))
    const { status, stdout, stderr } = spawnSync(starter, ['127.0.0.1:1'], { cwd: empty, encoding: 'utf8' })
    fs.rmSync(empty, { recursive: true })
    const reason = `@pulumi/pulumi cannot be resolved from ${empty}; run 'npm install' there`
    assert.deepEqual(
      { status, stdout, stderr },
      { status: 1, stdout: '', stderr: `pulumi-resource-pulumi-nodejs: ${reason}\n` }
    )
  })
})
