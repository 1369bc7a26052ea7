import { type ChildProcess, spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import * as E from 'fp-ts/Either'
import type { Env, Fetch, Question } from '../Env'
import { settingKeys, settingSpecs } from '../Settings'

/** The question whether a rollout may go on: to a URL, or to a command of the shell. */

/** How long things may take, ms. */
interface Patience {
  /** An answer that takes longer is a no. */
  readonly limit: number
  /** For a command to end that was told so, and for its output to end after it: what it has left behind may hold it open. */
  readonly grace: number
}

/** Asks a command or a URL. */
export const verifier =
  (fetch: Fetch, patience: Patience): Env['verify'] =>
  (question) =>
    /^https?:\/\//i.test(question.command)
      ? urlAnswer(question.command, fetch, patience)
      : commandAnswer(question, patience).catch((error: unknown) => E.left(notStarted(error)))

/** User name, password and query of an address may be secrets. */
const shownUrl = (url: string): string =>
  URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : 'its address'

const urlAnswer = async (url: string, fetch: Fetch, { limit }: Patience): Promise<E.Either<string, void>> => {
  const answer = await fetch({ method: 'GET', url, headers: { accept: '*/*' }, timeout: limit })()
  if (E.isLeft(answer)) return E.left(`${shownUrl(url)} gave no answer (${answer.left.cause})`)
  const { status } = answer.right
  return status >= 200 && status < 300 ? E.right(undefined) : E.left(`${shownUrl(url)} answered ${status}`)
}

/** The credentials of the provider, and what holds or opens those of the stack: `PULUMI_CONFIG` is its configuration in clear. */
const isCredential = (name: string): boolean =>
  /^PULUMI_(CONFIG|ACCESS_TOKEN)/i.test(name) ||
  settingKeys.some((key) => settingSpecs[key].credential && settingSpecs[key].env === name.toUpperCase())

/** The environment of a command: that of this process without credentials, and what it is told. */
const environmentFor = (told: Question['environment']): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !isCredential(name))),
  ...told
})

const notStarted = (error: unknown): string =>
  `the command could not be started (${(error as { code?: string } | undefined)?.code ?? 'unknown reason'})`

/** Bytes that are kept of an output, from its end; more than what is shown, so that no secret is shown in part. */
const keptBytes = 16_384

/** The end of what a command writes, to either stream. */
const outputOf = ({ stdout, stderr }: ChildProcess): (() => string) => {
  let kept = Buffer.alloc(0)
  for (const stream of [stdout, stderr])
    stream?.on('data', (chunk: Buffer) => {
      kept = Buffer.concat([kept, chunk]).subarray(-keptBytes)
    })
  return () => stripVTControlCharacters(kept.toString('utf8'))
}

/** Ends a command with all that it has started: a shell alone would leave them behind. */
const kill = ({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void => {
  try {
    if (pid !== undefined) process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // It has ended by itself.
  }
}

const commandAnswer = (
  { command, environment, cancelled }: Question,
  { limit, grace }: Patience
): Promise<E.Either<string, void>> =>
  new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      // A group of its own, which can be ended as a whole.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environmentFor(environment)
    })
    const output = outputOf(child)
    const timers: Array<NodeJS.Timeout> = []
    let stopped: string | undefined

    const stop = (why: string): void => {
      if (stopped !== undefined) return
      stopped = why
      kill(child, 'SIGTERM')
      timers.push(setTimeout(killAll, grace))
    }
    const killAll = (): void => {
      kill(child, 'SIGKILL')
    }
    const clear = (): void => {
      for (const timer of timers) clearTimeout(timer)
    }
    const end = (how: string | undefined): void => {
      clear()
      process.off('exit', killAll)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve(how === undefined ? E.right(undefined) : E.left(`${how}\n${output()}`))
    }

    timers.push(
      setTimeout(() => {
        stop(`the command did not end within ${limit / 1000} s`)
      }, limit),
      setInterval(() => {
        if (cancelled()) stop('the command was ended, for the run was cancelled')
      }, 100)
    )
    process.on('exit', killAll)
    child.on('error', (error) => {
      end(notStarted(error))
    })
    child.on('exit', (code, signal) => {
      clear()
      if (stopped !== undefined) killAll()
      const how = stopped ?? (code === 0 ? undefined : `the command ended with ${code ?? signal ?? 'nothing'}`)
      const tell = (): void => {
        end(how)
      }
      child.once('close', tell)
      timers.push(setTimeout(tell, grace))
    })
  })
