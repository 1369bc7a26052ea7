import { spawn } from 'node:child_process'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import type { Stack } from '../support/Stack'
import { cleanEnvironment } from '../support/TemporaryProject'

const main = path.join(__dirname, '../../cli/main.js')
const engine = path.join(repositoryRoot, '.engine', 'bin')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Surroundings {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Standard input. */
  readonly input?: string | Buffer
}

/** Runs `audiocodes-live` to its end, without the settings of the developer's machine. */
export const command = (
  args: ReadonlyArray<string>,
  { cwd, env = {}, input = '' }: Surroundings = {}
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env: cleanEnvironment(env) })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
    // A command that does not read its input may have ended before it was written.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })

/** Folder and environment in which a user of this stack calls the command. */
export const within = (stack: Stack, env: NodeJS.ProcessEnv = {}): Surroundings => ({
  cwd: stack.directory,
  env: {
    PATH: [engine, path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter),
    PULUMI_HOME: path.join(stack.directory, 'home'),
    PULUMI_BACKEND_URL: `file://${path.join(stack.directory, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: 'harness',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    ...env
  }
})
