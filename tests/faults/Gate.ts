import * as http from 'node:http'
import type { AddressInfo } from 'node:net'

/** What stands between the provider and the platform: `astray` leads to a path where nothing is. */
export type Way = 'open' | 'shut' | 'astray'

/** An address of its own that leads to the platform, nowhere, or to a wrong path. Its port stays the same. */
export interface Gate {
  readonly url: string
  readonly lead: (way: Way) => Promise<void>
}

const listen = (server: http.Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

const stop = (server: http.Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** @param origin of the platform */
export const openGate = async (origin: string): Promise<Gate> => {
  let way: Way = 'open'
  const server = http.createServer((request, response) => {
    const { method, headers, url = '/' } = request
    const onward = http.request(
      `${origin}${way === 'astray' ? '/portal' : ''}${url}`,
      { method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }
    )
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/tenantui`,
    lead: async (to) => {
      if (way !== 'shut' && to === 'shut') await stop(server)
      if (way === 'shut' && to !== 'shut') await listen(server, port)
      way = to
    }
  }
}
