import * as assert from 'node:assert'
import type { Fault } from '../../simulator'
import type { JsonObject } from '../support/Json'
import { failureOf, type InitFailed, sipConnectionText } from '../support/ProtocolServer'
import {
  acme,
  acmeTenant,
  information,
  last,
  least,
  managedOfLeast,
  managedOfMost,
  modifyMessages,
  most,
  stateOf
} from './support/Connections'
import { calls, create, type Rig, startRig, steady, steadyLines } from './support/Rig'

const add = { method: 'POST', path: 'sitelocation' }
const modify = { method: 'PATCH', path: 'sitelocation' }

const error = (effect: boolean, message?: string): Fault => ({
  kind: 'errorMessage',
  effect,
  ...(message === undefined ? {} : { message })
})

/** What the simulator says under the fault. */
const said = (message = 'SBC programming failed.'): JsonObject => ({
  executionMessages: [information('Starting SBC Programming.'), { level: 'Error', message }]
})

/** An outcome that was seen without reading the connection. */
const unread = { sbcProgrammed: false, tenantId: null, sbcDeploymentState: null }

const withoutNulls = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null))

const unchanged = { changes: 'none', replaces: [], deleteBeforeReplace: false }
const changed = { changes: 'some', replaces: [], deleteBeforeReplace: false }

