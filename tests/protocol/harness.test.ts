import * as assert from 'node:assert'
import { isAlive } from '../support/Children'
import { type JsonObject, secretOnTheWire } from '../support/Json'
import { failureOf, ProtocolServer, type ProtocolServerOptions } from '../support/ProtocolServer'
import { unknowns } from '../support/unknowns'

/** A provider that answers with what it was asked, so that the harness is what these tests see. */
const echo = `
const calls = []
exports.handler = () => ({
  configure: (request) => {
    calls.push({ baseUrl: request.config.get('toy:baseUrl'), token: request.config.get('toy:token') })
  },
  check: async (olds, news) => ({
    inputs: { ...news, defaulted: true, olds: Object.keys(olds).length },
    failures: (news.problems || []).map((reason) => ({ property: '', reason }))
  }),
  diff: async (id, olds, news) => ({ ...olds.answer, replaces: news.keys && [...news.keys, id] }),
  create: async (inputs) => {
    if (inputs.fail === 'plain') throw new Error('line one\\nline two')
    if (inputs.fail === 'partly') {
      throw { message: 'in part', id: 'guid-7', properties: { ...inputs, site: 'guid-7' }, reasons: ['r1\\nmore', 'r2'] }
    }
    if (inputs.fail === 'never') return new Promise(() => {})
    return { id: 'guid-1', outs: { ...inputs, calls } }
  },
  update: async (id, olds, news) => ({ outs: { ...news, id, was: olds.name } }),
  read: async (id, props) => {
    if (id === 'gone') return {}
    return { id, props: { ...props, live: true }, inputs: props.withInputs ? { name: 'live' } : undefined }
  },
  delete: async (id, props) => {
    console.log('deleted ' + id)
    console.warn('warned of ' + props.name)
    if (props.fail) throw new Error('still there')
  }
})`

describe('ProtocolServer', () => {
  let server: ProtocolServer
  before(async () => {
    server = await ProtocolServer.start({ provider: echo })
  })
  after(() => server.close())

  it('hands configuration over, secrets in clear', async () => {
    await server.configure({ 'toy:baseUrl': 'https://live', 'toy:token': secretOnTheWire('t0ken') })
    assert.deepStrictEqual(await server.create({ name: 'a' }), {
      id: 'guid-1',
      outs: { name: 'a', calls: [{ baseUrl: 'https://live', token: 't0ken' }] }
    })
  })

  it('checks, with the failures', async () => {
    assert.deepStrictEqual(await server.check({}, { name: 'a', problems: ['name: bad\nworse', 'sbcId: missing'] }), {
      inputs: { name: 'a', problems: ['name: bad\nworse', 'sbcId: missing'], defaulted: true, olds: 0 },
      failures: [
        { property: '', reason: 'name: bad\nworse' },
        { property: '', reason: 'sbcId: missing' }
      ]
    })
    assert.deepStrictEqual(await server.check({ name: 'b' }, { name: 'a' }), {
      inputs: { name: 'a', defaulted: true, olds: 2 },
      failures: []
    })
  })

  it('hands the unknown values of all seven kinds over as they are', async () => {
    assert.deepStrictEqual(await server.check({}, unknowns), {
      inputs: { ...unknowns, defaulted: true, olds: 0 },
      failures: []
    })
  })

  it('tells the three answers of diff apart', async () => {
    const diff = (answer: JsonObject, news: JsonObject = {}) => server.diff('guid-1', { answer }, news)
    assert.deepStrictEqual(await diff({ changes: false }), {
      changes: 'none',
      replaces: [],
      deleteBeforeReplace: false
    })
    assert.deepStrictEqual(await diff({ changes: true, deleteBeforeReplace: true }), {
      changes: 'some',
      replaces: [],
      deleteBeforeReplace: true
    })
    assert.deepStrictEqual(await diff({}, { keys: ['customerGuid'] }), {
      changes: 'unknown',
      replaces: ['customerGuid', 'guid-1'],
      deleteBeforeReplace: false
    })
  })

  it('updates and reads', async () => {
    assert.deepStrictEqual(await server.update('guid-1', { name: 'old' }, { name: 'new' }), {
      name: 'new',
      id: 'guid-1',
      was: 'old'
    })
    assert.deepStrictEqual(await server.read('guid-1', { name: 'a' }), {
      id: 'guid-1',
      props: { name: 'a', live: true }
    })
    assert.deepStrictEqual(await server.read('guid-1', { withInputs: true }), {
      id: 'guid-1',
      props: { withInputs: true, live: true },
      inputs: { name: 'live' }
    })
    assert.deepStrictEqual(await server.read('gone', { name: 'a' }), { id: '', props: {} })
  })

  it('deletes, and collects what the provider prints', async () => {
    await server.delete('guid-3', { name: 'c' })
    assert.strictEqual(server.stdout(), 'deleted guid-3\n')
    assert.strictEqual(server.stderr(), 'warned of c\n')
    assert.deepStrictEqual(await failureOf(server.delete('guid-3', { fail: true })), {
      code: 2,
      message: 'still there'
    })
  })

  it('tells a plain failure from a partial one, which keeps its properties as they were sent', async () => {
    assert.deepStrictEqual(await failureOf(server.create({ fail: 'plain' })), {
      code: 2,
      message: 'line one\nline two'
    })
    assert.deepStrictEqual(await failureOf(server.create({ fail: 'partly' })), {
      code: 2,
      message: 'in part',
      initFailed: {
        id: 'guid-7',
        properties: { __provider: echo, fail: 'partly', site: 'guid-7' },
        reasons: ['r1\nmore', 'r2']
      }
    })
  })

  it('rejects failureOf when there is none', async () => {
    await assert.rejects(failureOf(server.delete('guid-1', {})), { message: 'the call succeeded' })
  })
})

