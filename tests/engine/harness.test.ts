import * as assert from 'node:assert'
import { isAlive, until } from '../support/Children'
import { Engine } from '../support/Engine'
import { hideCiphertext } from '../support/Json'
import type { EngineRun } from '../support/EngineRun'
import { succeeded } from '../support/EngineRun'
import type { Stack } from '../support/Stack'
import { unknowns } from '../support/unknowns'

const type = 'pulumi-nodejs:dynamic/toy:Thing'

/** Keeps its things as files in the folder of the project; `TOY_SLOW` makes a create wait for ever. */
const text = `
const fs = require('fs')
const file = (id) => 'thing-' + id + '.json'
const strip = ({ __provider, computed, token, ...rest }) => JSON.stringify(rest, Object.keys(rest).sort())
let token
exports.handler = () => ({
  configure: (request) => { token = request.config.get('toy:token') || 'none' },
  check: async (olds, news) => ({
    inputs: news,
    failures: news.size < 0 ? [{ property: '', reason: 'size: is negative\\n  give 0 or more' }] :
      typeof news.size === 'string' ? [{ property: '', reason: 'size: is ' + news.size }] : []
  }),
  diff: async (id, olds, news) =>
    strip(olds) === strip(news) ? { changes: false } : { replaces: olds.kind === news.kind ? [] : ['kind'] },
  create: async (inputs) => {
    if (process.env.TOY_SLOW) { console.log('creating'); await new Promise(() => {}) }
    if (inputs.kind === 'broken') throw { message: 'm', id: 'half', properties: { ...inputs }, reasons: ['out of order'] }
    fs.writeFileSync(file('one'), JSON.stringify(inputs))
    return { id: 'one', outs: { ...inputs, computed: 'c', token } }
  },
  update: async (id, olds, news) => {
    fs.writeFileSync(file(id), JSON.stringify(news))
    return { outs: { ...news, computed: 'c', token } }
  },
  read: async (id, props) => {
    if (!fs.existsSync(file(id))) return {}
    const live = JSON.parse(fs.readFileSync(file(id), 'utf8'))
    return { id, props: { ...props, size: live.size }, inputs: live }
  },
  delete: async (id) => fs.rmSync(file(id))
})`

const program = (args: string): string => `
const pulumi = require('@pulumi/pulumi')
const provider = ${JSON.stringify(text)}
class Thing extends pulumi.CustomResource {
  constructor(name, args, opts) {
    super('${type}', name, { computed: undefined, token: undefined, ...args, __provider: provider },
      { additionalSecretOutputs: ['token'], ...opts })
  }
}
const thing = new Thing('thing', ${args})
exports.computed = thing.computed
exports.token = thing.token
`

describe('Engine that was not made', () => {
  it('fails with what to do', async () => {
    assert.strictEqual(Engine.available('/nowhere'), false)
    await assert.rejects(Engine.project({ program: '' }, '/nowhere'), {
      message: 'no Pulumi engine in /nowhere: run make engine'
    })
  })
})

