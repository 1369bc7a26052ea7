// sdk/python, sdk/go and sdk/nodejs are what `make sdks` writes.

import * as assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import { sdkgen } from './support/Tools'

/** What building and running an SDK where it lies leaves there, and .gitignore keeps out of the repository. */
const leavings = /(^|\/)(node_modules|bin|build|dist|__pycache__|[^/]+\.egg-info)\//

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !leavings.test(path.relative(folder, file)))
      .sort()
      .map((file) => [path.relative(folder, file), fs.readFileSync(file, 'utf8')])
  )

describe('The SDKs in the repository', function () {
  this.timeout(300_000)
  let folder = ''
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sdks-'))
    execFileSync(sdkgen(), [path.join(repositoryRoot, 'schema.json'), folder], { stdio: 'pipe' })
  })
  after(() => {
    fs.rmSync(folder, { recursive: true })
  })

  for (const language of ['python', 'go', 'nodejs']) {
    it(`are what the schema gives: ${language} (write them anew with: make sdks)`, () => {
      const [there, made] = [path.join(repositoryRoot, 'sdk', language), path.join(folder, language)].map(filesIn)
      assert.deepEqual(Object.keys(there ?? {}), Object.keys(made ?? {}))
      const other = Object.keys(made ?? {}).filter((file) => there?.[file] !== made?.[file])
      assert.deepEqual(other, [])
    })
  }
})
