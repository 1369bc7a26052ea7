import * as assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { canaries as ofEngineTests } from '../engine/World'
import { secrets as ofProtocolTests } from '../protocol/support/Connections'
import { repositoryRoot } from '../support/repository'
import { canaries } from './support/Canaries'
import { searchFor } from './support/Search'

describe('The npm package', () => {
  /** What would be published, as npm itself lists it; no script runs, so nothing is built. */
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
  ) as readonly { readonly files: readonly { readonly path: string }[] }[]
  const files = (packed?.files ?? []).map(({ path: file }) => file)
  const textOf = (file: string): string => fs.readFileSync(path.join(repositoryRoot, file), 'utf8')

  it('has the compiled code and its documents, no test and no file of a developer', () => {
    assert.ok(files.length > 100, `${files.length} files`)
    assert.deepStrictEqual(
      files.filter(
        (file) =>
          !/^(bin\/pulumi-resource-audiocodes-live$|dist\/(provider|sdk|simulator|cli)\/|README\.md$|CHANGELOG\.md$|LICENSE$|package\.json$|schema\.json$)/.test(
            file
          )
      ),
      []
    )
    assert.deepStrictEqual(
      files.filter((file) => /(^|\/)\.|\.test\.|\.log$|\.pem$|(^|\/)Pulumi(\.\w+)?\.yaml$|\.jsonl$/.test(file)),
      []
    )
  })

  it('holds no secret of a test, no key and no path of the machine that built it', () => {
    const search = searchFor({ ...canaries, ...ofEngineTests, ...ofProtocolTests })
    assert.deepStrictEqual(
      files.flatMap((file) => {
        const text = textOf(file)
        return [
          ...search(text),
          ...(text.includes(repositoryRoot) ? ['a path'] : []),
          ...(/-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{20,}\.|\b(AKIA|ghp_|npm_)\w{16,}/.test(text) ? ['a key'] : [])
        ].map((what) => `${file}: ${what}`)
      }),
      []
    )
  })
})
