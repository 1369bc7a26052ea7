import * as assert from 'node:assert'
import { customerGuids } from '../../simulator'
import { guidOf } from '../engine/World'
import { succeeded } from '../support/EngineRun'
import { canaries } from './support/Canaries'
import { type Leaks, startLeaks } from './support/Leaks'
import { connection, type Declared, program } from './support/Program'

const declared = (changes: object = {}): Readonly<Record<string, Declared>> => ({
  branch: { args: { ...connection('branch'), ...changes }, instance: 'secret' }
})

describe('A carrier password', function () {
  this.timeout(60_000)
  let world: Leaks
  const use = (changes: object): void => {
    world.stack.setProgram(program(declared(changes), world.front, world.federatedTokenFile))
  }
  const onPlatform = (): string | null | undefined =>
    world.simulator.state().sites.find(({ customerGuid }) => customerGuid === customerGuids.acme)?.carrierUserPassword
  const once = ['GET branch', 'PATCH branch', 'GET branch']

  before(async () => {
    world = await startLeaks({ program: (front, file) => program(declared(), front, file) })
    succeeded(await world.searched((args) => world.stack.up(args)))
  })
  after(() => world.end())

  it('that was changed in the portal is drift by its name, and neither value shows', async () => {
    const { stack, simulator, searched, front } = world
    simulator.editSite(guidOf(simulator, 'branch'), {
      carrierUserPassword: canaries.portalPassword,
      customerVariables: { TrunkPassword: canaries.portalVariable }
    })
    front.heard()
    const refreshed = succeeded(await searched((args) => stack.refresh(args)))
    assert.match(refreshed.stdout, /branch updated .*\[diff: ~carrierUserPassword,sbcScripts\]/)
    assert.deepStrictEqual(front.heard(), ['GET branch'])

    const { stdout } = succeeded(await searched((args) => stack.preview(['--diff', ...args])))
    assert.match(stdout, / ~ carrierUserPassword: \[secret\] => \[secret\]\n/)
    assert.match(stdout, / ~ TrunkPassword: \[secret\] => \[secret\]\n/)
    const asJson = succeeded(await searched((args) => stack.preview(['--json', ...args])))
    assert.match(asJson.stdout, /"diffReasons": \[\s*"carrierUserPassword",\s*"sbcScripts"\s*\]/)
    const preflight = ['GET /tenantui/api/v2/scripttemplates', 'GET /tenantui/api/v3/customer', 'GET v2/oc']
    assert.deepStrictEqual([...new Set(front.heard())].sort(), preflight)
  })

  it('is put back by one PATCH', async () => {
    const { stack, searched, front } = world
    succeeded(await searched((args) => stack.up(args)))
    assert.deepStrictEqual([front.heard(), onPlatform()], [once, canaries.password])
  })

  it('that is declared anew is one PATCH, and neither value shows', async () => {
    const { stack, searched, front } = world
    use({ carrierUserPassword: canaries.rotatedPassword })
    const { stdout } = succeeded(await searched((args) => stack.up(args)))
    assert.match(stdout, /\[diff: ~carrierUserPassword\]/)
    assert.deepStrictEqual([front.heard(), onPlatform()], [once, canaries.rotatedPassword])
    const patches = world.lines('audit.jsonl').filter(({ method }) => method === 'PATCH')
    assert.deepStrictEqual(patches.at(-1)?.['fields'], ['carrierUserPassword'])
  })

  it('that the platform masks, gives as null or leaves out is no drift', async () => {
    const { stack, simulator, searched, front } = world
    const unchanged = async (): Promise<void> => {
      succeeded(await searched((args) => stack.preview(['--refresh', '--expect-no-changes', ...args])))
      assert.deepStrictEqual(front.heard(), ['GET branch'])
    }
    simulator.setSwitches({ passwordEcho: 'masked' })
    await unchanged()
    simulator.setSwitches({ passwordEcho: 'absent' })
    await unchanged()
    simulator.setSwitches({ passwordEcho: 'clear' })
    const echoed = JSON.stringify(canaries.rotatedPassword)
    front.rules([
      {
        method: 'GET',
        site: 'branch',
        say: (_, own) => {
          assert.ok(own.body.includes(echoed))
          return { ...own, body: own.body.replace(echoed, 'null') }
        }
      }
    ])
    await unchanged()
    front.rules([])
  })

  it('that the platform masks is not sent back masked when another field is changed', async () => {
    const { stack, simulator, searched, front } = world
    simulator.setSwitches({ passwordEcho: 'masked' })
    use({ carrierUserPassword: canaries.rotatedPassword, carrierUserName: 'user-2' })
    succeeded(await searched((args) => stack.up(args)))
    assert.deepStrictEqual([front.heard(), onPlatform()], [once, canaries.rotatedPassword])
  })
})
