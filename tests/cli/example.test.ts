import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import { command } from './Command'

// The workflow cannot be run here: at least it must call what there is.
describe('the workflow of the pipeline', () => {
  const file = path.join(repositoryRoot, 'examples/pipeline/.github/workflows/connections.yml')
  const calls = [...fs.readFileSync(file, 'utf8').matchAll(/npx --no audiocodes-live (\w+)(.*)/g)].map(
    ([, name = '', rest = '']) => ({
      name,
      options: [...rest.matchAll(/ (--[a-z-]+)/g)].map(([, option = '']) => option)
    })
  )

  it('calls the plan and the look for drift', () => {
    assert.deepStrictEqual(
      calls.map(({ name }) => name),
      ['plan', 'drift']
    )
  })

  for (const { name, options } of calls) {
    it(`gives ${name} options that it has`, async () => {
      const { code, stdout } = await command([name, '--help'])
      assert.deepStrictEqual([code, options.filter((option) => !stdout.includes(`  ${option} `))], [0, []])
    })
  }
})
