import * as assert from 'node:assert'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as t from 'io-ts'
import nock from 'nock'
import * as Http from '../../provider/Http'
import { operation } from '../../provider/Operations'
import type { Method } from '../../provider/Retry'
import { liveFetch } from '../../provider/live/Fetch'
import { testEnv } from '../support/TestEnv'
import './support/Scripted'

/** What a scripted answer cannot show: sockets that are kept, answers that break off or come too late. */

const fetch = liveFetch('pulumi-audiocodes-live/test')

describe('fetch', () => {
  let server: Server
  let origin: string
  let handle: (request: IncomingMessage, response: ServerResponse) => void
  let sockets: number

  before(() => {
    // nock would end every connection after its answer.
    nock.restore()
  })
  after(() => {
    nock.activate()
  })
  beforeEach(async () => {
    sockets = 0
    server = createServer((request, response) => {
      request.resume()
      handle(request, response)
    })
    server.on('connection', () => (sockets += 1))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const send = (method: Method, timeout = 10_000) =>
    fetch({
      method,
      url: `${origin}/x`,
      headers: {},
      ...(method === 'POST' || method === 'PATCH' ? { body: '{}' } : {}),
      timeout
    })()

  const lost = (cause: string) => ({
    _tag: 'Left',
    left: { _tag: 'TransportFault', sent: true, passing: true, cause }
  })

  for (const [method, connections] of [
    ['GET', 1],
    ['DELETE', 1],
    ['POST', 3],
    ['PATCH', 3]
  ] as const) {
    it(`three calls of ${method}, one after the other, take ${connections} connection${connections === 1 ? '' : 's'}`, async () => {
      handle = (_, response) => response.end('{}')
      for (let n = 0; n < 3; n++) await send(method)
      assert.strictEqual(sockets, connections)
    })
  }

  it('a body in pieces and in any encoding is read as a whole', async () => {
    handle = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'r' })
      response.write('{"a":')
      setImmediate(() => response.end('"ü"}'))
    }
    const answer = await send('GET')
    assert.ok(answer._tag === 'Right')
    const { status, headers, body } = answer.right
    assert.deepStrictEqual([status, headers['x-request-id'], body], [200, 'r', '{"a":"ü"}'])
  })

  for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
    it(`${method}: no answer at all within the time limit`, async () => {
      handle = () => undefined
      assert.deepStrictEqual(await send(method, 60), lost('no complete answer within 0.06 s'))
    })
    it(`${method}: the time limit covers the body`, async () => {
      handle = (_, response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{"half":')
      }
      assert.deepStrictEqual(await send(method, 60), lost('no complete answer within 0.06 s'))
    })
  }

  const ends: ReadonlyArray<readonly [name: string, end: (response: ServerResponse) => void, cause: string]> = [
    ['a reset', (response) => void response.socket?.resetAndDestroy(), 'the connection was reset'],
    ['an end', (response) => void response.socket?.end(), 'the answer broke off'],
    ['a close', (response) => void response.socket?.destroy(), 'the answer broke off']
  ]
  for (const [length, head] of [
    ['known', { 'content-length': '100' }],
    ['unknown', { 'transfer-encoding': 'chunked' }]
  ] as const) {
    for (const [name, end, cause] of ends) {
      it(`half a body of ${length} length, then ${name}: told at once, not at the end of the time limit`, async () => {
        handle = (_, response) => {
          response.writeHead(200, head)
          response.write('{"half":', () => setTimeout(() => end(response), 20))
        }
        assert.deepStrictEqual(await send('GET', 3_000), lost(cause))
      })
    }
  }

  it('a redirect is not followed', async () => {
    const asked: Array<string | undefined> = []
    handle = ({ url }, response) => {
      asked.push(url)
      response.writeHead(302, { location: `${origin}/login` }).end()
    }
    const answer = await send('PATCH')
    assert.deepStrictEqual([answer._tag === 'Right' && answer.right.status, asked], [302, ['/x']])
  })

  it('nobody listens: nothing was sent', async () => {
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const answer = await fetch({ method: 'PATCH', url: `http://127.0.0.1:${port}/x`, headers: {}, timeout: 1000 })()
    assert.deepStrictEqual(answer, {
      _tag: 'Left',
      left: { _tag: 'TransportFault', sent: false, passing: true, cause: 'connection refused' }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })

  it('a header that cannot be sent: nothing was sent, and no later try goes better', async () => {
    const answer = await fetch({
      method: 'POST',
      url: `${origin}/x`,
      headers: { authorization: 'Bearer made\nup' },
      timeout: 1000
    })()
    assert.deepStrictEqual(answer, {
      _tag: 'Left',
      left: {
        _tag: 'TransportFault',
        sent: false,
        passing: false,
        cause: 'a header or the address is not valid'
      }
    })
  })

  it('the time limits of the settings: requestTimeout for GET and DELETE, programTimeout for POST and PATCH', async () => {
    const limits: Array<readonly [string, number]> = []
    const { env } = testEnv(
      { requestTimeout: 7, programTimeout: 70 },
      {
        fetch: (request) => () => {
          limits.push([request.method, request.timeout])
          return Promise.resolve({ _tag: 'Right', right: { status: 200, headers: {}, body: '{}' } })
        }
      }
    )
    for (const method of ['GET', 'DELETE', 'POST', 'PATCH'] as const) {
      await operation('lookup', [])(Http.send({ method, path: '/x', answer: t.unknown }))(env)()
    }
    assert.deepStrictEqual(limits, [
      ['GET', 7_000],
      ['DELETE', 7_000],
      ['POST', 70_000],
      ['PATCH', 70_000]
    ])
  })

  it('the time limit of a request is never longer than what is left of the operation', async () => {
    const limits: Array<number> = []
    const { env } = testEnv(
      { requestTimeout: 60, operationTimeout: 61 },
      {
        random: () => 0.5,
        fetch: (request) => () => {
          limits.push(request.timeout)
          return Promise.resolve({ _tag: 'Right', right: { status: 500, headers: { 'retry-after': '20' }, body: '' } })
        }
      }
    )
    await operation('lookup', [])(Http.send({ method: 'GET', path: '/x', answer: t.unknown }))(env)()
    assert.deepStrictEqual(limits, [60_000, 40_750, 20_500, 250])
  })
})
