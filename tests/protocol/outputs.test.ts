import * as assert from 'node:assert'
import {
  acme,
  addMessages,
  information,
  last,
  least,
  managedOfLeast,
  managedOfMost,
  modifyMessages,
  most,
  stateOf
} from './support/Connections'
import { create, type Rig, startRig, steady } from './support/Rig'

const noChange = { changes: 'none', replaces: [], deleteBeforeReplace: false }
const someChange = { changes: 'unknown', replaces: [], deleteBeforeReplace: false }

describe('protocol: outputs', () => {
  let rig: Rig
  let existing: string
  before(async () => {
    rig = await startRig()
    const scripts = { onboardingScript: 12001, cleanupScript: 12002 }
    existing = rig.platform.addSite({ customerGuid: acme, name: 'taken-over', ...scripts })
  })
  after(() => rig.close())

  it('round-trip with every input set', async () => {
    const { platform, provider } = rig
    const args = { ...most, siteName: 'every-input' }

    assert.deepStrictEqual(await provider.check({}, args), { inputs: args, failures: [] })

    const { id, outs } = await provider.create(args)
    const state = stateOf(id, platform.url, args, managedOfMost, { executionMessages: modifyMessages })
    assert.deepStrictEqual(steady(outs), state)
    assert.deepStrictEqual(await provider.diff(id, outs, args), noChange)
    assert.deepStrictEqual(await provider.read(id, outs), { id, props: outs, inputs: args })

    const news = { ...args, cacProfile: '20 sessions', phones: ['4930777'] }
    assert.deepStrictEqual(await provider.check(args, news), { inputs: news, failures: [] })
    assert.deepStrictEqual(await provider.diff(id, outs, news), someChange)
    const updated = await provider.update(id, outs, news)
    assert.deepStrictEqual(steady(updated), { ...state, ...news, lastOperation: last('update') })
    assert.deepStrictEqual(await provider.diff(id, updated, news), noChange)
    assert.deepStrictEqual(await provider.read(id, updated), { id, props: updated, inputs: news })

    await provider.delete(id, updated)
    assert.strictEqual(platform.site(id), undefined)
  })

  it('round-trip with the least that a new connection declares', async () => {
    const { platform, provider } = rig
    const args = { ...least, siteName: 'the-least' }

    assert.deepStrictEqual(await provider.check({}, args), { inputs: args, failures: [] })

    const { id, outs } = await provider.create(args)
    const state = stateOf(id, platform.url, args, managedOfLeast)
    assert.deepStrictEqual(steady(outs), state)
    assert.deepStrictEqual(await provider.diff(id, outs, args), noChange)
    assert.deepStrictEqual(await provider.read(id, outs), { id, props: outs, inputs: args })

    const news = { ...args, sbcScripts: { onboardingScript: 10007, cleanupScript: 10700 } }
    assert.deepStrictEqual(await provider.check(args, news), { inputs: news, failures: [] })
    assert.deepStrictEqual(await provider.diff(id, outs, news), someChange)
    const updated = await provider.update(id, outs, news)
    assert.deepStrictEqual(steady(updated), {
      ...state,
      ...news,
      executionMessages: modifyMessages,
      lastOperation: last('update')
    })
    assert.deepStrictEqual(await provider.diff(id, updated, news), noChange)

    await provider.delete(id, updated)
    assert.strictEqual(platform.site(id), undefined)
  })

  it('drop an input that is no longer declared', async () => {
    const { platform, provider } = rig
    const args = { ...most, siteName: 'fewer-inputs', adopt: false }
    const { id, outs } = await create(rig, args)
    const { carrierUserName: _user, carrierRegistration: _registration, phones: _phones, ...news } = args
    assert.deepStrictEqual(await provider.check(args, news), { inputs: news, failures: [] })
    assert.deepStrictEqual(await provider.diff(id, outs, news), someChange)
    const updated = await provider.update(id, outs, news)
    const managed = managedOfMost.filter((key) => key in news)
    assert.deepStrictEqual(
      steady(updated),
      stateOf(id, platform.url, news, managed, { executionMessages: modifyMessages, lastOperation: last('update') })
    )
    assert.deepStrictEqual(await provider.diff(id, updated, news), noChange)
    assert.deepStrictEqual(await provider.read(id, updated), { id, props: updated, inputs: news })
  })

  it('hold canonical inputs, and nothing for a null', async () => {
    const { provider, platform } = rig
    const args = { ...least, siteName: 'canonical' }
    const written = {
      ...args,
      cacProfile: null,
      sbcScripts: { ...args.sbcScripts, customerVariables: null },
      dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 7 }]
    }
    const canonical = { ...args, dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 7, active: true }] }
    assert.deepStrictEqual(await provider.check({}, written), { inputs: canonical, failures: [] })
    const { id, outs } = await provider.create(canonical)
    const managed = ['customerGuid', 'siteName', 'sbcId', 'dialPlanPrefixes', 'sbcScripts']
    assert.deepStrictEqual(
      steady(outs),
      stateOf(id, platform.url, canonical, managed, { executionMessages: modifyMessages })
    )
    assert.deepStrictEqual(await provider.diff(id, outs, canonical), noChange)
  })

  it('of a takeover are those of a creation', async () => {
    const { platform, provider } = rig
    const id = existing
    const args = { ...least, siteName: 'taken-over', enableCac: false, carrierRegistration: false, adopt: id }
    const created = await create(rig, args)
    const managed = ['customerGuid', 'siteName', 'sbcId', 'enableCac', 'carrierRegistration', 'sbcScripts']
    const state = stateOf(id, platform.url, args, managed, { executionMessages: [], lastOperation: last('adopt') })
    assert.deepStrictEqual({ ...created, outs: steady(created.outs) }, { id, inputs: args, outs: state })
    assert.deepStrictEqual(await provider.diff(id, created.outs, args), noChange)
    assert.deepStrictEqual(await provider.read(id, created.outs), { id, props: created.outs, inputs: args })
  })

  it('follow a change of options, and keep the last write', async () => {
    const { provider } = rig
    const args = { ...least, siteName: 'options', allow: ['rename'] }
    const { id, outs } = await create(rig, args)
    const { allow: _allow, ...rest } = args
    const news = { ...rest, adopt: false }
    assert.deepStrictEqual(await provider.diff(id, outs, news), someChange)
    const updated = await provider.update(id, outs, news)
    const { allow: _old, ...expected } = { ...outs, adopt: false, allow: [] }
    assert.deepStrictEqual(updated, expected)
    assert.deepStrictEqual(await provider.diff(id, updated, news), noChange)
  })

  it('hold what the platform tells beside the inputs, as it tells it', async () => {
    const { platform, provider } = rig
    const args = { ...least, siteName: 'told' }
    const { id, outs } = await create(rig, args)
    platform.editSite(id, { m365State: 3, sbcState: 'NotDeployed' })
    const told = { ...outs, m365DeploymentState: '3', sbcDeploymentState: '1' }
    assert.deepStrictEqual(await provider.read(id, outs), { id, props: told, inputs: args })
    platform.setSwitches({ states: 'strings' })
    try {
      assert.deepStrictEqual(await provider.read(id, outs), {
        id,
        props: { ...told, sbcDeploymentState: 'NotDeployed' },
        inputs: args
      })
    } finally {
      platform.setSwitches({ states: 'documented' })
    }
    platform.editSite(id, { m365State: null, sbcState: 'Deployed' })
    assert.deepStrictEqual(await provider.read(id, told), { id, props: outs, inputs: args })
  })

  it('name the tasks that were waited for, whatever form the platform gives them', async () => {
    const { platform } = rig
    platform.setSwitches({ addTaskMs: 60, pendingTaskShape: 'object' })
    try {
      const args = { ...least, siteName: 'with-a-task', configureSbc: false }
      const { id, outs } = await create(rig, args)
      const managed = ['customerGuid', 'siteName', 'sbcId', 'configureSbc', 'sbcScripts']
      const { taskIds, ...operation } = outs.lastOperation as { readonly taskIds: readonly string[] }
      assert.match(taskIds.join(), /^tsk_\d+$/)
      assert.deepStrictEqual(
        steady({ ...outs, lastOperation: { ...operation, taskIds: [] } }),
        stateOf(id, platform.url, args, managed, {
          executionMessages: [
            information('Skipping SBC CheckIpGroupProgramming.'),
            information('Site location information saved.')
          ]
        })
      )
    } finally {
      platform.setSwitches({ addTaskMs: 0, pendingTaskShape: 'string' })
    }
  })

  it('show the messages of the creation when no more was sent', async () => {
    const { outs } = await create(rig, { ...least, siteName: 'messages' })
    assert.deepStrictEqual(outs.executionMessages, addMessages)
  })
})
