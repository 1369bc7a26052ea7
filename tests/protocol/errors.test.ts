import * as assert from 'node:assert'
import { customerGuids, type Fault } from '../../simulator'
import { failureOf } from '../support/ProtocolServer'
import { acme, least } from './support/Connections'
import {
  create,
  type Created,
  type Printed,
  printedAgain,
  type Rig,
  startRig,
  steadyLines,
  textOf
} from './support/Rig'

/** `plain`: nothing was made or lost, the state stays as it was. `kept`: the engine is told the id and the outputs. */
type Ending = 'plain' | 'kept'
type Failure = Awaited<ReturnType<typeof failureOf>>

const status = (code: number): Fault => ({ kind: 'status', status: code, body: { title: 'Said', detail: 'so' } })

/** Answers that tell: nothing was done. */
const refusals: readonly Fault[] = [
  ...[400, 401, 403, 404, 409, 418, 422, 429].map(status),
  { kind: 'html', status: 302 }
]

/** Ends that tell nothing, of a request that in truth had no effect. */
const losses: readonly Fault[] = [status(500), status(503), { kind: 'html', status: 502 }, { kind: 'resetBefore' }]

const nameOf = (fault: Fault): string => ('status' in fault ? `${fault.kind} ${fault.status}` : fault.kind)

/** The form that every error has, whatever went wrong: what the traps of the dynamic host would spoil. */
const assertForm = (what: string, call: string, failure: Failure, ending: Ending, printed: Printed): void => {
  const { code, message, initFailed } = failure
  assert.strictEqual(code, 2, `${what}: the code`)
  const [headline = '', ...details] = message.split('\n')
  assert.match(
    headline,
    new RegExp(`^${call} of SIP connection "branch-\\d+" \\(customer ${acme}, .*\\) failed: .+$`),
    what
  )
  for (const line of details)
    assert.match(line, /^ {4}(Platform|Applied|Calls|Next): \S|^ {4}(status|correlation id) /, what)
  assert.match(details.at(-1) ?? '', /, \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, what)
  assert.deepStrictEqual(initFailed?.reasons, ending === 'kept' ? [message] : undefined, what)
  // Of check, diff, read and delete the engine's process prints text and stack by itself.
  const twice = call === 'Read' || call === 'Delete' ? printedAgain(headline) : ''
  const warnings = printed.err.replace(twice, '')
  assert.match(warnings, /^((The (answer|end|last)|Connection|PATCH|GET|DELETE) .*\n)*$/, what)
  assert.strictEqual(printed.err, `${warnings}${twice}`, what)
  assert.strictEqual(printed.out, '', what)
  assert.doesNotMatch(`${message}\n${printed.err}`, /^ +at /m, what)
}

