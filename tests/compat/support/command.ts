import { spawn } from 'node:child_process'
import { exitOf } from '../../support/Children'
import { cleanEnvironment } from '../../support/TemporaryProject'

/** A command line: the program and its arguments. */
export type Command = readonly [string, ...string[]]

export interface Place {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a command to its end and resolves to what it printed to stdout; rejects with all that it printed when it fails. */
export const run = async ([file, ...args]: Command, { cwd, env = {} }: Place): Promise<string> => {
  const child = spawn(file, args, { cwd, env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, all] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    all += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text))
  const { code, signal } = await exitOf(child)
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} ended with ${code ?? signal}:\n${all}`)
  return out
}
