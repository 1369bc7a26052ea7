import * as assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../support/repository'

/** The rows of the first table of figures in a page; their padding does not count. */
const figuresIn = (page: string): ReadonlyArray<string> =>
  page
    .split('\n')
    .filter((line) => /^\|.*\| *(reached|not reached|unclear) *\|$/.test(line))
    .map((line) => line.replace(/ +/g, ' '))

describe('the figures', () => {
  it('of the README are those of the results file', () => {
    const page = (name: string) => readFileSync(join(repositoryRoot, name), 'utf8')
    const measured = figuresIn(page('docs/benchmarks.md'))
    assert.ok(measured.length > 0)
    assert.deepStrictEqual(figuresIn(page('README.md')), measured)
  })
})
