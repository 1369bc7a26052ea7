import * as assert from 'node:assert'
import { type JsonObject, secretOnTheWire } from '../support/Json'
import { unknowns } from '../support/unknowns'
import { information, least, managedOfMost, most, secrets, stateOf } from '../protocol/support/Connections'
import { steady, steadyLines } from '../protocol/support/Rig'
import { type Checked, failed, urn } from './support/PluginClient'
import { type Rig, startRig, withRig } from './support/PluginProcess'

const { adopt: _adopt, allow: _allow, ...declared } = most

/** The inputs as they must leave the plugin: what is secret is marked. */
const marked = {
  ...declared,
  carrierUserPassword: secretOnTheWire(secrets.password),
  carrierPasswordDpi: secretOnTheWire(secrets.dpi),
  sbcScripts: {
    ...declared.sbcScripts,
    customerVariables: { Region: 'EMEA', apiToken: secretOnTheWire(secrets.variable) }
  }
} as const satisfies JsonObject

const reasons = ({ failures }: Checked): readonly string[] => {
  assert.ok(failures.every(({ property }) => property === ''))
  return failures.map(({ reason }) => reason)
}

const calls = ({ platform }: Rig): readonly string[] => platform.requests().map(({ method }) => method)

describe('check of the plugin', () => {
  let rig: Rig
  before(async () => {
    rig = await startRig()
  })
  after(() => rig.close())

  it('keeps the secrets of the program, and marks those that are secret anyway', async () => {
    const { plugin } = rig
    const news = {
      ...declared,
      cacProfile: secretOnTheWire('10 sessions'),
      phones: ['+49301234', secretOnTheWire('1234')]
    }
    assert.deepStrictEqual(await plugin.check({}, news), {
      inputs: {
        ...marked,
        cacProfile: secretOnTheWire('10 sessions'),
        phones: secretOnTheWire(['+49301234', '1234'])
      },
      failures: []
    })
  })

  it('lets what is not known pass, and takes a resource for its id', async () => {
    const { plugin } = rig
    const reference = { '4dabf18193072939515e22adb298388d': '5cf8f73096256a8f31e491e813e4eb8e', urn: 'urn:pulumi:x' }
    assert.deepStrictEqual(
      await plugin.check(
        {},
        {
          ...least,
          customerGuid: { ...reference, id: least.customerGuid.toUpperCase() },
          sbcId: unknowns.number,
          phones: unknowns.array,
          carrierUserPassword: secretOnTheWire(unknowns.string)
        }
      ),
      {
        inputs: {
          ...least,
          sbcId: unknowns.number,
          phones: unknowns.array,
          carrierUserPassword: secretOnTheWire(unknowns.string)
        },
        failures: []
      }
    )
  })

  it('tells all faults at once, without a value', async () => {
    const asset = { '4dabf18193072939515e22adb298388d': 'c44067f5952c0a294b673a41bacd8c17', text: 'x' }
    const { plugin } = rig
    assert.deepStrictEqual(
      reasons(await plugin.check({}, { ...least, siteNam: 'x', sbcId: 0, carrierHostName: asset, phones: ['12'] })),
      [
        'carrierHostName: is an asset or an archive; expected a plain value',
        'phones[0]: expected 3 to 15 digits, with or without a "+" in front',
        'sbcId: expected a whole number from 1',
        'siteNam: unknown input; did you mean siteName?'
      ]
    )
  })

  it('carries the text of the dynamic provider over', async () => {
    const { plugin } = rig
    const olds = { ...least, __provider: 'text' }
    assert.deepStrictEqual((await plugin.check(olds, { ...least })).inputs, olds)
    assert.deepStrictEqual((await plugin.check({}, { ...least })).inputs, { ...least })
  })
})

