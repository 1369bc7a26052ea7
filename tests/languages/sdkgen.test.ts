// The generator of the SDKs (engine/sdkgen) on a small schema of its own. What the SDKs do is tested with the real plugin.

import * as assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import { engineModule, pinOf, sdkModule } from './support/Pins'
import { sdkgen } from './support/Tools'

const text = fs.readFileSync(path.join(repositoryRoot, 'tests/languages/trial/schema.json'), 'utf8')

describe('sdkgen', function () {
  this.timeout(300000)

  let program = ''
  let folder = ''
  before(() => {
    program = sdkgen()
  })
  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'sdkgen-')))
  })
  afterEach(() => {
    fs.rmSync(folder, { recursive: true })
  })

  const run = (...args: readonly string[]): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' })
    return { code: status, out: stdout, err: stderr }
  }
  const generate = (schema: string, outdir: string): ReturnType<typeof run> => {
    fs.writeFileSync(path.join(folder, 'schema.json'), schema)
    return run('schema.json', outdir)
  }
  const done = { code: 0, out: '', err: '' }
  const filesIn = (name: string): Record<string, string> => {
    const root = path.join(folder, name)
    const files = fs
      .readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
    return Object.fromEntries(files.sort().map((file) => [path.relative(root, file), fs.readFileSync(file, 'utf8')]))
  }

  it('writes an SDK for each language, always the same', () => {
    assert.deepEqual(generate(text, 'one'), done)
    assert.deepEqual(generate(text, 'two'), done)
    const files = filesIn('one')
    assert.deepEqual(files, filesIn('two'))
    assert.deepEqual(
      Object.keys(files).filter((name) => !/\/(\.git(attributes|ignore)|config\/.*|internal\/.*)$/.test(name)),
      [
        'go/.sdkgen',
        'go/audiocodeslive/doc.go',
        'go/audiocodeslive/getSbcDevices.go',
        'go/audiocodeslive/init.go',
        'go/audiocodeslive/provider.go',
        'go/audiocodeslive/pulumi-plugin.json',
        'go/audiocodeslive/sipConnection.go',
        'go/go.mod',
        'nodejs/.sdkgen',
        'nodejs/README.md',
        'nodejs/getSbcDevices.ts',
        'nodejs/index.ts',
        'nodejs/package.json',
        'nodejs/provider.ts',
        'nodejs/sipConnection.ts',
        'nodejs/tsconfig.json',
        'nodejs/utilities.ts',
        'python/.sdkgen',
        'python/README.md',
        'python/pulumi_audiocodes_live/README.md',
        'python/pulumi_audiocodes_live/__init__.py',
        'python/pulumi_audiocodes_live/_utilities.py',
        'python/pulumi_audiocodes_live/get_sbc_devices.py',
        'python/pulumi_audiocodes_live/provider.py',
        'python/pulumi_audiocodes_live/pulumi-plugin.json',
        'python/pulumi_audiocodes_live/py.typed',
        'python/pulumi_audiocodes_live/sip_connection.py',
        'python/pyproject.toml'
      ]
    )
    assert.equal(
      files['go/go.mod'],
      `module example.com/pulumi-audiocodes-live/sdk/go\n\ngo 1.25\n\nrequire ${sdkModule} ${pinOf('engine/cli/go.mod', engineModule)}\n`
    )
  })

  it('removes what it wrote before and nothing else, and leaves files alone that do not change', () => {
    generate(text, 'sdk')
    fs.writeFileSync(path.join(folder, 'sdk/python/HANDMADE.md'), 'kept\n')
    const whole = filesIn('sdk')
    const old = new Date(0)
    fs.utimesSync(path.join(folder, 'sdk/nodejs/provider.ts'), old, old)

    const { functions, ...fewer } = JSON.parse(text) as Record<string, unknown>
    assert.ok(functions !== undefined)
    assert.deepEqual(generate(JSON.stringify(fewer), 'sdk'), done)
    const gone = [
      'go/audiocodeslive/getSbcDevices.go',
      'nodejs/getSbcDevices.ts',
      'python/pulumi_audiocodes_live/get_sbc_devices.py'
    ]
    assert.deepEqual(
      Object.keys(whole).filter((name) => !Object.keys(filesIn('sdk')).includes(name)),
      gone
    )
    assert.equal(fs.statSync(path.join(folder, 'sdk/nodejs/provider.ts')).mtimeMs, 0)

    assert.deepEqual(generate(text, 'sdk'), done)
    assert.deepEqual(filesIn('sdk'), whole)
  })

  it('never removes a file outside of its folder, whatever its list says', () => {
    generate(text, 'sdk')
    fs.writeFileSync(path.join(folder, 'precious'), '')
    fs.appendFileSync(path.join(folder, 'sdk/go/.sdkgen'), `../../precious\n${folder}/precious\n`)
    assert.deepEqual(generate(text, 'sdk'), done)
    assert.ok(fs.existsSync(path.join(folder, 'precious')))
  })

  const broken: readonly (readonly [string, string, string])[] = [
    [
      'tells every error of a schema at once, each with its place',
      text
        .replace('"type": "integer"', '"type": "number", "default": true')
        .replace('"requiredInputs": ["customerGuid"', '"requiredInputs": ["customerGuid", "nowhere"')
        .replace('{ "type": "string" }', '{ "$ref": "#/types/audiocodes-live:index:Sbc" }'),
      [
        'the schema is not valid:',
        '  #/functions/audiocodes-live:index:getSbcDevices/outputs/properties/names/items/$ref: type audiocodes-live:index:Sbc not found in package audiocodes-live',
        '  #/resources/audiocodes-live:index:SipConnection/inputProperties/sbcId/default: invalid constant of type bool for number default',
        '  #/resources/audiocodes-live:index:SipConnection/requiredInputs/1: unknown required property "nowhere"'
      ].join('\n')
    ],
    [
      'refuses a key that no schema has',
      text.replace('willReplaceOnChanges', 'willReplaceOnChange'),
      'no package schema: json: unknown field "willReplaceOnChange"'
    ],
    [
      'refuses a schema without a version',
      text.replace('"version": "0.1.0",', ''),
      '#/version: must be set, since the SDKs carry it'
    ],
    ['refuses what is no JSON', '{', 'no package schema: unexpected EOF']
  ]
  for (const [title, schema, message] of broken) {
    it(`${title}, and writes nothing`, () => {
      assert.deepEqual(generate(schema, 'sdk'), { code: 1, out: '', err: `sdkgen: schema.json: ${message}\n` })
      assert.deepEqual(fs.readdirSync(folder), ['schema.json'])
    })
  }

  it('tells how it is used', () => {
    assert.deepEqual(run('schema.json'), { code: 2, out: '', err: 'usage: sdkgen <schema.json> <outdir>\n' })
    const missing = 'sdkgen: open schema.json: no such file or directory\n'
    assert.deepEqual(run('schema.json', 'sdk'), { code: 1, out: '', err: missing })
  })
})
