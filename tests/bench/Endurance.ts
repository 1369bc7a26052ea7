import { spawn } from 'node:child_process'
import * as path from 'node:path'
import { startSimulator } from '../../simulator'
import { exitOf } from '../support/Children'
import type { Figure } from './Figure'
import { round } from './Statistics'

interface Endured {
  /** Bytes on the heap, after a collection. */
  readonly before: number
  readonly after: number
  readonly operations: number
}

const lead = async (lives: number, warmUp: number): Promise<Endured> => {
  const platform = await startSimulator()
  // The log of a platform that runs for long is not what is measured.
  const forgetting = setInterval(() => {
    platform.clearRequests()
  }, 200)
  try {
    const child = spawn(
      process.execPath,
      ['--expose-gc', path.join(__dirname, 'endurance-process.js'), platform.url, String(lives), String(warmUp)],
      { stdio: ['ignore', 'pipe', 'inherit'] }
    )
    let out = ''
    child.stdout.on('data', (data) => (out += String(data)))
    const { code } = await exitOf(child)
    if (code !== 0) throw new Error(`the operations ended with exit code ${code ?? 'none'}`)
    return JSON.parse(out) as Endured
  } finally {
    clearInterval(forgetting)
    await platform.close()
  }
}

/** What 10,000 operations leave on the heap of a provider process. */
export const measureEndurance = async (lives = 2500): Promise<readonly Figure[]> => {
  const { before, after, operations } = await lead(lives, 500)
  return [
    {
      id: 'memoryGrowth',
      name: `Growth of the heap over ${operations.toLocaleString('en-US')} operations`,
      measured: round(Math.max(0, after - before) / 1e6, 1),
      unit: 'MB',
      target: 10,
      detail: `create, read, update and delete of connections with every input set, 8 at a time, after 2,000 operations to warm up: ${(before / 1e6).toFixed(1)} MB before and ${(after / 1e6).toFixed(1)} MB after, each after a collection`
    }
  ]
}
