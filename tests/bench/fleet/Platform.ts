import { spawn } from 'node:child_process'
import * as path from 'node:path'
import type { FaultRule, LoggedRequest } from '../../../simulator'
import { atExit, exitOf } from '../../support/Children'
import type { Json } from '../../support/Json'
import { repositoryRoot } from '../../support/repository'

/** A simulator in a process of its own, so that what it takes is nobody else's. */
export interface Platform {
  readonly url: string
  /** What it was sent since the last `forget`. */
  readonly requests: () => Promise<readonly LoggedRequest[]>
  readonly forget: () => Promise<void>
  /** How many connections it holds. */
  readonly size: () => Promise<number>
  readonly addFaults: (rules: readonly FaultRule[]) => Promise<void>
  readonly close: () => Promise<void>
}

/** @param latency milliseconds before every answer */
export const startPlatform = async (latency: number): Promise<Platform> => {
  const child = spawn(
    process.execPath,
    [path.join(repositoryRoot, 'dist', 'cli', 'main.js'), 'simulate', '--port', '0', '--latency', String(latency)],
    { stdio: ['ignore', 'pipe', 'inherit'] }
  )
  const forget = atExit(() => child.kill('SIGKILL'))
  const exited = exitOf(child)
  const url = await Promise.race([
    new Promise<string>((resolve) => {
      let text = ''
      child.stdout.setEncoding('utf8').on('data', (more: string) => {
        text += more
        const [, found] = /base URL +(\S+)/.exec(text) ?? []
        if (found !== undefined) resolve(found)
      })
    }),
    exited.then(({ code, signal }) => {
      throw new Error(`the simulator ended (${code ?? signal})`)
    })
  ])
  const admin = async (method: string, what: string, body?: Json): Promise<unknown> => {
    const response = await fetch(`${new URL(url).origin}/__simulator/${what}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    if (!response.ok) throw new Error(`${method} ${what}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    url,
    requests: async () => (await admin('GET', 'requests')) as readonly LoggedRequest[],
    forget: async () => {
      await admin('DELETE', 'requests')
    },
    size: async () => ((await admin('GET', 'state')) as { readonly sites: readonly unknown[] }).sites.length,
    addFaults: async (rules) => {
      await admin('POST', 'faults', rules as unknown as Json)
    },
    close: async () => {
      forget()
      child.kill('SIGTERM')
      await exited
    }
  }
}