describe('protocol: partial failure', () => {
  let rig: Rig
  before(async () => {
    rig = await startRig({ settings: { programTimeout: '0.5', maxRetries: '1' } })
  })
  beforeEach(async () => {
    rig.platform.clearFaults()
    await rig.printed()
  })
  after(() => rig.close())

  const failed = async (call: Promise<unknown>): Promise<InitFailed & { readonly message: string }> => {
    const { initFailed, message, code } = await failureOf(call)
    assert.strictEqual(code, 2)
    if (initFailed === undefined) throw new Error(`not a partial failure: ${message}`)
    return { ...initFailed, message }
  }

  /** The state that the engine keeps, which is sent back as it is, and which the next run must be able to go on from. */
  const kept = ({ properties }: InitFailed): JsonObject => {
    const { __provider: text, ...state } = properties
    assert.strictEqual(text, sipConnectionText)
    return state
  }

  const requestsSince = (from: number, id: string): readonly string[] => calls(rig, id).slice(from)

  it('of a create keeps the connection, and the next run finishes it', async () => {
    const { platform, provider } = rig
    const args = { ...most, siteName: 'created-in-part' }
    platform.addFault({ match: add, fault: error(true) })
    const failure = await failed(provider.create(args))
    const { id, reasons, message } = failure
    const outs = kept(failure)

    assert.deepStrictEqual(
      platform.state().sites.flatMap(({ name, guid }) => (name === args.siteName ? [guid] : [])),
      [id]
    )
    assert.deepStrictEqual(reasons, [message])
    assert.deepStrictEqual(steadyLines(message), [
      `Create of SIP connection "created-in-part" (customer ${acme}, site ${id}, SBC 3) failed: the platform reports an error`,
      '    Platform: SBC programming failed.',
      '    Applied: the connection exists and is kept in the state; not all of its fields may be applied.',
      '    Calls: those of this connection may be affected until a run succeeds.',
      '    Next: "pulumi up": it reads the connection first and finishes it.',
      '    correlation id <id>, <time>'
    ])
    const afterFailure = { ...said(), ...unread, lastOperation: last('create', 'failed') }
    assert.deepStrictEqual(steady(outs), withoutNulls(stateOf(id, platform.url, args, managedOfMost, afterFailure)))
    assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })

    assert.deepStrictEqual(await provider.diff(id, outs, args), changed)
    const from = calls(rig).length
    const finished = await provider.update(id, outs, args)
    assert.deepStrictEqual(requestsSince(from, id), [
      // The id came from the answer to Add alone.
      'GET v3/customer/ACME?allDetails=true',
      'GET v2/sitelocation/SITE',
      'PATCH v2/customer/ACME/sitelocation/SITE',
      'GET v2/sitelocation/SITE'
    ])
    assert.deepStrictEqual(
      steady(finished),
      stateOf(id, platform.url, args, managedOfMost, {
        executionMessages: modifyMessages,
        lastOperation: last('update')
      })
    )
    assert.deepStrictEqual(await provider.diff(id, finished, args), unchanged)
    assert.strictEqual(platform.site(id)?.phones, '+49301234,49301235')
    const { out, err } = await rig.printed()
    assert.strictEqual(out, '')
    assert.match(
      err,
      /^The last create of connection "created-in-part" ended with an error \(correlation id \S+\)\. .*\n$/
    )
  })

  it('of a create is not forgotten by a refresh', async () => {
    const { platform, provider } = rig
    const args = { ...least, siteName: 'created-and-refreshed' }
    platform.addFault({ match: add, fault: error(true) })
    const failure = await failed(provider.create(args))
    const { id } = failure
    const outs = kept(failure)
    const read = await provider.read(id, outs)
    const expected = stateOf(id, platform.url, args, managedOfLeast, {
      ...said(),
      sbcDeploymentState: '4',
      sbcProgrammed: false,
      lastOperation: last('create', 'failed')
    })
    assert.deepStrictEqual({ ...read, props: steady(read.props) }, { id, props: expected, inputs: args })
    assert.deepStrictEqual(await provider.diff(id, read.props, args), changed)
    const finished = await provider.update(id, read.props, args)
    assert.deepStrictEqual(await provider.diff(id, finished, args), unchanged)
    assert.strictEqual(platform.site(id)?.sbcState, 'Deployed')
  })

  it('of a create can be destroyed', async () => {
    const { platform, provider } = rig
    platform.addFault({ match: add, fault: error(true) })
    const failure = await failed(provider.create({ ...most, siteName: 'created-and-destroyed' }))
    await provider.delete(failure.id, kept(failure))
    assert.strictEqual(platform.site(failure.id), undefined)
  })

  it('of the PATCH that completes a create keeps the connection', async () => {
    const { platform, provider } = rig
    const args = { ...most, siteName: 'completed-in-part' }
    platform.addFault({ match: modify, fault: error(false, 'No such dial plan.') })
    const failure = await failed(provider.create(args))
    const outs = kept(failure)
    assert.deepStrictEqual(
      steady(outs),

      stateOf(failure.id, platform.url, args, managedOfMost, {
        ...said('No such dial plan.'),
        lastOperation: last('create', 'failed')
      })
    )
    const finished = await provider.update(failure.id, outs, args)
    assert.deepStrictEqual(await provider.diff(failure.id, finished, args), unchanged)
  })

  for (const effect of [true, false]) {
    it(`of an update ${effect ? 'that had' : 'without'} an effect keeps the outcome, and the next run finishes it`, async () => {
      const { platform, provider } = rig
      const { id, inputs, outs } = await create(rig, { ...least, siteName: `updated-in-part-${String(effect)}` })
      const news = { ...inputs, cacProfile: '5 sessions', phones: ['49301234'] }
      platform.addFault({ match: modify, fault: error(effect, 'The SBC is busy.') })
      const failure = await failed(provider.update(id, outs, news))
      const state = kept(failure)
      assert.strictEqual(failure.id, id)
      assert.deepStrictEqual(failure.reasons, [failure.message])
      assert.deepStrictEqual(steadyLines(failure.message), [
        `Update of SIP connection "${inputs.siteName as string}" (customer ${acme}, site ${id}, SBC 3) failed: the platform reports an error`,
        '    Platform: The SBC is busy.',
        '    Applied: not known; all declared fields are sent again by the next run.',
        '    Calls: those of this connection may be affected until a run succeeds.',
        '    Next: "pulumi up": it reads the connection first and finishes it.',
        '    correlation id <id>, <time>'
      ])
      const managed = ['customerGuid', 'siteName', 'sbcId', 'cacProfile', 'phones', 'sbcScripts']
      assert.deepStrictEqual(
        steady(state),
        stateOf(id, platform.url, news, managed, {
          ...said('The SBC is busy.'),
          lastOperation: last('update', 'failed')
        })
      )
      assert.strictEqual(platform.site(id)?.cacProfile, effect ? '5 sessions' : null)

      assert.deepStrictEqual(await provider.diff(id, state, news), changed)
      // The engine keeps the old inputs, and a program that goes back to them is no less unfinished.
      assert.deepStrictEqual(await provider.diff(id, state, inputs), changed)
      const from = calls(rig).length
      const finished = await provider.update(id, state, news)
      assert.deepStrictEqual(requestsSince(from, id), [
        'GET v2/sitelocation/SITE',
        'PATCH v2/customer/ACME/sitelocation/SITE',
        'GET v2/sitelocation/SITE'
      ])
      assert.deepStrictEqual(
        steady(finished),
        stateOf(id, platform.url, news, managed, { executionMessages: modifyMessages, lastOperation: last('update') })
      )
      assert.deepStrictEqual(await provider.diff(id, finished, news), unchanged)
      const { cacProfile, phones } = platform.site(id) ?? {}
      assert.deepStrictEqual({ cacProfile, phones }, { cacProfile: '5 sessions', phones: '49301234' })
    })
  }

  it('of an update whose end nobody can tell has an unknown outcome', async () => {
    const { platform, provider } = rig
    const { id, inputs, outs } = await create(rig, { ...least, siteName: 'unknown-end' })
    // Get does not tell the phones.
    const news = { ...inputs, phones: ['49301234'] }
    platform.addFault({ match: modify, fault: { kind: 'resetAfter' } })
    const failure = await failed(provider.update(id, outs, news))
    const state = kept(failure)
    assert.deepStrictEqual(steady(state).lastOperation, last('update', 'unknown'))
    assert.match(failure.message, /failed: the end of PATCH is not known: the connection was reset\n/)
    assert.deepStrictEqual(await provider.diff(id, state, news), changed)
    assert.deepStrictEqual(await provider.diff(id, await provider.update(id, state, news), news), unchanged)
  })

  it('of a change of options alone is still to be finished', async () => {
    const { platform, provider } = rig
    const { id, inputs, outs } = await create(rig, { ...least, siteName: 'options-after-failure' })
    const news = { ...inputs, cacProfile: '5 sessions' }
    platform.addFault({ match: modify, fault: error(false) })
    const state = kept(await failed(provider.update(id, outs, news)))
    const finished = await provider.update(id, state, { ...news, allow: ['rename'] })
    assert.deepStrictEqual(steady(finished).lastOperation, last('update'))
    assert.strictEqual(platform.site(id)?.cacProfile, '5 sessions')
  })

  it('with an Error and no connection is an ordinary failure', async () => {
    const { platform, provider } = rig
    platform.addFault({ match: add, fault: error(false) })
    const failure = await failureOf(provider.create({ ...least, siteName: 'not-created' }))
    assert.deepStrictEqual(steadyLines(failure.message), [
      `Create of SIP connection "not-created" (customer ${acme}, SBC 3) failed: the platform reports an error`,
      '    Platform: SBC programming failed.',
      '    Applied: a request was sent, and what the platform does with it is not known. The next run looks first, and creates no second connection.',
      '    Calls: those of this connection may be affected until a run succeeds.',
      '    Next: correct the cause and run "pulumi up" again.',
      '    correlation id <id>, <time>'
    ])
    assert.deepStrictEqual({ ...failure, message: '' }, { code: 2, message: '' })
  })

  const lost: readonly Fault[] = [
    { kind: 'resetAfter' },
    { kind: 'halfBody' },
    { kind: 'emptyBody' },
    { kind: 'notJson' },
    { kind: 'statusAfterEffect', status: 504 },
    { kind: 'delay', ms: 1000 }
  ]
  for (const fault of lost) {
    it(`is none when the answer to a POST is lost (${fault.kind}): one connection exists, one POST was sent`, async () => {
      const { platform, provider } = rig
      const args = { ...least, siteName: `lost-${fault.kind.toLowerCase()}` }
      platform.addFault({ match: add, fault })
      const from = calls(rig).length
      const { id, outs } = await provider.create(args)
      assert.deepStrictEqual(
        platform.state().sites.flatMap(({ name, guid }) => (name === args.siteName ? [guid] : [])),
        [id]
      )
      assert.deepStrictEqual(
        requestsSince(from, id).filter((call) => !call.startsWith('GET v3')),
        ['POST v2/customer/ACME/sitelocation/', 'GET v2/sitelocation/SITE']
      )
      assert.deepStrictEqual(steady(outs), stateOf(id, platform.url, args, managedOfLeast, { executionMessages: [] }))
      assert.deepStrictEqual(await provider.diff(id, outs, args), unchanged)
      const { out, err } = await rig.printed()
      assert.strictEqual(out, '')
      assert.match(err, new RegExp(`^The answer to the creation of connection "${args.siteName}" is not clear .*\\n$`))
    })
  }

  it('is none when the answer to a PATCH is lost and a look shows the change', async () => {
    const { platform, provider } = rig
    const { id, inputs, outs } = await create(rig, { ...least, siteName: 'lost-patch', cacProfile: '10 sessions' })
    const news = { ...inputs, cacProfile: '5 sessions' }
    platform.addFault({ match: modify, fault: { kind: 'resetAfter' } })
    const from = calls(rig).length
    const updated = await provider.update(id, outs, news)
    assert.strictEqual(requestsSince(from, id).filter((call) => call.startsWith('PATCH')).length, 1)
    assert.deepStrictEqual(
      steady(updated),
      stateOf(id, platform.url, news, ['customerGuid', 'siteName', 'sbcId', 'cacProfile', 'sbcScripts'], {
        tenantId: acmeTenant,
        executionMessages: [],
        lastOperation: last('update')
      })
    )
    assert.deepStrictEqual(await provider.diff(id, updated, news), unchanged)
  })
})
