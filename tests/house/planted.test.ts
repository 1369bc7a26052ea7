// A rule that nobody has seen fire may be one that cannot. tests/planted breaks every rule of the house, line by line;
// here the real settings are run on it, and what fires must be what the lines say: nothing less, nothing more.

import * as assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { ESLint } from 'eslint'

const root = path.resolve(__dirname, '../../..')
const planted = path.join(root, 'tests/planted')
const folders = ['provider', 'sdk', 'simulator', 'cli', 'examples', 'tests']

/** What a tool found, or a line announces: `file:line rule` for the linter, `file import rule` for the imports. */
type Finding = string

interface ImportRules {
  readonly forbidden: readonly {
    readonly name: string
    readonly comment: string
    readonly from: { readonly path?: string }
    readonly to: { readonly pathNot?: unknown }
  }[]
}
interface Cruise {
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly { readonly module: string; readonly rules?: readonly { readonly name: string }[] }[]
  }[]
}
interface LintConfig {
  readonly rules?: Readonly<Record<string, readonly [number, ...{ readonly message?: string }[]]>>
}

const plantedFiles = fs
  .readdirSync(planted, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()

const lines = plantedFiles.flatMap((file) =>
  fs
    .readFileSync(path.join(planted, file), 'utf8')
    .split('\n')
    .map((text, index) => ({
      at: `${file}:${index + 1}`,
      file,
      imports: /^import (?:.* from )?'(?:node:)?([^']+)'/.exec(text)?.[1],
      rules: /(?:\/\/|--) breaks (.+)$/.exec(text)?.[1]?.split(', ') ?? []
    }))
)

const importRules = (): ImportRules => {
  const settings: unknown = require(path.join(root, '.dependency-cruiser.cjs')) // eslint-disable-line @typescript-eslint/no-require-imports
  return settings as ImportRules
}
const isImportRule = (name: string): boolean => importRules().forbidden.some((rule) => rule.name === name)

describe('lint rules', function () {
  this.timeout(120000)

  // With the planted folder as its working directory the settings apply to that small repository as to the large one.
  const linter = new ESLint({ cwd: planted, overrideConfigFile: path.join(root, 'eslint.config.mjs') })
  let results: ESLint.LintResult[] = []

  before(async () => {
    results = await linter.lintFiles(['.'])
  })

  it('fire on the lines that break them and on no other', () => {
    const announced = lines.flatMap((line): Finding[] =>
      line.rules.filter((rule) => !isImportRule(rule)).map((rule) => `${line.at} ${rule}`)
    )
    const found = results.flatMap((result): Finding[] =>
      result.messages.map((message) => {
        const rule =
          message.ruleId ?? (message.message.startsWith('Unused eslint-disable') ? 'unused-disable' : message.message)
        return `${path.relative(planted, result.filePath)}:${message.line} ${rule}`
      })
    )
    assert.deepEqual(found.sort(), announced.sort())
  })

  it('are all planted, and every restriction of syntax with them', async () => {
    const configs: LintConfig[] = await Promise.all(
      plantedFiles.map(async (file) => (await linter.calculateConfigForFile(path.join(planted, file))) as LintConfig)
    )
    const settings = configs.flatMap((config) => Object.entries(config.rules ?? {}))
    const declared = settings.flatMap(([name, [severity, ...options]]) =>
      severity === 0 ? [] : name === 'no-restricted-syntax' ? options.map((option) => option.message) : [name]
    )
    const fired = results.flatMap((result) =>
      result.messages.map((message) => (message.ruleId === 'no-restricted-syntax' ? message.message : message.ruleId))
    )
    assert.deepEqual(
      [...new Set(fired.filter((name) => name !== null))].sort(),
      [...new Set(declared.filter((name) => name !== undefined))].sort()
    )
  })
})

describe('import rules', function () {
  this.timeout(120000)

  const cruise = (): Cruise => {
    const command = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const settings = path.join(root, '.dependency-cruiser.cjs')
    const output = execFileSync(
      process.execPath,
      [command, '--config', settings, '--output-type', 'json', ...folders],
      {
        cwd: planted,
        encoding: 'utf8'
      }
    )
    return JSON.parse(output) as Cruise
  }

  it('fire on the imports that break them and on no other', () => {
    const announced = lines.flatMap((line): Finding[] =>
      line.rules.filter(isImportRule).map((rule) => `${line.file} ${line.imports ?? 'no import'} ${rule}`)
    )
    const found = cruise().modules.flatMap((module) =>
      module.dependencies.flatMap((dependency): Finding[] =>
        (dependency.rules ?? []).map((rule) => `${module.source} ${dependency.module} ${rule.name}`)
      )
    )
    assert.deepEqual(found.sort(), announced.sort())
  })

  it('are all planted, and each gives its reason', () => {
    const announced = new Set(lines.flatMap((line) => line.rules.filter(isImportRule)))
    const declared = importRules().forbidden.map((rule) => rule.name)
    assert.deepEqual([...announced].sort(), declared.sort())
    assert.deepEqual(
      importRules().forbidden.filter((rule) => rule.comment.length < 40),
      []
    )
  })

  it('name files that exist: a renamed one would drop out of its rule unseen', () => {
    const provider = fs.readdirSync(path.join(root, 'provider'), { recursive: true, encoding: 'utf8' })
    const existing = provider.map((file) => path.basename(file, '.ts'))
    const named = importRules().forbidden.flatMap(
      ({ from, to }) => `${from.path ?? ''} ${JSON.stringify(to.pathNot ?? '')}`.match(/\b[A-Z]\w+/g) ?? []
    )
    assert.deepEqual([named.filter((name) => !existing.includes(name)), named.includes('Retry')], [[], true])
  })
})
