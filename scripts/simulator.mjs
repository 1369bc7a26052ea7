// The simulator of the quickstart, in the background.
//
// Usage: node scripts/simulator.mjs start    starts it, or takes the one that runs; prints a line and the port
//        node scripts/simulator.mjs stop     stops the one that `start` started
//
//   AUDIOCODES_LIVE_SIMULATOR_PORT   its port; the last one unless set, 8787 the first time
//
// In .state: simulator.pid, simulator.port, simulator.log, and simulator.fresh from the moment that a simulator may be
// without what the stack made in an earlier one, since it keeps everything in memory. scripts/up.sh removes that mark.

import { execFileSync, spawn } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'

const root = path.dirname(import.meta.dirname)
const state = path.join(root, '.state')
const file = {
  pid: path.join(state, 'simulator.pid'),
  port: path.join(state, 'simulator.port'),
  log: path.join(state, 'simulator.log'),
  fresh: path.join(state, 'simulator.fresh')
}
const program = path.join(root, 'dist/cli/main.js')

/** @param {string} text @returns {never} */
const fail = (text) => {
  console.error(`simulator: ${text}`)
  process.exit(1)
}
/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** @param {string} name @returns {number | undefined} the number that a file holds */
const numberIn = (name) => {
  const value = fs.existsSync(name) ? Number.parseInt(fs.readFileSync(name, 'utf8'), 10) : NaN
  return Number.isNaN(value) ? undefined : value
}

const askedPort = () => {
  const text = process.env['AUDIOCODES_LIVE_SIMULATOR_PORT'] ?? ''
  if (text === '') return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65535 ? port : fail(`AUDIOCODES_LIVE_SIMULATOR_PORT is no port from 1 to 65535`)
}

/** @param {number} port @returns {Promise<'simulator' | 'other' | 'nobody'>} who answers there */
const whoAnswers = async (port) => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/__simulator/health`, { signal: AbortSignal.timeout(2000) })
    return response.ok && /"status":\s*"ok"/.test(await response.text()) ? 'simulator' : 'other'
  } catch (cause) {
    const { code } = /** @type {{ code?: unknown }} */ (cause instanceof Error ? (cause.cause ?? {}) : {})
    return code === 'ECONNREFUSED' ? 'nobody' : 'other'
  }
}

/** @returns {number | undefined} the process that `start` started, if it still runs; its id may be another program's by now */
const ownProcess = () => {
  const pid = numberIn(file.pid)
  if (pid === undefined) return undefined
  try {
    const command = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes(program) ? pid : undefined
  } catch {
    return undefined
  }
}

/** @returns {Promise<boolean>} whether there was one to stop */
const stop = async () => {
  const pid = ownProcess()
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM')
    for (let tries = 0; tries < 50 && ownProcess() !== undefined; tries++) await sleep(100)
    if (ownProcess() !== undefined) process.kill(pid, 'SIGKILL')
  }
  fs.rmSync(file.pid, { force: true })
  return pid !== undefined
}

/** @param {number} port */
const launch = async (port) => {
  const log = fs.openSync(file.log, 'a')
  const child = spawn(process.execPath, [program, 'simulate', '--port', String(port)], {
    detached: true,
    stdio: ['ignore', log, log]
  })
  child.unref()
  fs.writeFileSync(file.pid, `${child.pid}\n`)
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    if ((await whoAnswers(port)) === 'simulator') return
    await sleep(100)
  }
  await stop()
  const last = fs.readFileSync(file.log, 'utf8').trim().split('\n').slice(-5).join('\n')
  fail(`it did not start; the end of ${path.relative(root, file.log)}:\n${last}`)
}

const start = async () => {
  fs.mkdirSync(state, { recursive: true })
  const last = numberIn(file.port)
  const port = askedPort() ?? last ?? 8787
  const own = port === last ? ownProcess() : undefined
  const answer = await whoAnswers(port)
  if (port !== last && answer !== 'other') await stop()
  switch (answer) {
    case 'other':
      return fail(
        `port ${port} is taken by something that is not the simulator; ` +
          `choose another one: AUDIOCODES_LIVE_SIMULATOR_PORT=${port + 1} make up`
      )
    case 'simulator':
      // One that somebody else started may have forgotten what an earlier one was told.
      if (own === undefined) fs.writeFileSync(file.fresh, '')
      console.log(`simulator: runs on port ${port}`)
      break
    case 'nobody':
      await stop()
      fs.writeFileSync(file.fresh, '')
      await launch(port)
      console.log(`simulator: started on port ${port}, log in ${path.relative(root, file.log)}`)
      break
  }
  fs.writeFileSync(file.port, `${port}\n`)
}

switch (process.argv[2] ?? '') {
  case 'start':
    await start()
    break
  case 'stop':
    console.log((await stop()) ? 'simulator: stopped' : 'simulator: was not running')
    break
  default:
    fail('usage: node scripts/simulator.mjs start|stop')
}
