import * as assert from 'node:assert'
import * as fs from 'node:fs'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as os from 'node:os'
import * as path from 'node:path'
import * as E from 'fp-ts/Either'
import nock from 'nock'
import type { Env, Question } from '../../../provider/Env'
import { liveEnv } from '../../../provider/Live'
import { settingKeys, settingSpecs } from '../../../provider/Settings'
import { liveFetch } from '../../../provider/live/Fetch'
import { verifier } from '../../../provider/live/Verify'
import { testSettings } from '../../support/TestEnv'
import '../support/Scripted'

const fetch = liveFetch('pulumi-audiocodes-live/test')

/** Asks with a limit of time; ms. */
const ask = (
  command: string,
  { limit = 60_000, ...question }: Partial<Omit<Question, 'command'>> & { readonly limit?: number } = {}
): ReturnType<Env['verify']> =>
  verifier(fetch, { limit, grace: 100 })({ command, environment: {}, cancelled: () => false, ...question })

/** A command that is this Node. */
const node = (program: string): string => `"${process.execPath}" -e "${program}"`

/** Changes variables for the time of a task; undefined removes one. */
const withVariables = async <A>(
  changes: Readonly<Record<string, string | undefined>>,
  task: () => Promise<A>
): Promise<A> => {
  const before = Object.keys(changes).map((name) => [name, process.env[name]] as const)
  const set = (all: ReadonlyArray<readonly [string, string | undefined]>): void => {
    for (const [name, value] of all) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
  set(Object.entries(changes))
  try {
    return await task()
  } finally {
    set(before)
  }
}

const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

describe('verify: a command', () => {
  let folder: string
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-'))
  })
  afterEach(() => {
    fs.rmSync(folder, { recursive: true })
  })

  it('that ends with 0 is well, whatever it writes', async () => {
    assert.deepStrictEqual(await ask('echo all is well; echo or is it >&2'), E.right(undefined))
  })

  for (const [what, command, text] of [
    [
      'a status, and what it wrote to both streams',
      'echo one; sleep 0.05; echo two >&2; exit 3',
      'the command ended with 3\none\ntwo\n'
    ],
    ['no output', 'false', 'the command ended with 1\n'],
    ['colours are left out', "printf '\\033[31mred\\033[0m'; exit 1", 'the command ended with 1\nred'],
    ['a signal', 'kill -KILL $$', 'the command ended with SIGKILL\n'],
    ['one that does not exist', 'exec 2>/dev/null; /no/such/command', 'the command ended with 127\n'],
    ['what no shell can be given', 'echo \0', 'the command could not be started (ERR_INVALID_ARG_VALUE)']
  ] as const) {
    it(`no: ${what}`, async () => {
      assert.deepStrictEqual(await ask(command), E.left(text))
    })
  }

  it('of a long output the end is kept', async () => {
    const answer = await ask(node("process.stdout.write('x'.repeat(1e6) + 'end'); process.exitCode = 1"))
    assert.deepStrictEqual(answer, E.left(`the command ended with 1\n${'x'.repeat(16_381)}end`))
  })

  it('is told of the stage, and inherits the environment without credentials', async () => {
    const credentials = [
      ...settingKeys.filter((key) => settingSpecs[key].credential).map((key) => settingSpecs[key].env),
      'PULUMI_ACCESS_TOKEN',
      'PULUMI_CONFIG_PASSPHRASE',
      'PULUMI_CONFIG_PASSPHRASE_FILE',
      // The configuration of the stack in clear, which the engine hands to the process of a dynamic provider.
      'PULUMI_CONFIG',
      'PULUMI_CONFIG_SECRET_KEYS'
    ]
    for (const name of ['ACCESS_TOKEN', 'CLIENT_SECRET', 'CLIENT_ASSERTION_FILE'])
      assert.ok(credentials.includes(`AUDIOCODES_LIVE_${name}`), name)
    const kept = { PULUMI_STACK: 'dev', AUDIOCODES_LIVE_BASE_URL: 'https://live.example.net/tenantui', OTHER: 'kept' }
    const environment = { AUDIOCODES_LIVE_STAGE: 'batch 1 of 2', AUDIOCODES_LIVE_SITES: 'a,b' }
    const file = path.join(folder, 'environment')
    const answer = await withVariables(
      { ...Object.fromEntries(credentials.map((name) => [name, 'made-up-secret'])), ...kept },
      () => ask(`env > '${file}'`, { environment })
    )
    const lines = fs.readFileSync(file, 'utf8').split('\n')
    const expected = Object.entries({ ...kept, ...environment }).map(([name, value]) => `${name}=${value}`)
    assert.deepStrictEqual(
      {
        answer,
        told: lines.filter((line) => expected.includes(line)).sort(),
        path: lines.includes(`PATH=${process.env['PATH']}`),
        secrets: lines.filter(
          (line) => line.includes('made-up-secret') || credentials.includes(line.split('=')[0] ?? '')
        )
      },
      { answer: E.right(undefined), told: expected.sort(), path: true, secrets: [] }
    )
  })

  it('that takes too long is ended', async () => {
    assert.deepStrictEqual(await ask('exec sleep 60', { limit: 100 }), E.left('the command did not end within 0.1 s\n'))
  })

  it('is ended when the run is cancelled, with all that it has started, also what does not listen', async () => {
    const file = path.join(folder, 'child')
    /** The child writes its id when it has begun. */
    const child = (): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '')
    const deaf = `trap '' TERM; echo \\$\\$ > '${file}'; while :; do sleep 0.05; done`
    assert.deepStrictEqual(
      await ask(`trap '' TERM; echo begun; sh -c "${deaf}"; true`, { cancelled: () => child() !== '' }),
      E.left('the command was ended, for the run was cancelled\nbegun\n')
    )
    while (isAlive(Number(child()))) await new Promise((resolve) => setTimeout(resolve, 10))
  })

  it('that leaves something behind which holds its output open has ended', async () => {
    const file = path.join(folder, 'left')
    const answer = await ask(`sleep 30 & echo $! > '${file}'; echo done; exit 2`)
    process.kill(Number(fs.readFileSync(file, 'utf8')))
    assert.deepStrictEqual(answer, E.left('the command ended with 2\ndone\n'))
  })

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('exit')
    await Promise.all([ask('true'), ask('false'), ask('echo \0')])
    assert.strictEqual(process.listenerCount('exit'), before)
  })
})

