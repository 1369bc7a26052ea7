import * as assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { version } from '../../provider/version'
import { repositoryRoot } from '../support/repository'

describe('version', () => {
  it('is that of package.json', () => {
    const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
      readonly version: unknown
    }
    assert.strictEqual(version, manifest.version)
  })
})
