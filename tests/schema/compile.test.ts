// Nobody can forget the schema: an input, an output or a lookup that it could not tell of does not compile. A small resource is compiled with one thing
// wrong at a time.

import * as assert from 'node:assert/strict'
import * as path from 'node:path'
import * as ts from 'typescript'
import { repositoryRoot } from '../support/repository'

const file = path.join(repositoryRoot, 'tests/schema/trial.ts')

const right = `
import * as t from 'io-ts'
import { list, text } from '../../provider/Codecs'
import type { InputTables } from '../../provider/Inputs'
import type { Definition } from '../../provider/Resource'
import type { Arguments } from '../../provider/lookups/Arguments'


interface Args {
  readonly name: string
  readonly tags?: ReadonlyArray<string>
}
interface State extends Args {
  readonly size: number
}
const name = text('a name', 60)
export const inputs: InputTables<Args> = {
  codecs: {
    name,
    tags: list('tags', text('a tag', 60))
  },
  required: ['name'],
  rules: { name: 'replace', tags: 'update' }
}
export const outputs: Definition<Args, State>['outputs'] = { size: 'kept' }
export const lookup: Arguments<{ readonly name: string }> = { name }
export const used = t
`

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(repositoryRoot, 'tsconfig.json'), (name) => ts.sys.readFile(name)).config,
  ts.sys,
  repositoryRoot
)

let before: ts.Program | undefined

/** What the compiler says of a text in the place of a file of these tests. */
const complaints = (source: string): ReadonlyArray<string> => {
  const host = ts.createCompilerHost({ ...options, noEmit: true, incremental: false, tsBuildInfoFile: undefined })
  const [isThere, sourceOf] = [host.fileExists.bind(host), host.getSourceFile.bind(host)]
  host.fileExists = (name) => name === file || isThere(name)
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true)
      : (before?.getSourceFile(name) ?? sourceOf(name, ...rest))
  const program = ts.createProgram([file], { ...options, noEmit: true, incremental: false }, host, before)
  before = program
  const trial = program.getSourceFile(file)
  return program
    .getSemanticDiagnostics(trial)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

describe('What the schema needs to know', function () {
  this.timeout(60000)

  it('compiles when all of it is there', () => {
    assert.deepEqual(complaints(right), [])
  })

  const wrong: ReadonlyArray<readonly [what: string, line: string, instead: string, complaint: RegExp]> = [
    ['an input without a codec', '    name,\n', '', /Property 'name' is missing in type/],
    [
      'a codec that cannot say its form',
      '    name,\n',
      '    name: t.string,\n',
      /'StringC' is not assignable to type 'InputCodec<string>'. {3}Property 'shape' is missing/
    ],
    [
      'a list of what cannot say its form',
      `list('tags', text('a tag', 60))`,
      `list('tags', t.string)`,
      /'StringC' is not assignable to parameter of type 'Codec/
    ],
    [
      'a codec of another type',
      '    name,\n',
      `    name: list('names', name),\n`,
      /'readonly string\[\]' is not assignable to type 'string'/
    ],
    [
      'an input without a rule for its change',
      `, tags: 'update'`,
      '',
      /Property 'tags' is missing in type '\{ name: "replace"; \}'/
    ],
    [
      'a required input that there is not',
      `required: ['name']`,
      `required: ['nome']`,
      /'"nome"' is not assignable to type/
    ],
    ['an output without a line', `{ size: 'kept' }`, '{}', /Property 'size' is missing in type '\{\}'/],
    [
      'an argument of a lookup that cannot say its form',
      '{ name }\n',
      '{ name: t.string }\n',
      /Property 'shape' is missing in type 'StringType' but required in type 'Codec<string>'/
    ]
  ]
  for (const [what, line, instead, complaint] of wrong) {
    it(`does not compile with ${what}`, () => {
      assert.ok(right.includes(line), `the text has no ${line}`)
      const found = complaints(right.replace(line, instead))
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', complaint)
    })
  }
})
