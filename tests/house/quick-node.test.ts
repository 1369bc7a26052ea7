// Programs and providers of tests get the modules of the SDK from one file (tests/support/quick-node).

import * as assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { quickNode } from '../support/quick-node/QuickNode'
import { read, write } from '../support/quick-node/Store'
import { cleanEnvironment, type TemporaryProject, temporaryProject } from '../support/TemporaryProject'

describe('the modules that are kept for programs and providers of tests', () => {
  let project: TemporaryProject
  let kept: string
  let packages: string
  const sdk = 'packages/node_modules/sdk'
  const helper = 'packages/node_modules/helper/index.js'
  const own = 'packages/own.js'

  const text = `console.log(require('helper'), require('../../../../own'), process.env.PULUMI_NODEJS_TYPESCRIPT)
    if (process.argv[2] === 'fails') process.exitCode = 1
    // As the SDK does: what was compiled before and after must fit all the same.
    require('node:v8').setFlagsFromString('--allow-natives-syntax')`
  const env = (): NodeJS.ProcessEnv =>
    cleanEnvironment({ ...quickNode, TEST_MODULES: kept, TEST_PACKAGES: packages, PULUMI_NODEJS_TYPESCRIPT: 'true' })
  const started = (part: string, ...args: readonly string[]): string =>
    execFileSync(process.execPath, [path.join(project.directory, sdk, 'cmd', part), ...args], {
      env: env(),
      encoding: 'utf8'
    }).trimEnd()

  before(function () {
    if (quickNode['NODE_OPTIONS'] === undefined) this.skip()
    project = temporaryProject()
    kept = path.join(project.directory, 'modules')
    packages = path.join(project.directory, 'packages/node_modules')
    for (const part of ['run', 'dynamic-provider', 'other']) project.write(`${sdk}/cmd/${part}/index.js`, text)
    project.write(helper, `module.exports = 'first'`)
    project.write(own, `module.exports = 'mine'`)
  })
  after(() => {
    project.dispose()
  })

  it('are written by a program of JavaScript and of that SDK that ends well, which is not run as TypeScript', () => {
    const index = path.join(project.directory, sdk, 'cmd/run/index.js')
    assert.equal(spawnSync(process.execPath, [index, 'fails', 'index.js'], { env: env() }).status, 1)
    assert.equal(started('run', 'index.ts'), 'first mine true')
    assert.equal(started('dynamic-provider', '127.0.0.1:1'), 'first mine true')
    const elsewhere = { ...env(), TEST_PACKAGES: path.join(project.directory, 'node_modules') }
    assert.equal(spawnSync(process.execPath, [index, 'index.js'], { env: elsewhere }).status, 0)
    assert.equal(fs.existsSync(kept), false)
    assert.equal(started('run', 'index.js'), 'first mine undefined')
    assert.deepEqual(
      [...(read(kept)?.modules.keys() ?? [])].map((file) => path.relative(project.directory, file)),
      [`${sdk}/cmd/run/index.js`, helper]
    )
  })

  it('are read by programs and providers, but not by others, and never in place of what is not installed', () => {
    project.write(helper, `module.exports = 'second'`)
    project.write(own, `module.exports = 'changed'`)
    assert.equal(started('run', 'index.js'), 'first changed undefined')
    assert.equal(started('run', 'index.ts'), 'first changed true')
    assert.equal(started('dynamic-provider', '127.0.0.1:1'), 'first changed true')
    assert.equal(started('other', '127.0.0.1:1'), 'second changed true')
  })

  it('are run as they were compiled, without being compiled again', () => {
    const { places, modules } = read(kept) ?? assert.fail('nothing is kept')
    // V8 compares no more than the length of the text with that of what it has compiled.
    const other = [...modules].map(([file, { source, code }]) => {
      const changed = Buffer.from(source.toString().replace('first', 'other'))
      return [file, { source: changed, code }] as const
    })
    write(kept, { places, modules: new Map(other) })
    assert.equal(started('run', 'index.js'), 'first changed undefined')
    assert.equal(started('dynamic-provider', '127.0.0.1:1'), 'first changed true')
  })
})