describe('a connection of the plugin', () => {
  let rig: Rig
  let id: string
  let outs: JsonObject
  before(async () => {
    rig = await startRig()
  })
  after(() => rig.close())

  it('is previewed without a request: the inputs, and what is not known', async () => {
    const { plugin } = rig
    const unknown = unknowns.string
    assert.deepStrictEqual(await plugin.create(marked, { preview: true }), {
      id: '',
      outs: {
        ...marked,
        siteGuid: unknown,
        tenantId: unknown,
        sbcDeploymentState: unknown,
        m365DeploymentState: unknown,
        executionMessages: unknown,
        sbcProgrammed: unknown,
        pendingTasks: unknown,
        lastOperation: unknown,
        platform: unknown,
        managedKeys: unknown,
        schemaVersion: unknown
      }
    })
    assert.deepStrictEqual(calls(rig), [])
  })

  it('is created, and its secrets leave as secrets', async () => {
    const { plugin, platform } = rig
    ;({ id, outs } = await plugin.create({ ...marked, cacProfile: secretOnTheWire('10 sessions') }))
    assert.deepStrictEqual(steady(outs), {
      ...stateOf(id, platform.url, { ...marked, cacProfile: secretOnTheWire('10 sessions') }, managedOfMost),
      executionMessages: steady(outs).executionMessages
    })
    assert.strictEqual(platform.site(id)?.carrierUserPassword, secrets.password)
  })

  it('differs by its paths', async () => {
    const { plugin } = rig
    const olds = { oldInputs: { ...marked, cacProfile: secretOnTheWire('10 sessions') } }
    assert.deepStrictEqual(await plugin.diff(id, outs, { ...marked }, olds), {
      changes: 'none',
      replaces: [],
      deleteBeforeReplace: false,
      diffs: []
    })
    const { carrierHostName: _host, ...rest } = marked
    const news = {
      ...rest,
      customerGuid: unknowns.string,
      cacProfile: secretOnTheWire('20 sessions'),
      phones: ['+49301234', '49301236', '49301237'],
      sbcScripts: {
        ...marked.sbcScripts,
        customerVariables: { ...marked.sbcScripts.customerVariables, Zone: 'A' }
      },
      allow: ['rename']
    }
    assert.deepStrictEqual(await plugin.diff(id, outs, news, olds), {
      changes: 'some',
      replaces: ['customerGuid'],
      deleteBeforeReplace: true,
      diffs: ['cacProfile', 'carrierHostName', 'customerGuid', 'phones', 'sbcScripts', 'allow'],
      detail: {
        allow: 'add',
        cacProfile: 'update',
        carrierHostName: 'delete',
        customerGuid: 'update-replace',
        'phones[1]': 'update',
        'phones[2]': 'add',
        'sbcScripts.customerVariables.Zone': 'add'
      }
    })
  })

  it('is read, with what was secret still secret', async () => {
    const { plugin, platform } = rig
    platform.editSite(id, { cacProfile: '30 sessions' })
    const oldInputs = { ...marked, cacProfile: secretOnTheWire('10 sessions') }
    const read = await plugin.read(id, outs, { oldInputs })
    assert.deepStrictEqual(read.inputs, { ...marked, cacProfile: secretOnTheWire('30 sessions') })
    assert.deepStrictEqual(read.props, { ...outs, cacProfile: secretOnTheWire('30 sessions') })
  })

  it('is previewed before an update with what it keeps', async () => {
    const { plugin, platform } = rig
    platform.clearRequests()
    const unknown = unknowns.string
    assert.deepStrictEqual(
      await plugin.update(id, outs, { ...marked, cacProfile: unknowns.string }, { preview: true }),
      {
        ...marked,
        cacProfile: unknowns.string,
        siteGuid: id,
        tenantId: outs.tenantId,
        platform: platform.url,
        schemaVersion: 1,
        sbcDeploymentState: unknown,
        m365DeploymentState: unknown,
        executionMessages: unknown,
        sbcProgrammed: unknown,
        pendingTasks: unknown,
        lastOperation: unknown,
        managedKeys: unknown
      }
    )
    assert.deepStrictEqual(calls(rig), [])
  })

  it('is updated, with the warnings on its line', async () => {
    const { plugin, engine } = rig
    outs = await plugin.update(id, outs, { ...marked, cacProfile: '20 sessions' })
    assert.strictEqual(outs.cacProfile, '20 sessions')
    assert.deepStrictEqual(
      engine.lines.filter(({ text }) => text.includes('cacProfile')),
      [
        {
          severity: 'warning',
          text: 'Connection "branch-07" was changed outside of Pulumi since the last run: cacProfile. The declared values are sent.',
          urn,
          ephemeral: false
        }
      ]
    )
  })

  it('is deleted, and then gone', async () => {
    const { plugin, platform } = rig
    await plugin.delete(id, outs)
    assert.strictEqual(platform.site(id), undefined)
    assert.deepStrictEqual(await plugin.read(id, outs), { id: '', props: {}, inputs: {} })
  })

  it('has shown its secrets to nobody', () => {
    const printed = `${rig.process.printed()}${JSON.stringify(rig.engine.lines)}`
    for (const secret of Object.values(secrets)) assert.ok(!printed.includes(secret))
  })
})

