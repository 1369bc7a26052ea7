import * as assert from 'node:assert'
import { startSimulator } from '../../simulator'
import { now } from '../../provider/live/Clock'
import { reporting } from '../../provider/plugin/Progress'
import { engineLog } from '../../provider/plugin/EngineLog'
import { listen } from '../../provider/plugin/Server'
import { until } from '../support/Children'
import { least } from '../protocol/support/Connections'
import { fakeEngine } from './support/FakeEngine'
import { PluginClient, urn } from './support/PluginClient'
import { configOf } from './support/PluginProcess'

describe('progress', () => {
  it('is a line every period of a wait, counted from its beginning', async () => {
    const lines: string[] = []
    const end = reporting(
      (text) => lines.push(text),
      () => 100_000,
      10_000
    )('SBC programming, task tsk_1', 100_000 - 39_990)
    await until('two lines', () => lines.length >= 2, 5)
    end()
    const seen = lines.length
    await new Promise((resolve) => setTimeout(resolve, 60))
    assert.deepStrictEqual([lines.length, new Set(lines)], [seen, new Set(['SBC programming, task tsk_1, 40 s'])])
  })

  it('stands on the line of the resource while the platform works', async () => {
    const platform = await startSimulator({ switches: { addTaskMs: 300, deleteTaskMs: 300 } })
    const engine = await fakeEngine()
    // In this process, since nobody waits ten seconds for a test.
    const { port, close } = await listen({ log: engineLog(now), period: 50 })
    const plugin = new PluginClient(port)
    try {
      await plugin.handshake(engine.address)
      await plugin.configure(configOf(platform))
      platform.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms: 200 } })
      const [{ id, outs }] = await Promise.all([
        plugin.create({ ...least }),
        plugin.create({ ...least, siteName: 'branch-08' })
      ])
      await plugin.delete(id, outs)
      const waits = engine.lines.map(({ text }) => text.replace(/tsk_\d+/, 'TASK').replace(/\d+ s$/, 'N s'))
      // Whether the answer to DELETE takes so long is up to the machine.
      assert.deepStrictEqual([...new Set(waits)].filter((line) => !line.includes('DELETE')).sort(), [
        'SBC programming, task TASK, N s',
        'cleanup task TASK, N s',
        'waiting for SBC 3, which is busy with other changes, N s',
        'waiting for the answer to POST, N s'
      ])
      assert.deepStrictEqual(
        [...new Set(engine.lines.map((line) => [line.severity, line.urn, line.ephemeral].join(' ')))],
        [`info ${urn} true`]
      )
    } finally {
      plugin.close()
      close()
      engine.close()
      await platform.close()
    }
  })
})
