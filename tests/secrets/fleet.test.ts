// The secrets of a fleet: those of its entries, of its defaults, of what a failed run has left pending, and of what is still to be deleted.

import * as assert from 'node:assert'
import type { SipConnectionFleetArgs } from '../../provider/fleet/Args'
import { outputsOf, saidOf } from '../engine/Fleets'
import { properties, resource, sites } from '../engine/World'
import { succeeded } from '../support/EngineRun'
import { canaries } from './support/Canaries'
import { type Heard, type Rule, type Said, everything as everythingWith } from './support/Front'
import { type Leaks, startLeaks } from './support/Leaks'
import { connection, program } from './support/Program'

/** What the platform was told so far of the passwords of a connection; those of another one are none that its own operation knows. */
let passwords: ReadonlyArray<string> = [canaries.password]
const everything = (heard: Heard): string =>
  everythingWith(heard, ...(heard.site === 'own' ? [canaries.rotatedPassword] : passwords))

const problem = (status: number, value: unknown): Said => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify(value)
})

const { siteName: _, ...common } = connection('')

/** The password of most is that of the defaults. */
const fleet = (names: ReadonlyArray<string>, password: string = canaries.password): SipConnectionFleetArgs => ({
  defaults: { ...common, carrierUserPassword: password },
  connections: Object.fromEntries(
    names.map((siteName) => [
      siteName,
      siteName === 'own'
        ? {
            siteName,
            carrierUserPassword: canaries.rotatedPassword,
            sbcScripts: { customerVariables: { BackupSecret: canaries.variable, TrunkPrivateKey: canaries.key } }
          }
        : { siteName }
    ])
  )
})

/** What the state shows of an entry, wherever it stands. */
const hiddenIn = (entry: unknown): unknown => {
  const { carrierUserPassword, carrierPasswordDpi, sbcScripts } = (entry ?? {}) as Record<string, unknown>
  const { customerVariables } = (sbcScripts ?? {}) as Record<string, unknown>
  return { carrierUserPassword, carrierPasswordDpi, customerVariables }
}
const hidden = {
  carrierUserPassword: '[secret]',
  carrierPasswordDpi: '[secret]',
  customerVariables: { Region: 'EMEA', TrunkPassword: '[secret]', TrunkPrivateKey: '[secret]' }
}

