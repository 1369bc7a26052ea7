import * as assert from 'node:assert'
import { randomBytes } from 'node:crypto'
import { ErrorResourceInitFailed } from '@pulumi/pulumi/proto/provider_pb'
import { Status } from '@pulumi/pulumi/proto/status_pb'
import { providers } from '../../../provider/dynamic'
import { unpacked } from '../../../provider/Packed'
import { statusOf } from '../../../provider/plugin/Status'
import { STATIC_TOKEN, type Simulator, startSimulator } from '../../../simulator'
import { inClear } from '../../../provider/SecretMarks'
import { onCall } from '../support/Simulated'
import { connections, numbered } from './Stack'

type Properties = Readonly<Record<string, unknown>>

const fleet = providers.sipConnectionFleet

/** What a write leaves: the outputs of a success, or an error that carries them. */
interface Left {
  readonly id: string
  readonly outs: Properties
  /** The text of the error; none: there was none. */
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

describe('a fleet that fails, in the dynamic host', () => {
  let simulator: Simulator
  let notices: Array<string> = []
  const { warn } = console
  before(async () => {
    console.warn = (text: string) => void notices.push(text)
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
    const inputs = { ...(await fleet.check({}, news)).inputs, __provider: 'text' }
    const first = await left(() => fleet.create(inputs))
    const { changes } = await fleet.diff(first.id, handed(first.outs), inputs)
    simulator.clearRequests()
    const second = await left(() => fleet.update(first.id, handed(first.outs), inputs))
    const posts = simulator.requests().filter(({ method }) => method === 'POST').length
    return { first, changes, second, posts, last: await fleet.diff(first.id, handed(second.outs), inputs) }
  }

  const headline = 'Create of fleet of SIP connections failed: 1 connection failed'
  for (const count of [3, 80])
    it(`has the state of ${count} connections beside the error; the next run goes on`, async () => {
      const { first, changes, second, posts, last } = await goneOn(connections(numbered(`of-${count}-`, count)))
      const { siteGuids, pending, packed, __provider } = handed(first.outs)
      assert.deepStrictEqual(
        {
          text: first.error?.split('\n')[0],
          __provider,
          packed,
          sites: Object.keys(siteGuids as object).length,
          pending: Object.keys(pending as object).length,
          notices: notices.map((text) => text.split('\n')[0])
        },
        {
          text: headline,
          __provider: 'text',
          packed: undefined,
          sites: count - 1,
          pending: 1,
          // Of the check of a new fleet, and of the comparison of the next run.
          notices: [`Fleet: ${count} to create, 0 unchanged.`, `Fleet: 1 to create, ${count - 1} unchanged.`]
        }
      )
      assert.deepStrictEqual(
        {
          changes,
          posts,
          error: second.error,
          summary: second.outs['summary'],
          last: last.changes,
          sites: simulator.state().sites.length - 1
        },
        {
          changes: true,
          posts: 1,
          error: undefined,
          summary: { created: 1, updated: 0, deleted: 0, unchanged: count - 1, failed: 0, notBegun: 0 },
          last: false,
          sites: count
        }
      )
    })
})

describe('a fleet that fails, in the plugin', () => {
  it('has its state beside the error, however large it is', () => {
    const text = 'Create of fleet of SIP connections failed: 1 connection failed'
    for (const size of [100, 4_000_000]) {
      const properties = { connections: variables(size), summary: { failed: 1 } }
      const [details] = statusOf({ text, kept: { id: 'fleet-1', properties } }).metadata.get('grpc-status-details-bin')
      const [detail] = Status.deserializeBinary(details as Buffer).getDetailsList()
      const kept = ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? assert.fail('no details'))
      const state = kept.getProperties()?.toJavaScript() ?? {}
      assert.deepStrictEqual(
        [kept.getId(), kept.getReasonsList(), 'packed' in state, unpacked(state)],
        ['fleet-1', [text], size > 100, properties]
      )
    }
  })
})
