import * as assert from 'node:assert'
import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { exitOf, until } from '../support/Children'
import { temporaryProject } from '../support/TemporaryProject'

/** Asks before and after its standard input is closed, without a turn of the event loop in between. */
const busy = (flag: string): string => `
  const fs = require('node:fs')
  const { watchEngine } = require(${JSON.stringify(path.join(__dirname, '../../provider/live/EngineWatch'))})
  const isAlive = watchEngine(() => { fs.writeSync(1, 'gone\\n'); process.exit(3) })
  fs.writeSync(1, isAlive() + '\\n')
  while (!fs.existsSync(${JSON.stringify(flag)})) {}
  fs.writeSync(1, isAlive() + '\\n')
  setTimeout(() => {}, 60000)`

describe('protocol: the watch of the engine', () => {
  it('knows at once, before the event that tells', async () => {
    const folder = temporaryProject()
    const flag = path.join(folder.directory, 'closed')
    try {
      const child = spawn(process.execPath, ['-e', busy(flag)], { stdio: ['pipe', 'pipe', 'inherit'] })
      let out = ''
      child.stdout.on('data', (data) => (out += String(data)))
      const exited = exitOf(child)
      await until('it has asked once', () => out !== '')
      child.stdin.destroy()
      await new Promise((resolve) => child.stdin.once('close', resolve))
      fs.writeFileSync(flag, '')
      assert.deepStrictEqual([(await exited).code, out], [3, 'true\nfalse\ngone\n'])
    } finally {
      folder.dispose()
    }
  })
})
