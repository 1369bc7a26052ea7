// What lookups do to the process of a program: they load late, and do not keep it.

import * as assert from 'node:assert'
import { fork } from 'node:child_process'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as path from 'node:path'
import { exitOf } from '../../support/Children'
import { repositoryRoot } from '../../support/repository'
import { cleanEnvironment, temporaryProject } from '../../support/TemporaryProject'

/** Runs a script in a process of its own, and gives what it told. */
const run = async (script: string, environment: Readonly<Record<string, string>> = {}): Promise<unknown> => {
  const project = temporaryProject()
  try {
    const child = fork(project.write('program.js', script), [], {
      env: cleanEnvironment(environment),
      cwd: project.directory
    })
    let told: unknown
    child.on('message', (message) => (told = message))
    const { code } = await exitOf(child)
    assert.strictEqual(code, 0)
    return told
  } finally {
    project.dispose()
  }
}

/** Ends the channel to the parent, which would keep the process. */
const tell = 'const tell = (value) => process.send(value, () => process.disconnect())'

const loadedFiles = `Object.keys(require.cache)
  .map((file) => file.replace(${JSON.stringify(path.join(repositoryRoot, 'dist/'))}, ''))
  .filter((file) => /^(provider|sdk)\\//.test(file) || /node_modules.(node-fetch|fp-ts)./.test(file))`

describe('The package in the process of a program', function () {
  this.timeout(20_000)

  it('loads what describes data, and nothing of the network', async () => {
    const files = (await run(`${tell}
      require('pulumi-audiocodes-live')
      tell(${loadedFiles})`)) as ReadonlyArray<string>
    assert.deepStrictEqual(
      files.filter((file) => file.startsWith('provider/')).sort(),
      [
        'Codecs',
        'Decode',
        'Inputs',
        'Json',
        'SecretMarks',
        'Secrets',
        'Settings',
        'Shape',
        'Signature',
        'Unknowns',
        ...[
          'dial-plan',
          'fleet',
          'hosted-essentials-service',
          'numbers-guard',
          'operator-connect-service',
          'services'
        ].map((folder) => `${folder}/Args`),
        'sip-connection/Args'
      ].map((name) => `provider/${name}.js`)
    )
    assert.deepStrictEqual(
      files.filter((file) => file.includes('node-fetch')),
      []
    )
  })

  it('lets it end, although the platform keeps the connection', async () => {
    const server: Server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
    })
    // Never closed from that side.
    server.keepAliveTimeout = 0
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const told = await run(
        `${tell}
         const live = require('pulumi-audiocodes-live')
         Promise.all([live.getServices(), live.getScriptTemplates(), live.getTask({ taskId: 'x' }).catch((error) => error.message.split('\\n')[0])]).then(tell)`,
        {
          AUDIOCODES_LIVE_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tenantui`,
          AUDIOCODES_LIVE_ACCESS_TOKEN: 'token'
        }
      )
      assert.deepStrictEqual(told, [
        [],
        [],
        'Lookup getTask(taskId: "x") failed: the answer to GET is not as documented: expected an object (TaskAnswer); expected an object (Task)'
      ])
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
