import { spawn } from 'node:child_process'
import * as path from 'node:path'
import { exitOf } from '../../support/Children'
import { temporaryProject } from '../../support/TemporaryProject'
import type { Called } from './Call'
import { chainsOf } from './Chains'
import { byMethod, requestsApart, requestsInWords } from './Cell'
import { startPlatform } from './Platform'
import { parallel } from './Way'

/** Seconds that a bare loop takes for the requests that a fleet has sent, on a platform of its own with the same latency. */
export const bareSeconds = async ({ requests }: Called, latency: number): Promise<number> => {
  const folder = temporaryProject()
  const platform = await startPlatform(latency)
  try {
    const chains = folder.write('chains.json', JSON.stringify(chainsOf(requests)))
    const child = spawn(
      process.execPath,
      [path.join(__dirname, 'bare-process.js'), platform.url, chains, String(parallel)],
      { stdio: ['ignore', 'pipe', 'inherit'] }
    )
    let out = ''
    child.stdout.on('data', (data) => (out += String(data)))
    const { code } = await exitOf(child)
    if (code !== 0) throw new Error(`the bare loop ended with exit code ${code ?? 'none'}`)
    const [fleet, bare] = [byMethod(requests), byMethod(await platform.requests())]
    if (requestsApart(fleet, bare) > 0)
      throw new Error(`the bare loop sent ${requestsInWords(bare)}, the fleet ${requestsInWords(fleet)}`)
    return Number(out) / 1000
  } finally {
    await platform.close()
    folder.dispose()
  }
}
