import * as assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import * as path from 'node:path'
import { STATIC_TOKEN } from '../../simulator'
import { defect, statusOf } from '../../provider/plugin/Status'
import { version } from '../../provider/version'
import { until } from '../support/Children'
import { secretOnTheWire } from '../support/Json'
import { repositoryRoot } from '../support/repository'
import { unknowns } from '../support/unknowns'
import { acme, least } from '../protocol/support/Connections'
import { type FakeEngine, fakeEngine } from './support/FakeEngine'
import { failed, sipConnection } from './support/PluginClient'
import { type PluginProcess, type Rig, startPlugin, startRig, withRig } from './support/PluginProcess'

describe('the plugin, before it is configured', function () {
  let engine: FakeEngine
  let plugin: PluginProcess
  before(async () => {
    engine = await fakeEngine()
    plugin = await startPlugin(engine.address)
  })
  after(async () => {
    await plugin.close()
    engine.close()
  })

  it('refuses an engine that shakes no hands, in words', async () => {
    const { message } = await failed(plugin.client.configure({}))
    assert.strictEqual(
      message,
      'This Pulumi engine is too old for the plugin of audiocodes-live, which needs the handshake and the secrets of newer ones: install Pulumi 3.216.0 or newer, or use the classes of the npm package pulumi-audiocodes-live, which need no plugin'
    )
  })

  it('takes secrets and resources', async () => {
    assert.deepStrictEqual(await plugin.client.handshake(engine.address), {
      acceptSecrets: true,
      acceptResources: true,
      acceptOutputs: false,
      supportsAutonamingConfiguration: false
    })
    // An engine that takes no secrets back would keep them in clear.
    assert.match((await failed(plugin.client.configure({}, 'default', false))).message, /too old/)
  })

  it('tells its version and its schema', async () => {
    assert.strictEqual(await plugin.client.version(), version)
    const { name, version: schemaVersion } = await plugin.client.schema()
    assert.deepStrictEqual([name, schemaVersion], ['audiocodes-live', version])
  })

  it('does not load the root of @pulumi/pulumi', () => {
    const loads = (modules: readonly string[]): readonly string[] => {
      const required = modules.map((module) => `require('./dist/provider/plugin/${module}')`).join(';')
      const program = `${required};console.log(Object.keys(require.cache).join('\\n'))`
      return execFileSync(process.execPath, ['-e', program], { cwd: repositoryRoot, encoding: 'utf8' })
        .split('\n')
        .map((file) => path.relative(path.join(repositoryRoot, 'node_modules'), file))
    }
    const all = loads(['Server', 'Core'])
    assert.deepStrictEqual(
      all.filter((file) => file.startsWith('@pulumi/pulumi/') && !file.startsWith('@pulumi/pulumi/proto/')),
      []
    )
    assert.ok(all.includes('@pulumi/pulumi/proto/provider_pb.js'))
    // What the first answers do not need is loaded later.
    assert.deepStrictEqual(
      loads(['Server']).filter((file) => /^(node-fetch|io-ts)\//.test(file)),
      []
    )
  })
})

describe('the configuration of the plugin', () => {
  let rig: Rig
  before(async () => {
    rig = await startRig({ env: { AUDIOCODES_LIVE_ACCESS_TOKEN: 'of-the-environment' } })
  })
  after(() => rig.close())

  it('is checked, and its secrets are marked', async () => {
    const { plugin } = rig
    const config = { baseUrl: 'https://live.example.net/tenantui', clientSecret: 'hush', clientId: 'c' }
    assert.deepStrictEqual(await plugin.checkConfig({ ...config, accessToken: 't', maxRetry: 3, readOnly: [] }), {
      inputs: {
        ...config,
        clientSecret: secretOnTheWire('hush'),
        accessToken: secretOnTheWire('t'),
        maxRetry: 3,
        readOnly: []
      },
      failures: [
        { property: '', reason: 'maxRetry: unknown; did you mean maxRetries?' },
        { property: '', reason: 'readOnly: expected true or false' }
      ]
    })
  })

  it('is taken from the environment where the engine has none, but not for an instance with a name', async () => {
    const { plugin } = rig
    const config = { baseUrl: 'https://live.example.net/tenantui' }
    assert.deepStrictEqual((await plugin.checkConfig(config)).failures, [])
    assert.deepStrictEqual((await plugin.checkConfig(config, 'eu')).failures, [
      {
        property: '',
        reason:
          'Missing configuration accessToken of the provider instance "eu": no credentials are given; give it to new live.Provider("eu", { accessToken: … }).'
      }
    ])
    assert.deepStrictEqual((await plugin.checkConfig({ baseUrl: unknowns.string }, 'eu')).failures, [])
  })

  it('never replaces anything when it changes', async () => {
    const nothing = { replaces: [], deleteBeforeReplace: false, diffs: [] }
    const { plugin } = rig
    assert.deepStrictEqual(await plugin.diffConfig({ baseUrl: 'a', maxRetries: '1' }, { baseUrl: 'b' }), {
      ...nothing,
      changes: 'some'
    })
    assert.deepStrictEqual(await plugin.diffConfig({ baseUrl: 'a' }, { baseUrl: 'a' }), { ...nothing, changes: 'none' })
  })

  it('decides which token is sent', async () => {
    const { plugin, platform } = rig
    // A credential of the environment wins, since the engine refreshes and destroys with old configuration.
    assert.match((await failed(plugin.invoke('audiocodes-live:index:getCustomers'))).message, /with status 401/)
    await plugin.configure({ baseUrl: platform.url, accessToken: secretOnTheWire(STATIC_TOKEN) }, 'eu')
    assert.ok('customers' in (await plugin.invoke('audiocodes-live:index:getCustomers')))
  })
})

describe('the plugin', () => {
  it('says of a defect that there is one, and nothing that may be a secret', () => {
    const { code, details, stack } = defect(new TypeError('hunter2'))
    assert.deepStrictEqual(
      [code, details],
      [
        13,
        'pulumi-audiocodes-live ended a call with an unexpected TypeError; report it to the maintainers of pulumi-audiocodes-live'
      ]
    )
    assert.ok(!(stack ?? '').includes('hunter2'))
  })

  it('cuts a text that is longer than a header', () => {
    const { details } = statusOf({ text: 'x'.repeat(100_000) })
    assert.strictEqual(details, `${'x'.repeat(8000)} …`)
  })

  it('names what it does not know, with the nearest that it does', async () => {
    await withRig({}, async ({ plugin }) => {
      const type = 'audiocodes-live:index:SipConection'
      const text = `Unknown resource type ${type}; did you mean ${sipConnection}?`
      for (const call of [
        plugin.check({}, {}, { type }),
        plugin.diff('id', {}, {}, { type }),
        plugin.create({}, { type }),
        plugin.read('id', { a: 1 }, { type }),
        plugin.update('id', {}, {}, { type }),
        plugin.delete('id', {}, { type })
      ])
        assert.strictEqual((await failed(call)).message, text)
      // An engine that leaves the type to the URN.
      assert.deepStrictEqual((await plugin.check({}, { ...least }, { type: '' })).failures, [])
    })
  })

  it('goes on with another engine that attaches to it', async () => {
    await withRig({}, async ({ plugin, platform, engine }) => {
      // An engine that is slow must have the lines of a call before its answer.
      const other = await fakeEngine(100)
      try {
        await plugin.attach(other.address)
        platform.addFault({ match: { method: 'POST' }, fault: { kind: 'resetAfter' } })
        await plugin.create({ ...least })
        assert.deepStrictEqual([engine.lines.length, other.lines.length], [0, 1])
      } finally {
        other.close()
      }
    })
  })

  it('ends with its engine', async () => {
    const rig = await startRig()
    try {
      rig.process.child.stdin?.end()
      assert.deepStrictEqual(await rig.process.exited, { code: 1, signal: null })
    } finally {
      await rig.close()
    }
  })

  it('sends nothing more when its engine dies in the middle of a create', async () => {
    const rig = await startRig()
    try {
      rig.platform.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms: 300 } })
      const call = failed(rig.plugin.create({ ...least }))
      await until('the POST has arrived', () => rig.platform.requests().some(({ method }) => method === 'POST'))
      rig.process.child.stdin?.end()
      assert.deepStrictEqual((await rig.process.exited).code, 1)
      await call
      assert.deepStrictEqual(
        rig.platform.requests().map(({ method, path: url }) => `${method} ${url.replace(acme, 'ACME')}`),
        ['GET /tenantui/api/v3/customer/ACME', 'POST /tenantui/api/v2/customer/ACME/sitelocation/']
      )
    } finally {
      await rig.close()
    }
  })
})
