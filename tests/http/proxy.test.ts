import * as assert from 'node:assert'
import { type IncomingMessage, type Server, createServer } from 'node:http'
import { type AddressInfo, type Socket, connect } from 'node:net'
import nock from 'nock'
import { liveFetch } from '../../provider/live/Fetch'
import './support/Scripted'

const fetch = liveFetch('pulumi-audiocodes-live/test')

const names = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()])

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const closed = async (server: Server): Promise<void> => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

describe('fetch: proxies of the environment', () => {
  let target: Server
  let proxy: Server
  let targetUrl: string
  let proxyUrl: string
  /** Requests that the proxy has seen. */
  let seen: Array<string>
  let kept: ReadonlyArray<readonly [string, string | undefined]>

  before(() => {
    nock.restore()
    kept = names.map((name) => [name, process.env[name]])
  })
  after(() => {
    nock.activate()
  })
  beforeEach(async () => {
    for (const name of names) delete process.env[name]
    seen = []
    target = createServer((request, response) => {
      request.resume()
      response.end(JSON.stringify({ path: request.url }))
    })
    proxy = createServer((request: IncomingMessage, response) => {
      seen.push(`${request.method} ${request.url}`)
      request.resume()
      response.end(JSON.stringify({ proxied: request.url }))
    })
    // A tunnel to the target, whatever host is asked for.
    proxy.on('connect', (request: IncomingMessage, client: Socket) => {
      seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
      const port = Number(new URL(targetUrl).port)
      const server = connect(port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        client.pipe(server).pipe(client)
      })
      client.on('error', () => server.destroy())
      server.on('error', () => client.destroy())
    })
    targetUrl = `http://127.0.0.1:${await listening(target)}`
    proxyUrl = `http://127.0.0.1:${await listening(proxy)}`
  })
  afterEach(async () => {
    for (const [name, value] of kept) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    await closed(target)
    await closed(proxy)
  })

  const send = async (url: string, method: 'GET' | 'PATCH' = 'GET'): Promise<unknown> => {
    const answer = await fetch({
      method,
      url,
      headers: {},
      ...(method === 'PATCH' ? { body: '{}' } : {}),
      timeout: 5000
    })()
    return answer._tag === 'Right' ? JSON.parse(answer.right.body) : answer.left
  }

  it('none: straight to the target', async () => {
    assert.deepStrictEqual([await send(`${targetUrl}/a`), seen], [{ path: '/a' }, []])
  })

  for (const name of ['HTTP_PROXY', 'http_proxy']) {
    for (const method of ['GET', 'PATCH'] as const) {
      it(`${name}: ${method} over http goes to the proxy with the whole address`, async () => {
        process.env[name] = proxyUrl
        const url = 'http://live.example.net/tenantui/api?x=1'
        assert.deepStrictEqual([await send(url, method), seen], [{ proxied: url }, [`${method} ${url}`]])
      })
    }
  }

  it('HTTP_PROXY does not count for https', async () => {
    process.env['HTTP_PROXY'] = proxyUrl
    // Nobody listens there, so that the attempt ends at once.
    const free = createServer()
    const port = await listening(free)
    await closed(free)
    await send(`https://127.0.0.1:${port}/a`)
    assert.deepStrictEqual(seen, [])
  })

  for (const name of ['HTTPS_PROXY', 'https_proxy']) {
    for (const method of ['GET', 'PATCH'] as const) {
      it(`${name}: ${method} over https asks the proxy for a tunnel, with its credentials`, async () => {
        process.env[name] = proxyUrl.replace('//', '//user:secret@')
        // The target speaks no TLS, so that the call fails behind the tunnel; what counts is who was asked for it.
        const answer = await send('https://live.example.net/tenantui/api', method)
        assert.deepStrictEqual(
          [(answer as { _tag?: string })._tag, seen],
          ['TransportFault', ['CONNECT live.example.net:443 Basic dXNlcjpzZWNyZXQ=']]
        )
      })
    }
  }

  for (const [name, value, proxied] of [
    ['the host', () => '127.0.0.1', false],
    ['the host among others', () => 'live.example.net, 127.0.0.1', false],
    ['host and port', () => new URL(targetUrl).host, false],
    ['everything', () => '*', false],
    ['another host', () => 'live.example.net', true],
    ['another port', () => '127.0.0.1:1', true]
  ] as const) {
    it(`NO_PROXY with ${name}: the proxy is ${proxied ? '' : 'not '}asked`, async () => {
      process.env['HTTP_PROXY'] = proxyUrl
      process.env['NO_PROXY'] = value()
      const url = `${targetUrl}/a`
      assert.deepStrictEqual(
        [await send(url), seen],
        proxied ? [{ proxied: url }, [`GET ${url}`]] : [{ path: '/a' }, []]
      )
    })
  }

  it('a proxy that is not there: nothing was sent', async () => {
    const free = createServer()
    const port = await listening(free)
    await closed(free)
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${port}`
    assert.deepStrictEqual(await send('https://live.example.net/a', 'PATCH'), {
      _tag: 'TransportFault',
      sent: false,
      passing: true,
      cause: 'connection refused'
    })
  })

  it('the variables are read at call time', async () => {
    await send(`${targetUrl}/a`)
    process.env['HTTP_PROXY'] = proxyUrl
    await send('http://live.example.net/b')
    delete process.env['HTTP_PROXY']
    await send(`${targetUrl}/c`)
    assert.deepStrictEqual(seen, ['GET http://live.example.net/b'])
  })
})
