import * as assert from 'node:assert'
import type { Properties } from '../../provider/Resource'
import { providers } from '../../provider/dynamic'
import { STATIC_TOKEN } from '../../simulator'
import { inClear } from '../protocol/support/Marks'
import type { Json } from '../support/Json'
import { fullArgs } from './Connections'

/**
 * The process that `Endurance.ts` measures: whole lives of connections in the dynamic host, many after each other, and the heap
 * before and after them.
 *
 * Usage: node --expose-gc endurance-process.js <base URL> <lives> <lives to warm up>
 */

const [baseUrl = '', lives = '', warmUp = ''] = process.argv.slice(2)

const config: Readonly<Record<string, string>> = {
  'audiocodes-live:baseUrl': baseUrl,
  'audiocodes-live:accessToken': STATIC_TOKEN,
  'audiocodes-live:requestsPerSecond': '0',
  'audiocodes-live:writesPerSbc': '0',
  'audiocodes-live:pollInterval': '0.01'
}

/** Create, read, update, delete. */
const operationsOfALife = 4

const clear = (properties: Properties): Properties => inClear(properties as Json) as Properties

const life = async (siteName: string): Promise<void> => {
  const { inputs, failures } = await providers.sipConnection.check({}, { ...fullArgs, siteName })
  assert.deepStrictEqual(failures, [])
  const news = clear(inputs)
  const { id, outs } = await providers.sipConnection.create(news)
  const { props = {} } = await providers.sipConnection.read(id, clear(outs))
  const updated = await providers.sipConnection.update(id, clear(props), { ...news, cacProfile: '11 sessions' })
  await providers.sipConnection.delete(id, clear(updated.outs))
}

const atATime = 8

const lead = async (count: number, name: string): Promise<void> => {
  let begun = 0
  const worker = async (): Promise<void> => {
    while (begun < count) await life(`${name}-${++begun}`)
  }
  await Promise.all(Array.from({ length: atATime }, worker))
}

const heap = (): number => {
  if (global.gc === undefined) throw new Error('run node with --expose-gc')
  // Twice: what finalizers let go of is collected by the second.
  global.gc()
  global.gc()
  return process.memoryUsage().heapUsed
}

const main = async (): Promise<void> => {
  await providers.sipConnection.configure({ config: { get: (key) => config[key] } })
  await lead(Number(warmUp), 'warm')
  const before = heap()
  await lead(Number(lives), 'branch')
  console.log(JSON.stringify({ before, after: heap(), operations: Number(lives) * operationsOfALife }))
  process.exit(0)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
