import * as assert from 'node:assert'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SCOPE,
  type Simulator,
  STATIC_TOKEN,
  startSimulator,
  TENANT_ID
} from '../../simulator'
import type { JsonObject } from '../support/Json'
import { failureOf } from '../support/ProtocolServer'
import { acme, least, managedOfLeast, stateOf } from './support/Connections'
import { calls, create, printedAgain, type Rig, textOf, withRig } from './support/Rig'

const missingUrl =
  'Missing configuration audiocodes-live:baseUrl (environment: AUDIOCODES_LIVE_BASE_URL): the address of the platform; ' +
  'set it with "pulumi config set audiocodes-live:baseUrl https://<host>/tenantui" or in the environment variable AUDIOCODES_LIVE_BASE_URL.'

const missingToken =
  'Missing configuration audiocodes-live:accessToken (environment: AUDIOCODES_LIVE_ACCESS_TOKEN): no credentials are given; ' +
  'set it with "pulumi config set --secret audiocodes-live:accessToken <token>" or in the environment variable AUDIOCODES_LIVE_ACCESS_TOKEN.'

const contradiction =
  'Contradictory configuration: audiocodes-live:accessToken (environment: AUDIOCODES_LIVE_ACCESS_TOKEN) excludes ' +
  'audiocodes-live:clientId (environment: AUDIOCODES_LIVE_CLIENT_ID); remove one of them.'

const malformed =
  'Invalid configuration audiocodes-live:baseUrl (environment: AUDIOCODES_LIVE_BASE_URL): expected a URL without user name and password.'

/** A connection that another run has made, with the state that it left. */
const existing = (platform: Simulator, name: string): { readonly id: string; readonly state: JsonObject } => {
  const id = platform.addSite({ customerGuid: acme, name, sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 })
  return { id, state: stateOf(id, platform.url, { ...least, siteName: name }, managedOfLeast) }
}

const headlineOf = async (call: Promise<unknown>): Promise<string> =>
  (await failureOf(call)).message.split('\n')[0] ?? ''

