import * as assert from 'node:assert'
import { CLIENT_ID, CLIENT_SECRET, SCOPE, type Simulator } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { acme, complaintAbout, minimal, program, resource, sites, startWorld, type World } from './World'

const retry =
  'Next: check the credentials; a new one is given in the environment (AUDIOCODES_LIVE_ACCESS_TOKEN, AUDIOCODES_LIVE_CLIENT_SECRET), which also refresh and destroy read, or with --run-program after "pulumi config set".'

/** An access token as a pipeline gets it before it runs Pulumi. */
const issuedToken = async (simulator: Simulator): Promise<string> => {
  const answer = await fetch(simulator.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      scope: SCOPE
    })
  })
  return ((await answer.json()) as { readonly access_token: string }).access_token
}

describe('An access token that has expired since the last up', function () {
  this.timeout(60_000)
  let world: World
  let later = 0
  let token = ''
  before(async () => {
    world = await startWorld({
      connected: 'nowhere',
      program: program({ branch: minimal('branch') }),
      simulator: { now: () => Date.now() + later }
    })
    token = await issuedToken(world.simulator)
    await world.stack.setConfig('audiocodes-live:baseUrl', world.simulator.url)
    await world.stack.setConfig('audiocodes-live:accessToken', token, { secret: true })
    succeeded(await world.stack.up())
    later = 3_600_000
  })
  after(() => world.end())

  it('is told by destroy, with the ways to give another one', async () => {
    const { stack, simulator } = world
    const { id } = await resource(stack, 'branch')
    const result = await stack.destroy()
    const [headline, ...details] = complaintAbout(result, 'branch')
    assert.strictEqual(
      headline,
      `Delete of SIP connection "branch" (customer ${acme}, site ${id ?? ''}, SBC 3) failed: authorisation was refused by http://<host>/tenantui/api/v2/sitelocation/${id ?? ''} with status 401`
    )
    assert.deepStrictEqual(
      details.filter((line) => !line.startsWith('Platform: ')),
      [
        'Applied: nothing was deleted. The connection stays in the state.',
        'Calls: not affected.',
        retry,
        'status 401, correlation id <id>, <time>'
      ]
    )
    assert.strictEqual(result.output.includes(token), false)
    assert.deepStrictEqual(sites(simulator), ['branch'])
    assert.strictEqual((await resource(stack, 'branch')).id, id)
  })

  it('can be given in the environment, which refresh and destroy read', async () => {
    const { stack, simulator } = world
    const fresh = await issuedToken(simulator)
    stack.setEnv('AUDIOCODES_LIVE_ACCESS_TOKEN', fresh)
    assert.match(succeeded(await stack.refresh()).stdout, /\nResources:\n +2 unchanged\n/)
    assert.deepStrictEqual(stack.filesWith(fresh), [])
  })

  it('can be given in the configuration, which destroy reads when it runs the program', async () => {
    const { stack, simulator } = world
    stack.setEnv('AUDIOCODES_LIVE_ACCESS_TOKEN', undefined)
    await stack.setConfig('audiocodes-live:accessToken', await issuedToken(simulator), { secret: true })
    assert.strictEqual((await stack.destroy()).code, 1)
    succeeded(await stack.destroy(['--run-program']))
    assert.deepStrictEqual(sites(simulator), [])
    assert.deepStrictEqual(await stack.resources(), [])
  })
})

describe('A client secret that was rotated since the last up', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({
      connected: 'nowhere',
      program: program({ branch: minimal('branch') }),
      settings: { clientId: CLIENT_ID, scope: SCOPE },
      secrets: { 'audiocodes-live:clientSecret': 'canary-old-secret' },
      env: { AUDIOCODES_LIVE_CLIENT_SECRET: CLIENT_SECRET }
    })
    world.stack.setEnv('AUDIOCODES_LIVE_BASE_URL', world.simulator.url)
    world.stack.setEnv('AUDIOCODES_LIVE_TOKEN_URL', world.simulator.tokenUrl)
    succeeded(await world.stack.up())
  })
  after(() => world.end())

  it('is told by destroy in the words of the identity provider, and can be given in the environment', async () => {
    const { stack, simulator } = world
    stack.setEnv('AUDIOCODES_LIVE_CLIENT_SECRET', undefined)
    const result = await stack.destroy()
    const said = complaintAbout(result, 'branch')
    assert.match(
      said[0] ?? '',
      / failed: authorisation was refused by http:\/\/<host>\/[0-9a-f-]{36}\/oauth2\/v2\.0\/token with status 401$/
    )
    assert.match(said[1] ?? '', /^Platform: .*AADSTS7000215: Invalid client secret provided\./)
    assert.ok(said.includes(retry), said.join('\n'))
    assert.deepStrictEqual(
      [result.output.includes('canary'), result.output.includes(CLIENT_SECRET), sites(simulator)],
      [false, false, ['branch']]
    )
    stack.setEnv('AUDIOCODES_LIVE_CLIENT_SECRET', CLIENT_SECRET)
    succeeded(await stack.destroy())
    assert.deepStrictEqual(sites(simulator), [])
    assert.deepStrictEqual([stack.filesWith('canary'), stack.filesWith(CLIENT_SECRET)], [[], []])
  })
})