describe('Engine', function () {
  this.timeout(60_000)
  let stack: Stack
  before(async () => {
    stack = await Engine.project({
      program: program('{ kind: "a", size: 1 }'),
      config: { 'toy:plain': 'p' },
      secrets: { 'toy:token': 's3cret-from-config' }
    })
  })
  after(() => stack.dispose())

  it('creates, with the secret configuration at the provider and nowhere in clear', async () => {
    assert.deepStrictEqual(await stack.previewSteps(), [
      {
        op: 'create',
        name: 'thing',
        urn: stack.urn(type, 'thing'),
        diffReasons: [],
        replaceReasons: [],
        detailedDiff: {}
      }
    ])
    succeeded(await stack.up())
    assert.deepStrictEqual(await stack.outputs(), { computed: 'c', token: '[secret]' })
    assert.deepStrictEqual(await stack.outputs({ showSecrets: true }), { computed: 'c', token: 's3cret-from-config' })
    assert.deepStrictEqual(
      (await stack.resources()).map(({ id, inputs, outputs }) => ({
        id,
        inputs: hideCiphertext(inputs ?? null),
        outputs: hideCiphertext(outputs ?? null)
      })),
      [
        {
          id: 'one',
          inputs: { __provider: text, kind: 'a', size: 1 },
          outputs: { __provider: text, kind: 'a', size: 1, computed: 'c', token: '[secret]' }
        }
      ]
    )
    assert.deepStrictEqual(await stack.export(), JSON.parse(await stack.exportRaw()))
    assert.deepStrictEqual(
      (await stack.resources({ showSecrets: true })).map(({ outputs }) => hideCiphertext(outputs?.['token'] ?? null)),
      ['[secret in clear]']
    )
    assert.deepStrictEqual(stack.filesWith('s3cret-from-config'), [])
    assert.deepStrictEqual(
      stack.filesWith('"kind":"a"').map((file) => file.replace(/\d{10,}/, '<time>')),
      [
        'state/.pulumi/backups/harness/dev/dev.<time>.json',
        'state/.pulumi/history/harness/dev/dev-<time>.checkpoint.json',
        'state/.pulumi/stacks/harness/dev.json',
        'state/.pulumi/stacks/harness/dev.json.bak',
        'thing-one.json'
      ]
    )
  })

  it('has nothing to do in the next preview and refresh', async () => {
    assert.deepStrictEqual(await stack.previewSteps(), [])
    assert.deepStrictEqual(
      (await stack.previewSteps(['--show-sames'])).map(({ op, name }) => [op, name]),
      [['same', 'thing']]
    )
    assert.match(succeeded(await stack.refresh()).output, /Resources:\n +2 unchanged\n/)
  })

  it('shows a change, an update and a replacement', async () => {
    stack.setProgram(program('{ kind: "a", size: 2 }'))
    const step = { name: 'thing', urn: stack.urn(type, 'thing') }
    assert.deepStrictEqual(await stack.previewSteps(), [
      { ...step, op: 'update', diffReasons: ['size'], replaceReasons: [], detailedDiff: { size: 'update' } }
    ])
    stack.setProgram(program('{ kind: "b", size: 1 }'))
    assert.deepStrictEqual(await stack.previewSteps(), [
      { ...step, op: 'replace', diffReasons: ['kind'], replaceReasons: ['kind'], detailedDiff: { kind: 'update' } }
    ])
    stack.setProgram(program('{ kind: "a", size: 2 }'))
    assert.match(succeeded(await stack.up()).output, /~ 1 updated/)
  })

  it('prints a check failure and does nothing', async () => {
    stack.setProgram(program('{ kind: "a", size: -1 }'))
    const { code, stdout } = await stack.up()
    assert.strictEqual(code, 1)
    assert.match(stdout, /resource 'thing' has a problem: size: is negative\n +give 0 or more\n/)
    await assert.rejects(stack.previewSteps(), /pulumi failed \(1\):/)
    stack.setProgram(program('{ kind: "a", size: 2 }'))
  })

  it('gives the provider the sentinel of an unknown value in a preview', async () => {
    stack.setProgram(program('{ kind: "a", size: 2 }') + `new Thing('other', { size: new Thing('new', {}).computed })`)
    const { output } = await stack.preview()
    assert.match(output, new RegExp(`resource 'other' has a problem: size: is ${unknowns.string}\n`))
    stack.setProgram(program('{ kind: "a", size: 2 }'))
  })

  it('changes configuration and environment between runs', async () => {
    await stack.setConfig('toy:token', '-another', { secret: true })
    await stack.removeConfig('toy:plain')
    stack.setProgram(program('{ kind: "a", size: 3 }'))
    succeeded(await stack.up())
    assert.deepStrictEqual(await stack.outputs({ showSecrets: true }), { computed: 'c', token: '-another' })
    assert.deepStrictEqual(JSON.parse((await stack.run(['config', '--json', '--show-secrets'])).stdout), {
      'toy:token': { value: '-another', secret: true }
    })
    stack.setEnv('PULUMI_CONFIG_PASSPHRASE', 'wrong')
    assert.match((await stack.preview()).output, /incorrect passphrase/)
    stack.setEnv('PULUMI_CONFIG_PASSPHRASE', 'harness')
  })

  it('destroys', async () => {
    succeeded(await stack.destroy())
    assert.deepStrictEqual(await stack.resources(), [])
  })

  it('keeps a partial failure in state', async () => {
    stack.setProgram(program('{ kind: "broken", size: 4 }'))
    assert.strictEqual((await stack.up()).code, 1)
    assert.deepStrictEqual(
      (await stack.resources()).map(({ id, initErrors }) => ({ id, initErrors })),
      [{ id: 'half', initErrors: ['out of order'] }]
    )
    succeeded(await stack.run(['state', 'delete', '--yes', stack.urn(type, 'thing')]))
  })

  it('imports a file of resources with inputs and outputs', async () => {
    const inputs = { __provider: text, kind: 'a', size: 5 }
    const imported = { type, name: 'thing', id: 'one', inputs, outputs: { ...inputs, computed: 'c' } }
    succeeded(await stack.importFile({ resources: [imported] }))
    stack.setProgram(program('{ kind: "a", size: 5 }'))
    assert.deepStrictEqual(await stack.previewSteps(), [])
  })
})

describe('Engine, a run that is killed', function () {
  this.timeout(60_000)
  let stack: Stack
  let run: EngineRun
  before(async () => {
    stack = await Engine.project({ program: program('{ kind: "a", size: 1 }'), env: { TOY_SLOW: 'yes' } })
    run = stack.spawn(['up', '--skip-preview', '--yes'])
    await run.printed(/creating\n/)
  })
  after(() => stack.dispose())

  it('leaves its provider behind, which is ended by dispose', async () => {
    const providers = run.providers()
    assert.strictEqual(providers.length, 1)
    run.kill('SIGKILL')
    const { code, signal } = await run.result
    assert.deepStrictEqual({ code, signal }, { code: null, signal: 'SIGKILL' })
    assert.deepStrictEqual(run.providers(), providers)
    const { deployment } = await stack.export()
    assert.deepStrictEqual(
      deployment.pending_operations?.map(({ resource, type: kind }) => [resource.urn, kind]),
      [[stack.urn(type, 'thing'), 'creating']]
    )
    assert.match((await stack.up()).output, /the stack is currently locked/)
    await stack.cancel()
    stack.setEnv('TOY_SLOW', undefined)
    assert.match(succeeded(await stack.up()).output, /interrupted while creating/)
    await stack.dispose()
    await until('the provider is gone', () => providers.every((pid) => !isAlive(pid)))
  })
})

describe('Engine, a TypeScript program', function () {
  this.timeout(60_000)

  it('resolves the SDK and its types', async () => {
    const stack = await Engine.project({
      typescript: true,
      program: `import * as pulumi from '@pulumi/pulumi'
const text: pulumi.Output<string> = pulumi.output('typed')
export const answer: pulumi.Output<string> = text.apply((value: string): string => value.toUpperCase())
`
    })
    try {
      succeeded(await stack.up())
      assert.deepStrictEqual(await stack.outputs(), { answer: 'TYPED' })
    } finally {
      await stack.dispose()
    }
  })
})
