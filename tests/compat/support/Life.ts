import * as assert from 'node:assert'
import { succeeded } from '../../support/EngineRun'
import { full, guidOf, planned, program, properties, resource, sites, traffic, type World } from '../../engine/World'

/** The program of a life: one connection with every input set. */
export const lifeOf = (cacProfile = '10 sessions'): string => program({ one: { ...full('one'), cacProfile } })

/**
 * The life of a connection on the real engine: created, left alone, changed, found changed by somebody else, destroyed. The stack
 * must have the program `lifeOf()`. Nothing of its secrets may show on the way.
 */
export const wholeLife = async ({ stack, simulator }: World): Promise<void> => {
  const requests = (): readonly string[] => {
    const seen = traffic(simulator)
    simulator.clearRequests()
    return seen
  }
  const created = succeeded(await stack.up())
  assert.deepStrictEqual(requests(), ['GET details v3', 'POST one', 'GET one', 'PATCH one', 'GET one'])

  const unchanged = succeeded(await stack.up())
  assert.match(unchanged.stdout, /\nResources:\n +2 unchanged\n/)
  assert.deepStrictEqual(requests(), [])

  stack.setProgram(lifeOf('5 sessions'))
  const updated = succeeded(await stack.up())
  assert.match(updated.stdout, /\[diff: ~cacProfile\]/)
  assert.deepStrictEqual(requests(), ['GET one', 'PATCH one', 'GET one'])
  assert.strictEqual(simulator.site(guidOf(simulator, 'one'))?.cacProfile, '5 sessions')

  simulator.editSite(guidOf(simulator, 'one'), { cacProfile: '20 sessions' })
  const refreshed = succeeded(await stack.refresh())
  assert.match(refreshed.stdout, /\[diff: ~cacProfile\]/)
  assert.deepStrictEqual(requests(), ['GET one'])
  const { inputs, outputs } = await resource(stack, 'one')
  const passwords = { carrierUserPassword: '[secret]', carrierPasswordDpi: '[secret]' }
  for (const side of [inputs, outputs].map(properties)) {
    const { cacProfile, carrierUserPassword, carrierPasswordDpi } = side
    assert.deepStrictEqual(
      { cacProfile, carrierUserPassword, carrierPasswordDpi },
      { cacProfile: '20 sessions', ...passwords }
    )
  }
  assert.deepStrictEqual(await planned(stack), ['update one: cacProfile'])

  const destroyed = succeeded(await stack.destroy())
  assert.deepStrictEqual(requests(), ['DELETE (gone)', 'GET task'])
  assert.deepStrictEqual(sites(simulator), [])
  const shown = [created, unchanged, updated, refreshed, destroyed].filter(({ output }) => output.includes('canary'))
  assert.deepStrictEqual({ shown: shown.length, kept: stack.filesWith('canary') }, { shown: 0, kept: [] })
}