describe('a failed write of the plugin', () => {
  it('keeps the thing, with its inputs', async () => {
    await withRig({}, async ({ plugin, platform }) => {
      platform.addFault({
        match: { method: 'POST' },
        fault: { kind: 'errorMessage', effect: true, message: 'No license' }
      })
      const inputs = { ...least, siteName: secretOnTheWire('branch-07') }
      const { code, message, initFailed } = await failed(plugin.create(inputs))
      assert.ok(initFailed)
      const { id, properties } = initFailed
      const lines = [
        `Create of SIP connection "branch-07" (customer ${least.customerGuid}, site ${id}, SBC 3) failed: the platform reports an error`,
        '    Platform: No license',
        '    Applied: the connection exists and is kept in the state; not all of its fields may be applied.',
        '    Calls: those of this connection may be affected until a run succeeds.',
        '    Next: "pulumi up": it reads the connection first and finishes it.',
        '    correlation id <id>, <time>'
      ]
      assert.deepStrictEqual([code, steadyLines(message)], [2, lines])
      assert.deepStrictEqual(initFailed.reasons, [message])
      const { siteName, lastOperation, executionMessages } = properties
      assert.deepStrictEqual(siteName, secretOnTheWire('branch-07'))
      assert.strictEqual((lastOperation as JsonObject).outcome, 'failed')
      assert.deepStrictEqual(executionMessages, [
        information('Starting SBC Programming.'),
        { level: 'Error', message: 'No license' }
      ])

      // The next run says why it goes on, and finishes it.
      assert.deepStrictEqual(await plugin.diff(id, properties, inputs, { oldInputs: inputs }), {
        changes: 'some',
        replaces: [],
        deleteBeforeReplace: false,
        diffs: ['lastOperation'],
        detail: { 'lastOperation.outcome': 'update, output' }
      })
      const outs = await plugin.update(id, properties, inputs, { oldInputs: inputs })
      assert.strictEqual((outs.lastOperation as JsonObject).outcome, 'ok')
    })
  })

  it('hides after a fault what was secret before', async () => {
    await withRig({}, async ({ plugin, platform }) => {
      const inputs = { ...least, cacProfile: secretOnTheWire('10 sessions') }
      const { id, outs } = await plugin.create(inputs)
      platform.addFault({ match: { method: 'PATCH' }, fault: { kind: 'errorMessage', effect: false } })
      const { initFailed } = await failed(plugin.update(id, outs, { ...least }))
      assert.deepStrictEqual(initFailed?.properties.cacProfile, secretOnTheWire('10 sessions'))
    })
  })

  it('has the time that the program gives', async () => {
    await withRig({ switches: { addTaskMs: 60_000 } }, async ({ plugin }) => {
      const { message, initFailed } = await failed(plugin.create({ ...least }, { timeout: 0.3 }))
      assert.match(message, / failed: waited 0(\.3)? s for /)
      assert.ok(initFailed)
    })
  })
})

describe('a connection that was renamed in the program, in a run that ended before the old resource was deleted', () => {
  it('is kept by the next run: what is declared is noted with every comparison', () =>
    withRig({}, async ({ plugin, platform }) => {
      const created = await plugin.create({ ...least, siteName: 'renamed' })
      const adopting = { ...least, siteName: 'renamed', adopt: true, enableCac: false, carrierRegistration: false }
      // The next run is another process.
      const adopted = {
        ...created.outs,
        ...adopting,
        lastOperation: {
          ...(created.outs['lastOperation'] as JsonObject),
          correlationId: '99999999-0000-4000-8000-000000000000'
        }
      }
      await withRig({ settings: { baseUrl: platform.url } }, async (next) => {
        await next.plugin.diff(created.id, adopted, adopting)
        await next.plugin.delete(created.id, created.outs)
        assert.strictEqual(platform.site(created.id)?.name, 'renamed')
        await next.plugin.delete(created.id, adopted)
        assert.strictEqual(platform.site(created.id), undefined)
      })
    }))
})