describe('ProtocolServer, its process', () => {
  const start = async (
    provider: string,
    use: (server: ProtocolServer) => Promise<void>,
    options: ProtocolServerOptions = {}
  ): Promise<void> => {
    const server = await ProtocolServer.start({ provider, ...options })
    try {
      await use(server)
    } finally {
      await server.close()
    }
  }

  it('runs with the environment given, in a folder from which the package and the SDK resolve', () =>
    start(
      `const path = require('path'), fs = require('fs')
       exports.handler = () => ({ create: async () => ({ id: '1', outs: {
         env: process.env.TOY,
         package: JSON.parse(fs.readFileSync(require.resolve('pulumi-audiocodes-live/package.json'), 'utf8')).name,
         sdk: path.basename(path.dirname(require.resolve('@pulumi/pulumi/package.json')))
       } }) })`,
      async (server) => {
        assert.deepStrictEqual(await server.create({}), {
          id: '1',
          outs: { env: 'from the test', package: 'pulumi-audiocodes-live', sdk: 'pulumi' }
        })
      },
      { env: { TOY: 'from the test' } }
    ))

  it('sees a closed stdin as the end of the engine', () =>
    start(
      `process.stdin.resume().on('end', () => process.exit(7))
       exports.handler = () => ({ create: async () => ({ id: '1', outs: {} }) })`,
      async (server) => {
        await server.create({})
        assert.strictEqual(isAlive(server.pid), true)
        server.closeStdin()
        assert.deepStrictEqual(await server.exited, { code: 7, signal: null })
      }
    ))

  it('is ended by a signal, and answers no more', () =>
    start(echo, async (server) => {
      server.kill('SIGTERM')
      assert.deepStrictEqual(await server.exited, { code: null, signal: 'SIGTERM' })
      assert.strictEqual(isAlive(server.pid), false)
      assert.strictEqual((await failureOf(server.create({}))).code, 14)
    }))

  it('fails a call that is never answered, at the deadline', () =>
    start(
      echo,
      async (server) => {
        assert.strictEqual((await failureOf(server.create({ fail: 'never' }))).code, 4)
      },
      { deadline: 2 }
    ))

  it('does not start with a server that is not there', () =>
    assert.rejects(ProtocolServer.start({ sdk: '/nowhere' }), /the dynamic-provider server ended \(1\)[^]*\/nowhere/))
})
