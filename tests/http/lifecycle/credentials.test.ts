import * as assert from 'node:assert'
import type { Credentials } from '../../../provider/Settings'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { CLIENT_ID, CLIENT_SECRET, SCOPE } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { type World, bare, created, found, plain, plainSite, story, told } from '../support/Simulated'

const client = (world: World, changes: Partial<Extract<Credentials, { _tag: 'Client' }>> = {}): Credentials => ({
  _tag: 'Client',
  tokenUrl: world.simulator.tokenUrl,
  clientId: CLIENT_ID,
  scope: SCOPE,
  proof: { _tag: 'Secret', clientSecret: CLIENT_SECRET },
  ...changes
})

const tokens = (world: World): number => world.simulator.requests().filter(({ path }) => path.endsWith('/token')).length

describe('lifecycle: credentials', () => {
  story(
    'a token is asked for once, and again when it expires in the middle of an operation',
    { switches: { tokenSeconds: 100, addTaskMs: 150_000 } },
    async (world) => {
      await created(world.process({ credentials: client(world) }), plain)
      assert.deepStrictEqual(
        { tokens: tokens(world), sites: world.sites().map(bare) },
        { tokens: 2, sites: [plainSite] }
      )
    }
  )

  story('a federated token in a file serves as well', {}, async (world) => {
    const credentials = client(world, { proof: { _tag: 'AssertionFile', file: '/token' } })
    await created(world.process({ credentials }, { files: { '/token': () => 'eyJ.a.b' } }), plain)
    assert.deepStrictEqual({ tokens: tokens(world), sites: world.sites().map(bare) }, { tokens: 1, sites: [plainSite] })
  })

  for (const [name, changes, said] of [
    [
      'a wrong secret',
      { proof: { _tag: 'Secret', clientSecret: 'made-up-wrong' } },
      [
        '    Platform: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
        '    Platform: code invalid_client',
        '    Platform: (the client secret is wrong: give the value of the secret, not its id)'
      ]
    ],
    [
      'an unknown application',
      { clientId: 'bbbbbbbb-0000-4000-8000-000000000002' },
      [
        '    Platform: AADSTS700016: The application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.',
        '    Platform: code unauthorized_client',
        '    Platform: (the application is not known in the tenant: it was not consented to, or tenantId and clientId do not belong together)'
      ]
    ]
  ] as const) {
    story(
      `${name}: nothing is sent to the platform, and the error has the words of the identity provider and the remedy`,
      {},
      async (world) => {
        const { env } = world.process({ credentials: client(world, changes) })
        const error = await errorOf(SipConnection.create(plain), env)
        const lines = told('create', plain, error, false).split('\n')
        assert.deepStrictEqual(
          {
            tag: error._tag,
            said: lines.slice(1, 4),
            applied: lines[4],
            next: lines.filter((line) => line.includes('Next:')),
            requests: world.simulator.requests().map(({ path }) => path)
          },
          {
            tag: 'Unauthorised',
            said,
            applied: '    Applied: nothing was created.',
            next: [
              '    Next: check the credentials; a new one is given in the environment (AUDIOCODES_LIVE_ACCESS_TOKEN, AUDIOCODES_LIVE_CLIENT_SECRET), ' +
                'which also refresh and destroy read, or with --run-program after "pulumi config set".'
            ],
            requests: [new URL(world.simulator.tokenUrl).pathname]
          }
        )
      }
    )
  }

  story('a ready token that is refused: an error, no second try', {}, async (world) => {
    const { env } = world.process({ credentials: { _tag: 'Token', accessToken: 'made-up-token' } })
    const error = await errorOf(SipConnection.create(plain), env)
    assert.deepStrictEqual({ tag: error._tag, calls: world.calls() }, { tag: 'Unauthorised', calls: ['GET details'] })
  })

  story('readOnly: a refresh works, a create reads and sends nothing', {}, async (world) => {
    const state = await created(world, plain)
    world.forget()
    const careful = world.process({ readOnly: true, credentials: client(world) })
    const read = await found(careful, state)
    const error = await errorOf(SipConnection.create({ ...plain, siteName: 'other' }), careful.env)
    assert.deepStrictEqual(
      {
        read: read._tag,
        text: error._tag === 'Refused' && error.text,
        methods: world.simulator.requests().map(({ method }) => method),
        tokens: tokens(world),
        audit: careful.audit.map(({ method, result }) => [method, result])
      },
      {
        read: 'Some',
        text: 'POST is refused: the configuration says readOnly, so that nothing is changed',
        methods: ['POST', 'GET', 'GET'],
        tokens: 1,
        audit: [['POST', 'refused']]
      }
    )
  })

  story('readOnly: an adoption of what is as declared works', {}, async (world) => {
    const { siteGuid } = await created(world, plain)
    const careful = world.process({ readOnly: true })
    const result = await valueOf(SipConnection.create({ ...plain, adopt: siteGuid }), careful.env)
    assert.deepStrictEqual(
      { kind: result.state.lastOperation.kind, fault: result.fault._tag, guid: result.id },
      { kind: 'adopt', fault: 'None', guid: siteGuid }
    )
  })
})
