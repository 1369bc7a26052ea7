import * as assert from 'node:assert'
import * as fs from 'node:fs'
import { startSimulator, type Simulator } from '../../simulator'
import type { Ending } from '../faults/Campaign'
import { type Own, differences } from './Differences'
import { dynamicHost } from './DynamicHost'
import type { Host } from './Host'
import { endingsOn, expectedOf, phrased, titleOf, victims } from './Matrix'
import { type Pair, pageFile, pageOf, written } from './Page'
import { pluginHost } from './PluginHost'
import { type Run, essentials, run, stated } from './Run'
import { type Scenario, moves } from './Scenario'
import { scenarios } from './scenarios'

describe('Conformance of the hosts', function () {
  this.timeout(60_000)
  let parking: Simulator
  let dynamic: Host
  let plugin: Host
  const seen = new Map<Scenario, Pair<Run>>()
  let endings: Pair<readonly Ending[]> = { dynamic: [], plugin: [] }
  before(async () => {
    parking = await startSimulator()
    ;[dynamic, plugin] = await Promise.all([dynamicHost(parking), pluginHost()])
  })
  after(async () => {
    await Promise.all([dynamic.close(), plugin.close()])
    await parking.close()
  })

  for (const scenario of scenarios)
    it(`${scenario.kind}: ${scenario.name}`, async () => {
      // A process has one configuration at a time, and a stack that moves begins in the same process.
      const onDynamic = run(scenario, dynamic)
      if (scenario.steps.includes(moves)) await onDynamic
      const [first, second] = await Promise.all([onDynamic, run(scenario, plugin, dynamic)])
      seen.set(scenario, { dynamic: first, plugin: second })
      assert.deepStrictEqual(essentials(first, scenario, false), stated(scenario, false))
      assert.deepStrictEqual(essentials(second, scenario, true), stated(scenario, true))
      assert.deepStrictEqual(second.steps, first.steps)
      assert.deepStrictEqual(second.platform, first.platform)
      assert.deepStrictEqual(second.mistakes, [])
    })

  it('have no differences but those by design, all of which show', () => {
    const differing = [...seen.values()].flatMap(({ dynamic: { own: first }, plugin: { own: second } }) =>
      first.flatMap((own, index) => {
        const other = second[index] ?? {}
        const keys = [...new Set([...Object.keys(own), ...Object.keys(other)])] as Own[]
        return keys.filter((key) => JSON.stringify(own[key]) !== JSON.stringify(other[key]))
      })
    )
    assert.deepStrictEqual([...new Set(differing)].sort(), Object.keys(differences).sort())
  })

  describe('under every fault of a request', () => {
    before(async () => {
      const [first, second] = await Promise.all([endingsOn(dynamic), endingsOn(plugin)])
      endings = { dynamic: first, plugin: second }
    })

    victims.forEach((victim, index) => {
      it(titleOf(victim), () => {
        const expected = expectedOf(victim)
        const ended = (each: readonly Ending[]): Ending | undefined =>
          each[index] && phrased(each[index], expected.says)
        assert.deepStrictEqual(
          { dynamic: ended(endings.dynamic), plugin: ended(endings.plugin) },
          { dynamic: expected, plugin: expected }
        )
        assert.deepStrictEqual(endings.plugin[index], endings.dynamic[index])
      })
    })
  })

  // A suite of its own, since those come after all tests beside them.
  describe('are told', () => {
    it('in docs/conformance.md (UPDATE_DOCS=1 writes it)', async function () {
      // Some of the tests alone do not make the page.
      if (seen.size < scenarios.length || endings.plugin.length === 0) this.skip()
      const page = await pageOf(seen, endings)
      if (process.env['UPDATE_DOCS'] === '1') fs.writeFileSync(pageFile, page)
      // Line by line, since a whole page is too long to be shown.
      const [before, now] = [written().split('\n'), page.split('\n')]
      assert.deepStrictEqual(
        now.filter((line) => !before.includes(line)),
        []
      )
      assert.ok(written() === page, 'a line is missing, or the lines are in another order')
    })
  })
})
