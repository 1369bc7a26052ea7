import * as assert from 'node:assert'
import { CLIENT_ID, CLIENT_SECRET, SCOPE, startSimulator, STATIC_TOKEN, type Simulator } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { hideCiphertext } from '../support/Json'
import { nameOf } from '../support/Stack'
import { complaintAbout, minimal, planned, program, sites, startWorld, traffic, type World } from './World'

describe('Explicit provider instances', function () {
  this.timeout(60_000)
  let world: World
  let [eu, us]: readonly Simulator[] = []
  const both = (args: { readonly eu: object; readonly us: object }): string =>
    program(
      {},
      `const eu = new live.Provider('eu', ${JSON.stringify(args.eu)})
       const us = new live.Provider('us', ${JSON.stringify(args.us)})
       new live.SipConnection('in-eu', ${JSON.stringify(minimal('branch'))}, { provider: eu })
       new live.SipConnection('in-us', ${JSON.stringify({ ...minimal('branch'), sbcId: 5 })}, { provider: us })`
    )
  const limits = { pollInterval: 0.02, requestsPerSecond: 0 }
  const platform = (of: Simulator | undefined): Simulator => {
    if (of === undefined) throw new Error('not started')
    return of
  }
  const args = () => ({
    eu: { baseUrl: platform(eu).url, accessToken: STATIC_TOKEN, ...limits },
    us: {
      baseUrl: platform(us).url,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      scope: SCOPE,
      tokenUrl: platform(us).tokenUrl,
      movedFrom: ['https://old.example.net/tenantui', 'https://older.example.net/tenantui'],
      ...limits
    }
  })

  before(async () => {
    ;[eu, us] = await Promise.all([startSimulator(), startSimulator({ seed: 2 })])
    // The stack names a third platform, and the environment contradicts itself: neither is for these instances.
    world = await startWorld({
      program: both(args()),
      env: {
        AUDIOCODES_LIVE_ACCESS_TOKEN: 'none',
        AUDIOCODES_LIVE_CLIENT_ID: 'none',
        AUDIOCODES_LIVE_READ_ONLY: 'true'
      }
    })
  })
  after(async () => {
    await world.end()
    await Promise.all([eu?.close(), us?.close()])
  })

  it('put each connection on its own platform, and read neither the configuration of the stack nor the environment', async () => {
    const { stack, simulator } = world
    succeeded(await stack.up())
    assert.deepStrictEqual(
      [eu, us].map((each) => [
        sites(platform(each)),
        traffic(platform(each)).filter((line) => line.startsWith('POST '))
      ]),
      [
        [['branch'], ['POST branch']],
        [['branch'], ['POST token', 'POST branch']]
      ]
    )
    assert.deepStrictEqual(
      [eu, us].map(
        (each) =>
          platform(each)
            .state()
            .sites.find(({ name }) => name === 'branch')?.sbcId
      ),
      [3, 5]
    )
    assert.deepStrictEqual(traffic(simulator), [])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('keep their secrets encrypted in the state', async () => {
    const { deployment } = await world.stack.export()
    const instances = Object.fromEntries(
      (deployment.resources ?? [])
        .filter(({ type }) => type === 'pulumi:providers:pulumi-nodejs')
        .map(({ urn, inputs, outputs }) => [nameOf(urn), [inputs, outputs].map((side) => hideCiphertext(side ?? {}))])
    )
    const expected = {
      eu: {
        'audiocodes-live:accessToken': '[secret]',
        'audiocodes-live:baseUrl': platform(eu).url,
        'audiocodes-live:instance': 'eu',
        'audiocodes-live:pollInterval': '0.02',
        'audiocodes-live:requestsPerSecond': '0'
      },
      us: {
        'audiocodes-live:baseUrl': platform(us).url,
        'audiocodes-live:clientId': CLIENT_ID,
        'audiocodes-live:clientSecret': '[secret]',
        'audiocodes-live:instance': 'us',
        'audiocodes-live:movedFrom': 'https://old.example.net/tenantui,https://older.example.net/tenantui',
        'audiocodes-live:pollInterval': '0.02',
        'audiocodes-live:requestsPerSecond': '0',
        'audiocodes-live:scope': SCOPE,
        'audiocodes-live:tokenUrl': platform(us).tokenUrl
      }
    }
    assert.deepStrictEqual(instances, { eu: [expected.eu, expected.eu], us: [expected.us, expected.us] })
    assert.deepStrictEqual(
      [STATIC_TOKEN, CLIENT_SECRET].map((secret) => world.stack.filesWith(secret)),
      [[], []]
    )
  })

  it('are used by refresh and destroy too', async () => {
    const { stack, simulator } = world
    assert.match(succeeded(await stack.refresh()).stdout, /\nResources:\n +5 unchanged\n/)
    succeeded(await stack.destroy())
    assert.deepStrictEqual([sites(platform(eu)), sites(platform(us))], [[], []])
    assert.deepStrictEqual(traffic(simulator), [])
  })

  it('are named in an error of their configuration', async () => {
    const { accessToken: _, ...noToken } = args().eu
    world.stack.setProgram(both({ ...args(), eu: noToken }))
    assert.deepStrictEqual(
      complaintAbout(await world.stack.preview(), 'in-eu').map((line) => line.replace(/^.* has a problem: /, '')),
      [
        'Missing configuration accessToken of the provider instance "eu": no credentials are given; give it to new live.Provider("eu", { accessToken: … }).'
      ]
    )
    world.stack.setProgram(both({ ...args(), us: { ...args().us, clientSecrt: 'x' } }))
    assert.match(
      (await world.stack.preview()).output,
      /Provider "us": unknown clientSecrt; the keys are baseUrl, accessToken, /
    )
  })
})
