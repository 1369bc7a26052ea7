import * as assert from 'node:assert'
import { randomBytes } from 'node:crypto'
import * as O from 'fp-ts/Option'
import nock from 'nock'
import { providers } from '../../../provider/dynamic'
import { unpacked } from '../../../provider/Packed'
import { asOutputs, statusOf } from '../../../provider/plugin/Status'
import { STATIC_TOKEN, type Simulator, startSimulator } from '../../../simulator'
import { inClear } from '../../../provider/SecretMarks'
import { onCall } from '../support/Simulated'
import { connection, connections, numbered } from './Stack'

type Properties = Readonly<Record<string, unknown>>

const fleet = providers.sipConnectionFleet

/** What a failed write leaves: the outputs of a success, or an error that carries them. */
interface Left {
  readonly id: string
  readonly outs: Properties
  /** The text of the error; none: it was told as an output. */
  readonly error: string | undefined
}

const left = async (run: () => Promise<{ readonly id?: string; readonly outs: Properties }>): Promise<Left> => {
  try {
    const { id = '', outs } = await run()
    return { id, outs, error: undefined }
  } catch (error) {
    const { id, properties, message } = error as Error & { readonly id: string; readonly properties: Properties }
    return { id, outs: properties, error: message }
  }
}

/** As the engine hands it over: secrets in clear. */
const handed = (outs: Properties): Properties => inClear(outs) as Properties

/** Names that no compression makes small. */
const variables = (size: number): Readonly<Record<string, string>> => ({ Noise: randomBytes(size).toString('base64') })

const scripts = { onboardingScript: 12001, cleanupScript: 12002 }

describe('a fleet that fails, in the dynamic host', () => {
  let simulator: Simulator
  let notices: Array<string> = []
  const { warn } = console
  before(async () => {
    console.warn = (text: string) => void notices.push(text)
    nock.enableNetConnect('127.0.0.1')
    simulator = await startSimulator()
    const config: Readonly<Record<string, string>> = {
      'audiocodes-live:baseUrl': simulator.url,
      'audiocodes-live:accessToken': STATIC_TOKEN,
      'audiocodes-live:requestsPerSecond': '0',
      'audiocodes-live:writesPerSbc': '0'
    }
    await fleet.configure({ config: { get: (key) => config[key] } })
  })
  after(async () => {
    console.warn = warn
    // The host is that of the whole process.
    await fleet.configure({ config: { get: () => undefined } })
    await simulator.close()
    nock.disableNetConnect()
  })
  afterEach(() => {
    notices = []
    simulator.clearFaults()
    for (const { guid, name } of simulator.state().sites) if (name !== 'headquarters') simulator.deleteSite(guid)
  })

  /** Creates a fleet of which one connection fails, and goes on from what the engine then has. */
  const goneOn = async (declared: Readonly<Record<string, object>>) => {
    const news = { __provider: 'text', connections: declared }
    simulator.addFault(onCall('POST', { kind: 'status', status: 400 }, { nth: 2 }))
    const { inputs } = await fleet.check({}, news)
    const first = await left(() => fleet.create(inputs))
    const { changes } = await fleet.diff(first.id, handed(first.outs), inputs)
    simulator.clearRequests()
    const second = await left(() => fleet.update(first.id, handed(first.outs), inputs))
    const posts = simulator.requests().filter(({ method }) => method === 'POST').length
    return { first, changes, second, posts, last: await fleet.diff(first.id, handed(second.outs), inputs) }
  }

  const headline = 'Create of fleet of SIP connections failed: 1 connection failed'
  const rows: ReadonlyArray<readonly [name: string, declared: () => Readonly<Record<string, object>>, form: string]> = [
    ['a small state travels as it is', () => connections(numbered('s', 3)), 'readable'],
    ['a larger one is packed', () => connections(numbered('m', 80)), 'packed'],
    [
      'what does not fit when packed is saved as a success, with the failure as an output',
      () =>
        Object.fromEntries(
          numbered('l', 40).map((name) => [
            name,
            connection(name, { sbcScripts: { ...scripts, customerVariables: variables(1500) } })
          ])
        ),
      'output'
    ]
  ]
  for (const [name, declared, form] of rows)
    it(`${name}; the next run goes on`, async () => {
      const all = declared()
      const { first, changes, second, posts, last } = await goneOn(all)
      const { failure, packed, ...open } = first.outs
      const state = handed(unpacked(first.outs))
      assert.deepStrictEqual(
        {
          form: failure !== undefined ? 'output' : packed !== undefined ? 'packed' : 'readable',
          text: (first.error ?? (failure as string)).split('\n')[0],
          hasProvider: '__provider' in open,
          sites: Object.keys(state['siteGuids'] as object).length,
          pending: Object.keys(state['pending'] as object).length,
          notices: notices.map((text) => text.split('\n')[0])
        },
        {
          form,
          text: headline,
          hasProvider: form !== 'output',
          sites: Object.keys(all).length - 1,
          pending: 1,
          // Of the check of a new fleet, and of the comparison of the next run.
          notices: [
            `Fleet: ${Object.keys(all).length} to create, 0 unchanged.`,
            `Fleet: 1 to create, ${Object.keys(all).length - 1} unchanged.`
          ]
        }
      )
      assert.deepStrictEqual(
        {
          changes,
          posts,
          error: second.error,
          failure: second.outs['failure'],
          packed: second.outs['packed'],
          summary: second.outs['summary'],
          last: last.changes,
          sites: simulator.state().sites.length - 1
        },
        {
          changes: true,
          posts: 1,
          error: undefined,
          failure: undefined,
          packed: undefined,
          summary: {
            created: 1,
            updated: 0,
            deleted: 0,
            unchanged: Object.keys(all).length - 1,
            failed: 0,
            notBegun: 0
          },
          last: false,
          sites: Object.keys(all).length
        }
      )
    })
})

describe('a fleet that fails, in the plugin', () => {
  const text = 'Create of fleet of SIP connections failed: 1 connection failed'
  const fault = (size: number, failureOutput?: string) => ({
    text,
    kept: {
      id: 'fleet-1',
      properties: { connections: variables(size), executionMessages: {} },
      inputs: {},
      ...(failureOutput === undefined ? {} : { failureOutput })
    }
  })

  it('the outputs of a success only where the error cannot carry them', () => {
    const large = fault(60_000, 'failure')
    assert.deepStrictEqual(
      [fault(100, 'failure'), fault(20_000, 'failure'), fault(60_000), { text }, large].map(asOutputs),
      [O.none, O.none, O.none, O.none, O.some({ id: 'fleet-1', outputs: { ...large.kept.properties, failure: text } })]
    )
  })

  it('an error carries what fits', () => {
    const carries = (size: number): boolean =>
      statusOf(fault(size, 'failure')).metadata.get('grpc-status-details-bin').length > 0
    assert.deepStrictEqual([100, 20_000, 60_000].map(carries), [true, true, false])
  })
})
