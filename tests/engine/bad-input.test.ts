import * as assert from 'node:assert'
import { acme, complaint, connectionType, minimal, planned, program, startWorld, type World } from './World'

describe('Bad input in a preview', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({
      program: program({
        bad: {
          customerGuid: 'canary-no-guid',
          siteName: 'bad',
          sbcId: 3,
          sbcConfigurationType: 'SipTrunc',
          carrierUserName: 'canary-'.padEnd(61, 'x'),
          carrierUserPassword: 'canary-\u4e2d',
          carierMainLine: 'canary-misspelt',
          dialPlanPrefixes: [
            { dialPlanName: 'CustDialPlan', index: 1 },
            { dialPlanName: 'CustDialPlan', index: 1 }
          ],
          sbcScripts: { onboardingScript: 12001, customerVariables: { ApiKey: 'canary-nested' } }
        }
      })
    })
  })
  after(() => world.end())

  it('is reported at once, by field, without a request and without a value', async () => {
    const result = await world.stack.preview()
    const problem = `error: ${connectionType} resource 'bad' has a problem: `
    assert.deepStrictEqual(complaint(result).split('\n'), [
      `${connectionType} (bad):`,
      `${problem}carierMainLine: unknown input; did you mean carrierMainLine?`,
      `${problem}carrierUserName: has 61 characters; at most 60 are allowed (the digest user name)`,
      `${problem}carrierUserPassword: has a wide character at position 8; only characters up to U+00FF are allowed`,
      `${problem}customerGuid: expected a uuid such as 11111111-2222-3333-4444-555555555555`,
      `${problem}sbcConfigurationType: expected one of SipTrunk, IpPbx, Byoc, Unknown`,
      `${problem}sbcScripts: cleanupScript is required for a new connection (script id, see Get Script Templates)`,
      `${problem}dialPlanPrefixes[1]: has the same dialPlanName and index as [0]; give each prefix an index of its own`
    ])
    assert.strictEqual(result.output.includes('canary'), false)
    assert.deepStrictEqual(world.simulator.requests(), [])
  })

  it('is not found in values that are not known yet', async () => {
    const { stack, simulator } = world
    stack.setProgram(
      program(
        { first: minimal('first') },
        `const unknown = declared.first.siteGuid
         new live.SipConnection('second', {
           customerGuid: unknown, siteName: unknown, sbcId: unknown.apply(Number), sbcConfigurationType: unknown,
           carrierRegistration: true, carrierMainLine: unknown, carrierHostName: unknown, carrierUserName: unknown,
           carrierUserPassword: unknown, phones: [unknown, unknown], enableCac: true, cacProfile: unknown,
           dialPlanPrefixes: unknown.apply(() => []), sbcScripts: { onboardingScript: unknown, cleanupScript: unknown }
         })`
      )
    )
    assert.deepStrictEqual(await planned(stack), ['create first', 'create second'])
    assert.deepStrictEqual(simulator.requests(), [])
  })
})

describe('Bad configuration in a preview', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ connected: 'nowhere', program: program({ branch: minimal('branch') }) })
  })
  after(() => world.end())

  /** The one sentence about the configuration. */
  const sentence = async (): Promise<string> => {
    const result = await world.stack.preview()
    const [title, text = '', ...rest] = complaint(result).split('\n')
    const start = `error: ${connectionType} resource 'branch' has a problem: `
    assert.deepStrictEqual([title, text.slice(0, start.length), rest], [`${connectionType} (branch):`, start, []])
    assert.deepStrictEqual(world.simulator.requests(), [])
    assert.strictEqual(result.output.includes('canary'), false)
    return text.slice(start.length)
  }

  it('says that the base URL is missing, and how to give it', async () => {
    assert.strictEqual(
      await sentence(),
      'Missing configuration audiocodes-live:baseUrl (environment: AUDIOCODES_LIVE_BASE_URL): the address of the platform; set it with "pulumi config set audiocodes-live:baseUrl https://<host>/tenantui" or in the environment variable AUDIOCODES_LIVE_BASE_URL.'
    )
  })

  it('says that credentials are missing', async () => {
    world.stack.setEnv('AUDIOCODES_LIVE_BASE_URL', world.simulator.url)
    assert.strictEqual(
      await sentence(),
      'Missing configuration audiocodes-live:accessToken (environment: AUDIOCODES_LIVE_ACCESS_TOKEN): no credentials are given; set it with "pulumi config set --secret audiocodes-live:accessToken <token>" or in the environment variable AUDIOCODES_LIVE_ACCESS_TOKEN.'
    )
  })

  it('says which two exclude each other', async () => {
    world.stack.setEnv('AUDIOCODES_LIVE_ACCESS_TOKEN', 'canary-token')
    world.stack.setEnv('AUDIOCODES_LIVE_CLIENT_ID', acme)
    assert.strictEqual(
      await sentence(),
      'Contradictory configuration: audiocodes-live:accessToken (environment: AUDIOCODES_LIVE_ACCESS_TOKEN) excludes audiocodes-live:clientId (environment: AUDIOCODES_LIVE_CLIENT_ID); remove one of them.'
    )
    world.stack.setEnv('AUDIOCODES_LIVE_CLIENT_ID', undefined)
  })

  it('says what is wrong with a value', async () => {
    await world.stack.setConfig('audiocodes-live:baseUrl', 'http://live.example.net/tenantui')
    assert.strictEqual(
      await sentence(),
      'Invalid configuration audiocodes-live:baseUrl (environment: AUDIOCODES_LIVE_BASE_URL): expected https; plain http is accepted for loopback addresses only, since it would carry the token in clear.'
    )
    await world.stack.removeConfig('audiocodes-live:baseUrl')
  })

  it('is content when it is right', async () => {
    assert.deepStrictEqual(await planned(world.stack), ['create branch'])
    assert.deepStrictEqual(world.simulator.requests(), [])
  })
})
