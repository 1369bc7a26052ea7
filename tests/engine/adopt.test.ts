import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, type NewSite } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { nameOf } from '../support/Stack'
import {
  acme,
  complaintAbout,
  connectionType,
  diagnostics,
  guidOf,
  minimal,
  planned,
  program,
  properties,
  resource,
  sites,
  startWorld,
  traffic,
  type World
} from './World'

describe('A connection that exists already', function () {
  this.timeout(60_000)
  let world: World
  const made = (name: string, more: Partial<NewSite> = {}): NewSite => ({
    customerGuid: acme,
    name,
    sbcId: 3,
    onboardingScript: 12001,
    cleanupScript: 12002,
    enableCac: false,
    carrierRegistration: false,
    cacProfile: '10 sessions',
    ...more
  })
  const declared = (name: string, adopt: boolean | string, cacProfile = '10 sessions') => ({
    ...minimal(name),
    enableCac: false,
    carrierRegistration: false,
    cacProfile,
    adopt
  })
  const guids = { alpha: '', beta: '' }

  before(async () => {
    world = await startWorld({ program: program({ alpha: minimal('alpha') }) })
    guids.alpha = world.simulator.addSite(made('alpha', { customerVariables: { Region: 'EMEA' } }))
    guids.beta = world.simulator.addSite(made('beta'))
  })
  after(() => world.end())

  it('is an error that says how to take it over, and sends nothing', async () => {
    const { stack, simulator } = world
    assert.deepStrictEqual(complaintAbout(await stack.up(), 'alpha'), [
      `Create of SIP connection "alpha" (customer ${acme}, SBC 3) failed: A connection "alpha" exists already at customer ${acme} (site ${guids.alpha}); nothing was sent`,
      'Applied: nothing was created.',
      'Calls: not affected.',
      `Next: to take it over, declare adopt: "${guids.alpha}" (or adopt: true) with enableCac and carrierRegistration, or import it from a file; to make another one, choose another siteName. If two resources of this program declare the name, remove one.`,
      'correlation id <id>, <time>'
    ])
    assert.deepStrictEqual(traffic(simulator), ['GET details v3'])
  })

  it('is not taken over without what the platform does not tell, and not by the id of another customer', async () => {
    const { stack, simulator } = world
    stack.setProgram(program({ alpha: { ...minimal('alpha'), adopt: true } }))
    assert.deepStrictEqual(
      complaintAbout(await stack.up(), 'alpha').map((line) => line.replace(/^.* has a problem: /, '')),
      [
        'adopt: needs enableCac and carrierRegistration to be declared, since the platform does not return them: confirm the value in the portal and write it out'
      ]
    )
    stack.setProgram(program({ alpha: declared('headquarters', HEADQUARTERS_GUID) }))
    assert.strictEqual(
      complaintAbout(await stack.up(), 'alpha')[0]?.replace(/^.* failed: /, ''),
      `Customer ${acme} has no connection ${HEADQUARTERS_GUID}, which adopt names; nothing was sent`
    )
    assert.deepStrictEqual(sites(simulator), ['alpha', 'beta'])
  })

  it('is taken over by name without a write when it is as declared, by id with one PATCH when it is not', async () => {
    const { stack, simulator } = world
    const before = simulator.site(guids.alpha)
    stack.setProgram(
      program({ alpha: declared('alpha', true), beta: declared('beta', guids.beta.toUpperCase(), '5 sessions') })
    )
    simulator.clearRequests()
    const result = succeeded(await stack.up())
    assert.deepStrictEqual([...traffic(simulator)].sort(), [
      ...['GET alpha', 'GET beta', 'GET beta', 'GET details v3', 'PATCH beta']
    ])
    assert.deepStrictEqual(simulator.site(guids.alpha), before)
    assert.strictEqual(simulator.site(guids.beta)?.cacProfile, '5 sessions')
    const [alpha, beta] = [await resource(stack, 'alpha'), await resource(stack, 'beta')]
    assert.deepStrictEqual([alpha.id, beta.id], [guids.alpha, guids.beta])
    assert.deepStrictEqual(
      [alpha, beta].map(({ outputs }) => {
        const { kind, outcome } = properties(outputs)['lastOperation'] as Record<string, unknown>
        return { kind, outcome }
      }),
      [
        { kind: 'adopt', outcome: 'ok' },
        { kind: 'adopt', outcome: 'ok' }
      ]
    )
    for (const name of ['alpha', 'beta']) {
      assert.match(
        diagnostics(result),
        new RegExp(`^Connection "${name}" is taken over\\. .* enableCac, carrierRegistration\\b`, 'm')
      )
    }
    assert.deepStrictEqual(await planned(stack), [])
    succeeded(await stack.refresh())
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('is deleted before it is made anew in a forced replacement, not taken over and then deleted', async () => {
    const { stack, simulator } = world
    simulator.clearRequests()
    succeeded(await stack.up(['--target-replace', stack.urn(connectionType, 'alpha')]))
    assert.deepStrictEqual(traffic(simulator), [
      'DELETE (gone)',
      'GET task',
      'GET details v3',
      'POST alpha',
      'GET alpha',
      'PATCH alpha',
      'GET alpha'
    ])
    assert.deepStrictEqual(sites(simulator), ['alpha', 'beta'])
    assert.notStrictEqual(guidOf(simulator, 'alpha'), guids.alpha)
    assert.strictEqual((await resource(stack, 'alpha')).id, guidOf(simulator, 'alpha'))
  })

  it('stays managed when adopt is taken out, which sends nothing', async () => {
    const { stack, simulator } = world
    const { adopt: _, ...alpha } = declared('alpha', true)
    const { adopt: __, ...beta } = declared('beta', true, '5 sessions')
    stack.setProgram(program({ alpha, beta }))
    simulator.clearRequests()
    assert.deepStrictEqual(await planned(stack), ['update alpha: adopt', 'update beta: adopt'])
    succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), [])
    assert.strictEqual('adopt' in ((await resource(stack, 'alpha')).outputs ?? {}), false)
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('goes over to a resource of another name, which takes it over before the old one is deleted', async () => {
    const { stack, simulator } = world
    const { adopt: _, ...beta } = declared('beta', true, '5 sessions')
    const guid = guidOf(simulator, 'alpha')
    stack.setProgram(program({ renamed: declared('alpha', true), beta }))
    simulator.clearRequests()
    const result = succeeded(await stack.up())
    assert.deepStrictEqual(traffic(simulator), ['GET details v3', 'GET alpha'])
    assert.match(
      diagnostics(result),
      new RegExp(`^Connection ${guid} was taken over by another resource of this program: it is not deleted\\.$`, 'm')
    )
    assert.deepStrictEqual([guidOf(simulator, 'alpha'), (await resource(stack, 'renamed')).id], [guid, guid])
    assert.deepStrictEqual((await stack.resources()).map(({ urn }) => nameOf(urn)).sort(), ['beta', 'renamed'])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('cannot be named by the option import, whose error names adopt', async () => {
    const { stack, simulator } = world
    stack.setProgram(
      program({ alpha: { args: minimal('alpha'), options: `{ import: ${JSON.stringify(guids.alpha)} }` } })
    )
    simulator.clearRequests()
    const result = await stack.preview()
    assert.strictEqual(result.code, 1)
    assert.match(
      result.output,
      /SipConnection "alpha": the option "import" does not work for dynamic resources\. Declare adopt: "<site id>" \(with enableCac and carrierRegistration\) in its place, or use "pulumi import --file" with a file that holds inputs and outputs\.\n/
    )
    assert.doesNotMatch(result.output, /\n +at /)
    assert.deepStrictEqual(traffic(simulator), [])
  })
})