describe('verify: a URL', () => {
  let server: Server
  let origin: string
  let seen: Array<string>
  let handle: (request: IncomingMessage, response: ServerResponse) => void

  before(() => {
    nock.restore()
  })
  after(() => {
    nock.activate()
  })
  beforeEach(async () => {
    seen = []
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'without credentials'}`)
      handle(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const answering = (status: number, headers: Readonly<Record<string, string>> = {}): void => {
    handle = (_request, response) => {
      response.writeHead(status, headers).end('hunter2')
    }
  }

  for (const status of [200, 204, 299]) {
    it(`that answers ${status} is well`, async () => {
      answering(status)
      assert.deepStrictEqual(
        [await ask(`${origin}/up?x=1`), seen],
        [E.right(undefined), ['GET /up?x=1 without credentials']]
      )
    })
  }

  for (const status of [302, 404, 503]) {
    it(`no: ${status}; told without what may be secret in the address, and asked once`, async () => {
      answering(status, { location: `${origin}/elsewhere` })
      const address = `${origin.replace('//', '//user:hunter2@')}/up?key=hunter2#hunter2`
      assert.deepStrictEqual(
        [await ask(address), seen],
        [E.left(`${origin}/up answered ${status}`), ['GET /up?key=hunter2 Basic dXNlcjpodW50ZXIy']]
      )
    })
  }

  it('no: it does not answer in time', async () => {
    handle = () => undefined
    assert.deepStrictEqual(
      await ask(`${origin}/up`, { limit: 50 }),
      E.left(`${origin}/up gave no answer (no complete answer within 0.05 s)`)
    )
  })

  it('no: nobody listens', async () => {
    const free = createServer()
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(free.address() as AddressInfo).port}`
    await new Promise((resolve) => free.close(resolve))
    assert.deepStrictEqual(await ask(`${address}/`), E.left(`${address}/ gave no answer (connection refused)`))
  })

  it('no: no address', async () => {
    assert.deepStrictEqual(
      await ask('https://user:hunter2@'),
      E.left('its address gave no answer (a header or the address is not valid)')
    )
  })

  it('is asked through the proxy of the environment', async () => {
    answering(200)
    const answer = await withVariables(
      { HTTP_PROXY: origin, http_proxy: undefined, NO_PROXY: undefined, no_proxy: undefined },
      () => ask('http://check.example.net/up')
    )
    assert.deepStrictEqual(
      [answer, seen],
      [E.right(undefined), ['GET http://check.example.net/up without credentials']]
    )
  })
})

describe('verify: the live capabilities', () => {
  const live = (): Env => liveEnv(testSettings(), { engineIsAlive: () => true, warn: () => undefined, run: {} })

  it('ask a command', async () => {
    const question = { environment: {}, cancelled: () => false }
    assert.deepStrictEqual(
      [await live().verify({ ...question, command: 'true' }), await live().verify({ ...question, command: 'exit 4' })],
      [E.right(undefined), E.left('the command ended with 4\n')]
    )
  })

  it('tell whether a file is there; where that cannot be found out, it may be', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'exists-'))
    fs.writeFileSync(path.join(folder, 'pause'), '')
    fs.symlinkSync('loop', path.join(folder, 'loop'))
    const { fileExists } = live()
    const answers = await Promise.all(
      ['pause', '.', 'missing', 'missing/pause', 'pause/below', 'loop'].map((name) =>
        fileExists(path.join(folder, name))
      )
    )
    fs.rmSync(folder, { recursive: true })
    assert.deepStrictEqual(answers, [true, true, false, false, false, true])
  })
})