describe('protocol: errors', () => {
  let rig: Rig
  let site: Created
  before(async () => {
    const settings = { requestTimeout: '2', programTimeout: '0.5', operationTimeout: '1', maxRetries: '0' }
    rig = await startRig({ settings })
  })
  let names = 0
  const aName = (): string => `branch-${++names}`
  beforeEach(async () => {
    rig.platform.clearFaults()
    site = await create(rig, { ...least, siteName: aName() })
    await rig.printed()
  })
  after(() => rig.close())

  /** Sees that a call fails under each of these faults, in this form. */
  const allFail = async (
    call: 'Create' | 'Update' | 'Read' | 'Delete',
    match: { readonly method: string; readonly path: string },
    faults: readonly Fault[],
    ending: Ending
  ): Promise<void> => {
    const { platform, provider } = rig
    const { id, inputs, outs } = site
    for (const fault of faults) {
      platform.addFault({ match, times: 'always', fault })
      const failure = await failureOf(
        call === 'Create'
          ? provider.create({ ...inputs, siteName: aName() })
          : call === 'Update'
            ? provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })
            : call === 'Read'
              ? provider.read(id, outs)
              : provider.delete(id, outs)
      )
      platform.clearFaults()
      assertForm(`${call} under ${nameOf(fault)}`, call, failure, ending, await rig.printed())
    }
  }

  const add = { method: 'POST', path: 'sitelocation' }
  const modify = { method: 'PATCH', path: 'sitelocation' }
  const get = { method: 'GET', path: 'v2/sitelocation/' }
  const remove = { method: 'DELETE', path: 'v2/sitelocation/' }

  it('of a create that made nothing are texts without an id', () =>
    allFail('Create', add, [...refusals, ...losses, { kind: 'errorMessage', effect: false }], 'plain'))

  it('of a create that made a connection carry its id', () =>
    allFail(
      'Create',
      add,
      [
        { kind: 'errorMessage', effect: true },
        { kind: 'wrongShape' },
        { kind: 'otherSite', customerGuid: customerGuids.contoso }
      ],
      'kept'
    ))

  it('of the look at a new connection carry its id', () =>
    allFail('Create', get, [...losses, status(401), status(403), status(404), { kind: 'wrongShape' }], 'kept'))

  it('of an update that changed nothing are texts without an id', async () => {
    await allFail('Update', modify, refusals, 'plain')
    await allFail('Update', get, [...losses, status(403), status(404), { kind: 'wrongShape' }], 'plain')
  })

  it('of an update that may have changed something carry the id', () =>
    allFail(
      'Update',
      modify,
      [...losses, { kind: 'errorMessage', effect: false }, { kind: 'emptyBody' }, { kind: 'otherSite' }],
      'kept'
    ))

  it('of a read are texts without an id, printed once more by the host', () =>
    allFail('Read', get, [...refusals, ...losses, { kind: 'wrongShape' }, { kind: 'notJson' }], 'plain'))

  it('of a delete are texts without an id, printed once more by the host', () =>
    allFail('Delete', remove, [...refusals, ...losses], 'plain'))

  it('have a headline, what the platform said, what it means, and what to do', async () => {
    const { platform, provider } = rig
    const { id, inputs, outs } = site
    const name = textOf(inputs.siteName)
    const where = (guid?: string): string => `(customer ${acme}, ${guid === undefined ? '' : `site ${guid}, `}SBC 3)`
    const said = {
      kind: 'status',
      status: 400,
      body: { title: 'Not now', detail: 'The SBC is busy.', traceId: 't-1' }
    } as const
    const tail = '    status 400, correlation id <id>, platform id t-1, <time>'
    const linesOf = async (call: Promise<unknown>): Promise<readonly string[]> =>
      steadyLines((await failureOf(call)).message)

    platform.addFault({ match: add, fault: said })
    assert.deepStrictEqual(await linesOf(provider.create({ ...inputs, siteName: 'new' })), [
      `Create of SIP connection "new" ${where()} failed: the platform rejected POST with status 400`,
      '    Platform: Not now',
      '    Platform: The SBC is busy.',
      '    Applied: nothing was created.',
      '    Calls: not affected.',
      '    Next: correct the cause and run "pulumi up" again.',
      tail
    ])
    platform.addFault({ match: modify, fault: said })
    assert.deepStrictEqual(await linesOf(provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })), [
      `Update of SIP connection "${name}" ${where(id)} failed: the platform rejected PATCH with status 400`,
      '    Platform: Not now',
      '    Platform: The SBC is busy.',
      '    Applied: nothing was changed.',
      '    Calls: not affected.',
      '    Next: correct the cause and run "pulumi up" again.',
      tail
    ])
    platform.addFault({ match: get, fault: said })
    assert.deepStrictEqual(await linesOf(provider.read(id, outs)), [
      `Read of SIP connection "${name}" ${where(id)} failed: the platform rejected GET with status 400`,
      '    Platform: Not now',
      '    Platform: The SBC is busy.',
      '    Applied: nothing is changed by reading.',
      '    Next: run "pulumi refresh" again.',
      tail
    ])
    platform.addFault({ match: remove, fault: said })
    assert.deepStrictEqual(await linesOf(provider.delete(id, outs)), [
      `Delete of SIP connection "${name}" ${where(id)} failed: the platform rejected DELETE with status 400`,
      '    Platform: Not now',
      '    Platform: The SBC is busy.',
      '    Applied: nothing was deleted. The connection stays in the state.',
      '    Calls: not affected.',
      '    Next: run "pulumi destroy" or "pulumi up" again; it goes on where this ended.',
      tail
    ])
  })

  const effectsOf = async (call: Promise<unknown>): Promise<readonly string[]> =>
    steadyLines((await failureOf(call)).message).filter((line) => /^ +(Applied|Calls):/.test(line))

  it('of the read before a PATCH say that nothing was changed', async () => {
    const { platform, provider } = rig
    const { id, inputs, outs } = site
    platform.addFault({ match: get, fault: { kind: 'resetBefore' } })
    assert.deepStrictEqual(await effectsOf(provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })), [
      '    Applied: nothing was changed.',
      '    Calls: not affected.'
    ])
  })

  it('of the look before a POST say that nothing was created', async () => {
    const { platform, provider } = rig
    platform.addFault({ match: { method: 'GET', path: customerGuids.initech }, fault: { kind: 'resetBefore' } })
    assert.deepStrictEqual(await effectsOf(provider.create({ ...site.inputs, customerGuid: customerGuids.initech })), [
      '    Applied: nothing was created.',
      '    Calls: not affected.'
    ])
  })
})