describe('Secrets of a fleet in the runs of the engine', function () {
  this.timeout(90_000)
  let world: Leaks
  /** Exported as a whole, as a program may do. */
  const use = (args: SipConnectionFleetArgs): void => {
    const more = `exports.fleet = new live.SipConnectionFleet('fleet', ${JSON.stringify(args)})`
    world.stack.setProgram(program({}, world.front, world.federatedTokenFile, more))
  }
  before(async () => {
    world = await startLeaks({ program: () => '' })
  })
  after(() => world.end())

  it('show nowhere when the platform repeats them, and what was made is kept', async () => {
    const { stack, front, searched } = world
    use(fleet(['well', 'own', 'refused', 'half']))
    const said: Rule['say'] = (heard, own) =>
      problem(200, {
        ...(JSON.parse(own.body) as object),
        executionMessages: [{ level: 'Error', message: everything(heard) }]
      })
    front.rules([
      { method: 'POST', site: 'refused', say: (heard) => ({ status: 400, body: everything(heard) }) },
      { method: 'PATCH', site: 'half', effect: true, say: said },
      {
        method: 'PATCH',
        site: 'well',
        effect: true,
        say: (heard, own) =>
          problem(200, {
            ...(JSON.parse(own.body) as object),
            executionMessages: [{ level: 'Information', message: everything(heard) }]
          })
      }
    ])
    const lines = saidOf(await searched((args) => stack.up(args)), 'fleet')
    assert.deepStrictEqual(
      ['refused', 'half'].filter(
        (name) => !lines.some((line) => line.startsWith(`Failed: ${name}: `) && /Platform: .*\[secret\]/.test(line))
      ),
      [],
      lines.join('\n')
    )
    const { defaults, connections, executionMessages } = properties((await resource(stack, 'fleet')).outputs)
    const { own } = connections as Record<string, unknown>
    assert.deepStrictEqual(
      [hiddenIn(defaults), hiddenIn(own)],
      [
        hidden,
        {
          carrierUserPassword: '[secret]',
          carrierPasswordDpi: undefined,
          customerVariables: { BackupSecret: '[secret]', TrunkPrivateKey: '[secret]' }
        }
      ]
    )
    assert.match((executionMessages as Record<string, string>)['well'] ?? '', /\[secret\]/)
    // It holds inputs at other paths than the program's, each of which may be a secret there.
    assert.strictEqual((await outputsOf(stack, 'fleet'))['pending'], '[secret]')
  })

  it('show nowhere when one is to be deleted and cannot be, and in the export of the stack', async () => {
    const { stack, front, searched } = world
    use(fleet(['well', 'own', 'refused']))
    front.rules([{ method: 'DELETE', site: 'half', say: (heard) => problem(400, { title: everything(heard) }) }])
    const lines = saidOf(await searched((args) => stack.up(args)), 'fleet')
    assert.match(lines.join('\n'), /^Failed: half: .*Platform: .*\[secret\]/m)
    assert.strictEqual((await outputsOf(stack, 'fleet'))['leftovers'], '[secret]')
    const { stdout } = succeeded(await searched(() => stack.run(['stack', 'export'])))
    assert.ok(stdout.includes('refused'), stdout)
  })

  it('show nowhere in the preview of another password, and when the platform repeats both', async () => {
    const { stack, front, searched } = world
    use(fleet(['well', 'own', 'refused'], canaries.rotatedPassword))
    passwords = [canaries.password, canaries.rotatedPassword]
    const { stdout } = succeeded(await searched((args) => stack.preview(['--diff', ...args])))
    assert.match(stdout, /~ carrierUserPassword: \[secret\] => \[secret\]/)
    front.rules([{ method: 'PATCH', site: 'well', say: (heard) => problem(422, { message: everything(heard) }) }])
    const lines = saidOf(await searched((args) => stack.up(args)), 'fleet')
    assert.match(lines.join('\n'), /^Failed: well: .*Platform: .*\[secret\]/m)
  })

  it('show nowhere when a refresh finds others, and when a deletion fails and the next one does not', async () => {
    const { stack, front, searched, simulator } = world
    front.rules([])
    succeeded(await searched((args) => stack.up(args)))
    const { stdout } = succeeded(await searched(() => stack.run(['stack', 'output', '--json'])))
    assert.ok(stdout.includes('siteGuids'), stdout)
    const well = simulator.state().sites.find(({ name }) => name === 'well')
    simulator.editSite(well?.guid ?? '', {
      carrierUserPassword: canaries.portalPassword,
      customerVariables: { ...well?.customerVariables, TrunkPassword: canaries.portalVariable }
    })
    succeeded(await searched((args) => stack.refresh(args)))
    const { connections } = properties((await resource(stack, 'fleet')).outputs)
    assert.deepStrictEqual(hiddenIn((connections as Record<string, unknown>)['well']), {
      carrierUserPassword: '[secret]',
      carrierPasswordDpi: undefined,
      customerVariables: { TrunkPassword: '[secret]' }
    })
    front.rules([{ method: 'DELETE', site: 'own', say: (heard) => ({ status: 400, body: everything(heard) }) }])
    assert.strictEqual((await searched((args) => stack.destroy(args))).code, 1)
    front.rules([])
    succeeded(await searched((args) => stack.destroy(args)))
    assert.deepStrictEqual(sites(simulator), [])
    const places = world.places()
    assert.deepStrictEqual(
      ['output', 'events', 'wire.jsonl', 'audit.jsonl', 'report.json', 'home/logs', 'state/.pulumi/history'].filter(
        (name) => !Object.entries(places).some(([place, size]) => place.startsWith(name) && size > 500)
      ),
      []
    )
  })
})
