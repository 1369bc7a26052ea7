import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { packed, unpackInto } from './support/Package'

/** What is published: the compiled form of every source in these folders, and these files. */
const folders = ['cli', 'provider', 'sdk', 'simulator']
const others = [
  ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
  'bin/pulumi-resource-audiocodes-live',
  'schema.json'
]

const sourcesOf = (folder: string): readonly string[] =>
  fs
    .readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
    // Packages for other languages are generated beside the sources, and published by themselves.
    .filter((file) => file.endsWith('.ts') && !/^(nodejs|python|go)\//.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')).replace(/\.ts$/, ''))

/** What must stand in none of them: values of tests, keys of any kind, and folders of the machine that built it. */
const unwanted: Readonly<Record<string, RegExp>> = {
  // The values begin so; the word alone is one of the rollout.
  'a value of a test': /canary-/i,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a token': /\b(eyJ[\w-]{20,}\.[\w-]{20,}|npm_\w{36}|gh[pousr]_\w{36}|pul-[0-9a-f]{40})\b/,
  'a folder of a machine': /(^|[\s"'(:])\/(home|Users|root|work|tmp)\/\w/m
}

describe('The npm package', function () {
  this.timeout(60_000)
  let files: readonly string[] = []
  let unpacked: TemporaryProject
  const text = (file: string): string => fs.readFileSync(path.join(unpacked.directory, 'package', file), 'utf8')
  before(async () => {
    ;({ files } = await packed())
    unpacked = temporaryProject()
    await unpackInto(path.join(unpacked.directory, 'package'))
  })
  after(() => {
    unpacked.dispose()
  })

  it('has the compiled sources, their types and maps, the usual files, and nothing else', () => {
    const compiled = folders
      .flatMap(sourcesOf)
      .flatMap((source) => ['.d.ts', '.js', '.js.map'].map((ending) => `dist/${source}${ending}`))
    assert.deepStrictEqual(files, [...others, ...compiled].sort())
  })

  it('has what its package.json names', () => {
    const { main, types, bin, exports } = JSON.parse(text('package.json')) as {
      readonly main: string
      readonly types: string
      readonly bin: Readonly<Record<string, string>>
      readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
    }
    const named = [
      main,
      types,
      ...Object.values(bin),
      ...Object.values(exports).flatMap((to) => Object.values([to].flat()))
    ]
      .flatMap((to) => (typeof to === 'string' ? [to] : Object.values(to)))
      .map((to) => path.posix.normalize(to))
    assert.deepStrictEqual(
      [...new Set(named)].filter((file) => !files.includes(file)),
      []
    )
    assert.deepStrictEqual(Object.keys(exports), ['.', './dynamic', './limits', './simulator', './package.json'])
    assert.match(text('dist/cli/main.js'), /^#!\/usr\/bin\/env node\n/)
  })

  it('has no value of a test, no key and no folder of a machine', () => {
    const found = files.flatMap((file) =>
      Object.entries(unwanted)
        .filter(([, pattern]) => pattern.test(text(file)))
        .map(([what]) => `${file}: ${what}`)
    )
    assert.deepStrictEqual(found, [])
  })

  it('installs nothing but what its code loads, and runs no script of its own', () => {
    const { dependencies, scripts } = JSON.parse(text('package.json')) as {
      readonly dependencies: Readonly<Record<string, string>>
      readonly scripts: Readonly<Record<string, string>>
    }
    const loaded = new Set(
      files
        .filter((file) => file.endsWith('.js'))
        .flatMap((file) => [...text(file).matchAll(/\brequire\(["']([^"'.][^"']*)["']\)/g)])
        .map(
          ([, name]) =>
            name
              ?.split('/')
              .slice(0, name.startsWith('@') ? 2 : 1)
              .join('/') ?? ''
        )
        .filter(
          (name) => !name.startsWith('node:') && name !== '@pulumi/pulumi' && !name.startsWith('pulumi-audiocodes')
        )
    )
    assert.deepStrictEqual([...loaded].sort(), Object.keys(dependencies).sort())
    assert.deepStrictEqual(
      Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name)),
      []
    )
  })
})
