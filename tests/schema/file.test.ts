// The committed schema is what the code makes, and what Pulumi takes.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import type { PackageSpec } from '../../provider/schema/Spec'
import { tokenOf } from '../../provider/schema/Tokens'
import { sdkgen } from '../languages/support/Tools'
import { repositoryRoot } from '../support/repository'
import { schema } from '../unit/schema/support/Fits'

const pulumi = path.join(repositoryRoot, '.engine/bin/pulumi')

const run = (program: string, ...args: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' }
  })
  return { status, out: stdout + stderr }
}

describe('schema.json', function () {
  this.timeout(300000)

  let folder = ''
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'schema-'))
  })
  after(() => {
    fs.rmSync(folder, { recursive: true })
  })

  const written = (spec: object): string => {
    const file = path.join(folder, 'schema.json')
    fs.writeFileSync(file, JSON.stringify(spec))
    return file
  }

  it('is up to date', () => {
    assert.deepEqual(run(process.execPath, 'scripts/schema.mjs', '--check'), { status: 0, out: '' })
  })

  it('is valid for Pulumi, which would tell', () => {
    assert.deepEqual(run(pulumi, 'schema', 'check', 'schema.json'), { status: 0, out: '' })
    const { [tokenOf('SbcScripts')]: _, ...types } = schema.types
    const broken: PackageSpec = { ...schema, types }
    const { status, out } = run(pulumi, 'schema', 'check', written(broken))
    assert.notEqual(status, 0)
    assert.match(out, /SbcScripts/)
  })

  it('makes SDKs in which secrets are marked, defaults are filled in and the dynamic resource is an alias', () => {
    assert.deepEqual(run(sdkgen(), 'schema.json', folder), { status: 0, out: '' })
    const text = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8')
    const alias = 'pulumi-nodejs:dynamic/audiocodes-live:SipConnection'
    const [python, go, node] = [
      text('python/pulumi_audiocodes_live/sip_connection.py'),
      text('go/audiocodeslive/sipConnection.go'),
      text('nodejs/sipConnection.ts')
    ]
    for (const each of [python, go, node]) {
      assert.ok(each.includes(alias), alias)
      // In a state of a thousand connections each byte counts, and the provider says the same in every comparison.
      assert.doesNotMatch(each, /replace_?on_?changes=|replaceOnChanges: \[|ReplaceOnChanges\(/i)
    }
    assert.match(python, /secret_opts = .*additional_secret_outputs=\["carrierPasswordDpi", "carrierUserPassword"\]/)
    assert.match(text('python/pulumi_audiocodes_live/dial_plan.py'), /dial_plan_name = 'CustDialPlan'/)
    assert.doesNotMatch(text('nodejs/provider.ts'), /getEnv/)
  })
})
