import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { type Result, compare } from '../../../cli/drift/Compare'
import { withConnections } from '../../../cli/drift/Fleets'
import { reportJunit, reportText } from '../../../cli/drift/Outputs'
import { reportOf } from '../../../cli/drift/Report'
import { parseExport } from '../../../cli/state/StackExport'
import { packed } from '../../../provider/Packed'
import { type FleetStack, connection, fleetStack } from './Stack'
import { type World, contoso, onCall, story } from '../support/Simulated'

const signature = '4dabf18193072939515e22adb298388d'
const kind = '1b47061264138c4ac30d75fd1eb44270'
const encrypted = { [signature]: kind, ciphertext: 'v1:x' }
const inClear = (value: unknown) => ({ [signature]: kind, plaintext: JSON.stringify(value) })

const type = 'pulumi-nodejs:dynamic/audiocodes-live:SipConnectionFleet'

/** The export of the stack. A password is encrypted in it, or in clear. */
const exported = (stack: FleetStack, shown: boolean, change: (outputs: object) => object = (outputs) => outputs) =>
  parseExport(
    JSON.stringify(
      {
        deployment: {
          resources: [
            {
              urn: `urn:pulumi:dev::harness::${type}::branches`,
              type,
              id: 'fleet-1',
              inputs: stack.inputs(),
              outputs: change(stack.state())
            }
          ]
        }
      },
      (key, value: unknown) => (key !== 'carrierUserPassword' ? value : shown ? inClear(value) : encrypted)
    ),
    'x'
  )

const compared = async (world: World, state: ReturnType<typeof exported>) => {
  world.forget()
  const ours = withConnections(state)
  const env = E.right(world.process().env)
  const results = await Promise.all(ours.managed.map((each) => compare(each, env, () => 0)))
  return reportOf(ours, results)
}

const linesOf = (report: Parameters<typeof reportText>[0]): ReadonlyArray<string> =>
  reportText(report)
    .split('\n')
    .filter((line) => !line.startsWith('Not told'))

const { siteName: _, ...defaults } = connection('')
/** A password that was set outside. */
const outside = 'set-outside'
const carrier = {
  carrierUserName: 'u',
  carrierUserPassword: 'kept-in-code',
  carrierMainLine: 'm',
  carrierHostName: 'h.test'
}
const connections = {
  a: { siteName: 'a' },
  b: { siteName: 'b', cacProfile: '20 sessions', ...carrier },
  c: { siteName: 'c' },
  d: { siteName: 'd' },
  'e.f': { siteName: 'e f', customerGuid: contoso }
}

/** A fleet of which the last creation has failed, and which was then changed outside. */
const changedOutside = async (world: World): Promise<FleetStack> => {
  const stack = fleetStack(world)
  const { simulator } = world
  await stack.up({ defaults, connections })
  simulator.addFault(onCall('POST', { kind: 'errorMessage', effect: false, message: 'No slot.' }))
  await stack.up({ defaults, connections: { ...connections, g: { siteName: 'g' } } })
  const site = (name: string): string => stack.state().siteGuids[name] ?? ''
  simulator.editSite(site('a'), { cacProfile: '50 sessions' })
  simulator.editSite(site('b'), { cacProfile: '60 sessions', carrierUserPassword: outside })
  simulator.editSite(site('e.f'), { cacProfile: '70 sessions' })
  simulator.deleteSite(site('c'))
  return stack
}

describe('the comparison of a fleet', () => {
  story('names connection and field, reads each once, and leaves out what is encrypted', {}, async (world) => {
    const stack = await changedOutside(world)
    const report = await compared(world, exported(stack, false))
    assert.deepStrictEqual(linesOf(report), [
      'dev of harness: 5 SIP connections: 3 changed outside, 1 deleted outside, 1 as in the code.',
      '',
      'connection    field       code         live',
      '------------  ----------  -----------  ---------------',
      'branches/c                exists       deleted outside',
      'branches/a    cacProfile  5 sessions   50 sessions',
      'branches/b    cacProfile  20 sessions  60 sessions',
      'branches/e.f  cacProfile  5 sessions   70 sessions',
      '',
      'Not compared: 1 secret field of 1 connection, which the export holds encrypted; with --show-secrets they are compared.',
      'Unfinished: branches (fleet of SIP connections): the last update ended failed; the next "pulumi up" finishes it.',
      ''
    ])
    assert.match(reportJunit(report), /<testcase classname="harness.dev" name="branches\/d"\/>/)
    // Whether the one that is not found is gone, the details of its customer say.
    assert.deepStrictEqual([...world.calls()].sort(), [...Array<string>(5).fill('GET'), 'GET details'])
  })

  story('knows a secret that differs, also in a state that a failed run has packed', {}, async (world) => {
    const stack = await changedOutside(world)
    const isSecret = ({ path }: Result['fields'][number]): boolean => path === 'carrierUserPassword'
    const told = [{ path: 'carrierUserPassword', before: '[secret]', after: '[secret]' }]
    const shown = await compared(world, exported(stack, true))
    assert.deepStrictEqual(
      shown.connections.flatMap(({ fields }) => fields.filter(isSecret)),
      told
    )
    const text = JSON.stringify(shown)
    assert.deepStrictEqual(
      [carrier.carrierUserPassword, outside].filter((secret) => text.includes(secret)),
      []
    )
    const again = await compared(
      world,
      exported(stack, true, (outputs) => {
        const { packed: whole, ...rest } = packed(outputs as Record<string, unknown>)
        return { ...rest, packed: inClear((whole as { readonly value: string }).value) }
      })
    )
    assert.deepStrictEqual(again, shown)
  })

  story('tells an error of one connection, and compares the others', {}, async (world) => {
    const stack = await changedOutside(world)
    const guid = stack.state().siteGuids['d'] ?? ''
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 403 }, { path: guid }))
    const report = await compared(world, exported(stack, false))
    assert.deepStrictEqual(report.counts, { error: 1, gone: 1, drift: 3, same: 0 })
    assert.match(
      report.connections[0]?.error?.headline ?? '',
      /^Read of SIP connection "d" .* failed: the platform rejected GET with status 403$/
    )
  })

  story('is an error where the export keeps it to itself, or where it is not understood', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ defaults, connections })
    const changes: ReadonlyArray<(outputs: object) => object> = [
      (outputs) => ({ ...outputs, connections: encrypted }),
      (outputs) => ({ ...outputs, connections: undefined, packed: encrypted }),
      (outputs) => ({ ...outputs, schemaVersion: 99 })
    ]
    const said: Array<string | undefined> = []
    for (const change of changes) {
      const { others = [], connections: none } = await compared(world, exported(stack, true, change))
      assert.deepStrictEqual([none, world.calls()], [[], []])
      said.push(others[0]?.error?.headline.replace(/; .*| \(schema.*/, ''))
    }
    const locked =
      'Read of fleet of SIP connections failed: Its connections are encrypted as a whole in this export, so that there is nothing to compare'
    assert.deepStrictEqual(said, [
      locked,
      locked,
      'Read of fleet of SIP connections failed: The state was written by a newer version of pulumi-audiocodes-live'
    ])
  })
})
