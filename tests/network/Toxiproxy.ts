import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import * as path from 'node:path'
import { atExit, exitOf, pidOf, signalTo, until } from '../support/Children'
import { repositoryRoot } from '../support/repository'

/**
 * toxiproxy (github.com/Shopify/toxiproxy) between two ports: a network that can be made slow, narrow or broken while it is in use. See its
 * README for the toxics and their attributes.
 */

export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'timeout' | 'reset_peer' | 'slicer' | 'limit_data'
  /** `downstream`, which is the default: from the platform to the provider. */
  readonly stream?: 'upstream' | 'downstream'
  /** The part of the connections that it strikes, from 0 to 1. Default 1. */
  readonly toxicity?: number
  readonly attributes: Readonly<Record<string, number>>
}

export interface Toxiproxy {
  /** The address behind the proxy as it is seen through it. */
  readonly through: (url: string) => Promise<string>
  /** Makes the proxy to this address faulty, for connections that are open too. */
  readonly add: (toxic: Toxic) => Promise<void>
  /** Takes all toxics away. */
  readonly heal: () => Promise<void>
  readonly end: () => Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })

const name = 'platform'

/** Starts a proxy process. `seed` decides which connections a toxic of less than full toxicity strikes. */
export const startToxiproxy = async (seed = 1): Promise<Toxiproxy> => {
  execFileSync('sh', [path.join(repositoryRoot, 'engine', 'make-toxiproxy.sh')], { stdio: 'pipe' })
  const port = await freePort()
  const child = spawn(
    path.join(repositoryRoot, '.engine', 'bin', 'toxiproxy-server'),
    ['-host', '127.0.0.1', '-port', String(port), '-seed', String(seed)],
    { stdio: 'ignore' }
  )
  const exited = exitOf(child)
  const pid = pidOf(child)
  const forget = atExit(() => {
    signalTo(pid, 'SIGKILL')
  })

  const api = async (method: string, at: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}${at}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`toxiproxy answers ${answer.status} to ${method} ${at}: ${text}`)
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  }
  let ready = false
  await until('toxiproxy answers', () => {
    api('GET', '/version').then(
      () => (ready = true),
      () => undefined
    )
    return ready
  })
  return {
    through: async (url) => {
      const { host, pathname } = new URL(url)
      const made = await api('POST', '/proxies', { name, listen: '127.0.0.1:0', upstream: host, enabled: true })
      return `http://${(made as { readonly listen: string }).listen}${pathname}`
    },
    add: async (toxic) => {
      await api('POST', `/proxies/${name}/toxics`, { stream: 'downstream', toxicity: 1, ...toxic })
    },
    heal: async () => {
      const toxics = (await api('GET', `/proxies/${name}/toxics`)) as ReadonlyArray<{ readonly name: string }>
      for (const toxic of toxics) await api('DELETE', `/proxies/${name}/toxics/${toxic.name}`)
    },
    end: async () => {
      signalTo(pid, 'SIGTERM')
      await exited
      forget()
    }
  }
}