describe('protocol: configure', () => {
  let platform: Simulator
  before(async () => {
    platform = await startSimulator()
  })
  beforeEach(() => {
    platform.reset()
  })
  after(() => platform.close())

  it('is done for reads that race with it', () =>
    withRig({ platform }, async ({ provider }) => {
      const sites = ['a', 'b', 'c'].map((name) => existing(platform, name))
      assert.deepStrictEqual(
        await Promise.all(sites.map(({ id, state }) => provider.read(id, state))),
        sites.map(({ id, state }) => ({
          id,
          props: state,
          inputs: Object.fromEntries(managedOfLeast.map((key) => [key, state[key]]))
        }))
      )
    }))

  it('is done for deletes that race with it', () =>
    withRig({ platform }, async ({ provider }) => {
      const sites = ['a', 'b', 'c'].map((name) => existing(platform, name))
      await Promise.all(sites.map(({ id, state }) => provider.delete(id, state)))
      assert.deepStrictEqual(
        sites.map(({ id }) => platform.site(id)),
        [undefined, undefined, undefined]
      )
    }))

  /** What every call says that needs the configuration, first side by side and then one by one. */
  const everyCall = async ({ provider }: Rig): Promise<ReadonlySet<string>> => {
    const { id, state } = existing(platform, 'branch-07')
    const news = { ...least, cacProfile: '5 sessions' }
    const all: readonly (() => Promise<unknown>)[] = [
      () => provider.read(id, state),
      () => provider.delete(id, state),
      () => provider.create(least),
      () => provider.update(id, state, news)
    ]
    const said = await Promise.all([...all, ...all].map((call) => headlineOf(call())))
    for (const call of all) said.push(await headlineOf(call()))
    return new Set(said)
  }

  const faults: readonly {
    readonly what: string
    readonly settings: Readonly<Record<string, string | null>>
    readonly sentence: string
  }[] = [
    { what: 'no configuration', settings: { baseUrl: null, accessToken: null }, sentence: missingUrl },
    { what: 'no credentials', settings: { accessToken: null }, sentence: missingToken },
    { what: 'contradictory credentials', settings: { clientId: 'an-application' }, sentence: contradiction },
    { what: 'a malformed address', settings: { baseUrl: 'https://user:C4nary@live.example.net' }, sentence: malformed }
  ]
  for (const { what, settings, sentence } of faults) {
    it(`with ${what} leaves one sentence for every call, and no request`, () =>
      withRig({ platform, settings }, async (rig) => {
        const { provider } = rig
        assert.deepStrictEqual(await everyCall(rig), new Set([sentence]))
        assert.deepStrictEqual(await rig.printed(), { out: '', err: printedAgain(sentence).repeat(6) })
        assert.deepStrictEqual(await provider.check({}, least), {
          inputs: least,
          failures: [{ property: '', reason: sentence }]
        })
        assert.deepStrictEqual(await provider.check({}, { ...least, sbcId: 0 }), {
          inputs: { ...least, sbcId: 0 },
          failures: [
            { property: '', reason: sentence },
            { property: '', reason: 'sbcId: expected a whole number from 1' }
          ]
        })
        assert.deepStrictEqual(calls(rig), [])
      }))
  }

  it('is not needed to compare', () =>
    withRig({ platform, settings: { baseUrl: null } }, async ({ provider }) => {
      const { id, state } = existing(platform, 'branch-07')
      assert.strictEqual((await provider.diff(id, state, least)).changes, 'none')
    }))

  describe('and the environment', () => {
    /** Reads a connection: the name that it has on the platform, or the status that the answer had. */
    const outcome = async ({ provider }: Rig): Promise<string> => {
      const { id, state } = existing(platform, 'branch-07')
      return provider.read(id, state).then(
        ({ props }) => textOf(props.siteName),
        ({ message }: Error) => /with status (\d+)/.exec(message)?.[1] ?? message
      )
    }

    it('whose token wins over that of the stack', () =>
      withRig(
        { platform, settings: { accessToken: 'stale' }, env: { AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN } },
        async (rig) => {
          assert.strictEqual(await outcome(rig), 'branch-07')
        }
      ))

    it('whose stale token wins as well', () =>
      withRig({ platform, env: { AUDIOCODES_LIVE_ACCESS_TOKEN: 'stale' } }, async (rig) => {
        assert.strictEqual(await outcome(rig), '401')
      }))

    const client = { accessToken: null, clientId: CLIENT_ID, tenantId: TENANT_ID, scope: SCOPE }

    it('whose client secret wins over that of the stack', () =>
      withRig(
        {
          platform,
          settings: { ...client, tokenUrl: platform.tokenUrl, clientSecret: 'stale' },
          env: { AUDIOCODES_LIVE_CLIENT_SECRET: CLIENT_SECRET }
        },
        async (rig) => {
          assert.strictEqual(await outcome(rig), 'branch-07')
        }
      ))

    it('whose token replaces the client credentials of the stack', () =>
      withRig(
        {
          platform,
          settings: { ...client, tokenUrl: platform.tokenUrl, clientSecret: 'stale' },
          env: { AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN }
        },
        async (rig) => {
          assert.strictEqual(await outcome(rig), 'branch-07')
        }
      ))

    it('which counts for the rest only where the stack says nothing', () =>
      withRig(
        {
          platform,
          settings: { readOnly: 'false' },
          env: {
            AUDIOCODES_LIVE_BASE_URL: 'https://elsewhere.example.net/tenantui',
            AUDIOCODES_LIVE_READ_ONLY: 'true',
            AUDIOCODES_LIVE_SITE_ID_PLACEMENT: 'query'
          }
        },
        async (rig) => {
          platform.setSwitches({ siteIdPlacement: 'query' })
          const { id, inputs, outs } = await create(rig, least)
          await rig.provider.update(id, outs, { ...inputs, cacProfile: '5 sessions' })
          assert.strictEqual(platform.site(id)?.cacProfile, '5 sessions')
        }
      ))

    it('which is enough alone', () =>
      withRig(
        {
          platform,
          settings: { baseUrl: null, accessToken: null },
          env: { AUDIOCODES_LIVE_BASE_URL: platform.url, AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN }
        },
        async (rig) => {
          assert.strictEqual(await outcome(rig), 'branch-07')
        }
      ))

    it('gives a rotated token at a destroy', async () => {
      const { id, state } = existing(platform, 'branch-07')
      const settings = { accessToken: 'of-the-last-up' }
      await withRig({ platform, settings }, async ({ provider }) => {
        const { code, message } = await failureOf(provider.delete(id, state))
        assert.strictEqual(code, 2)
        assert.match(message, /authorisation was refused by .* with status 401/)
        assert.match(message, /\n {4}Next: .*\(AUDIOCODES_LIVE_ACCESS_TOKEN, .*--run-program/)
        assert.notStrictEqual(platform.site(id), undefined)
      })
      const env = { AUDIOCODES_LIVE_ACCESS_TOKEN: STATIC_TOKEN }
      await withRig({ platform, settings, env }, ({ provider }) => provider.delete(id, state))
      assert.strictEqual(platform.site(id), undefined)
    })
  })

  describe('of an explicit instance', () => {
    const instance = 'eu'
    const env = {
      AUDIOCODES_LIVE_BASE_URL: 'https://elsewhere.example.net/tenantui',
      AUDIOCODES_LIVE_ACCESS_TOKEN: 'stale',
      AUDIOCODES_LIVE_CLIENT_ID: 'an-application',
      AUDIOCODES_LIVE_READ_ONLY: 'true',
      AUDIOCODES_LIVE_MAX_RETRIES: 'many'
    }

    it('does not read the environment', () =>
      withRig({ platform, instance, env }, async (rig) => {
        const { id, outs } = await create(rig, least)
        await rig.provider.delete(id, outs)
        assert.deepStrictEqual(await rig.printed(), { out: '', err: '' })
      }))

    const sentences: readonly {
      readonly settings: Readonly<Record<string, string | null>>
      readonly sentence: string
    }[] = [
      {
        settings: { accessToken: null },
        sentence:
          'Missing configuration accessToken of the provider instance "eu": no credentials are given; ' +
          'give it to new live.Provider("eu", { accessToken: … }).'
      },
      {
        settings: { baseUrl: null },
        sentence:
          'Missing configuration baseUrl of the provider instance "eu": the address of the platform; ' +
          'give it to new live.Provider("eu", { baseUrl: … }).'
      },
      {
        settings: { clientId: 'another' },
        sentence:
          'Contradictory configuration: accessToken of the provider instance "eu" excludes ' +
          'clientId of the provider instance "eu"; remove one of them.'
      },
      {
        settings: { pollInterval: 'often' },
        sentence:
          'Invalid configuration pollInterval of the provider instance "eu": expected a number of seconds from 0.01 to 600.'
      }
    ]
    for (const { settings, sentence } of sentences) {
      const [[key = '', value] = []] = Object.entries(settings)
      it(`names the instance when ${key} is ${value ?? 'missing'}`, () =>
        withRig({ platform, instance, env, settings }, async (rig) => {
          assert.deepStrictEqual(await everyCall(rig), new Set([sentence]))
          assert.deepStrictEqual((await rig.provider.check({}, least)).failures, [{ property: '', reason: sentence }])
          assert.deepStrictEqual(calls(rig), [])
        }))
    }

    it('does not send the user to the environment when its token is refused', () =>
      withRig({ platform, instance, settings: { accessToken: 'stale' } }, async ({ provider }) => {
        const { id, state } = existing(platform, 'branch-07')
        const { message } = await failureOf(provider.read(id, state))
        const next = message.split('\n').filter((line) => line.startsWith('    Next: '))
        assert.strictEqual(next.length, 1)
        assert.doesNotMatch(message, /AUDIOCODES_LIVE_|environment/)
        assert.match(next.join(), /live\.Provider\("eu", /)
      }))
  })
})
