import { type ChildProcess, spawn } from 'node:child_process'
import * as path from 'node:path'
import { type Simulator, STATIC_TOKEN, type Switches, startSimulator } from '../../../simulator'
import { atExit, type Exit, exitOf } from '../../support/Children'
import { type JsonObject, secretOnTheWire } from '../../support/Json'
import { repositoryRoot } from '../../support/repository'
import { cleanEnvironment } from '../../support/TemporaryProject'
import { type FakeEngine, fakeEngine } from './FakeEngine'
import { PluginClient } from './PluginClient'

/** The executable as users have it. */
export const executable = path.join(repositoryRoot, 'bin', 'pulumi-resource-audiocodes-live')

/** The plugin as a process of its own, as an engine starts it. */
export interface PluginProcess {
  readonly client: PluginClient
  readonly child: ChildProcess
  /** All that it has printed beside its port. */
  readonly printed: () => string
  readonly exited: Promise<Exit>
  readonly close: () => Promise<void>
}

/** Starts the plugin; resolves when it listens. */
export const startPlugin = async (engineAddress: string, env: NodeJS.ProcessEnv = {}): Promise<PluginProcess> => {
  // stdin stays open: its end tells the plugin that the engine is dead.
  const child = spawn(executable, [engineAddress], { env: cleanEnvironment(env), stdio: ['pipe', 'pipe', 'pipe'] })
  const forget = atExit(() => child.kill('SIGKILL'))
  const exited = exitOf(child)
  let [out, err] = ['', '']
  child.stdin.on('error', () => undefined)
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const port = await Promise.race([
    new Promise<number>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
        const line = /^(\d+)\n/.exec(out)
        if (line?.[1] !== undefined) resolve(Number(line[1]))
      })
    }),
    exited.then((exit) => {
      throw new Error(`the plugin ended (${exit.code ?? exit.signal}): ${out}${err}`)
    })
  ])
  const client = new PluginClient(port)
  return {
    client,
    child,
    printed: () => `${out.slice(out.indexOf('\n') + 1)}${err}`,
    exited,
    close: async () => {
      client.close()
      child.kill('SIGKILL')
      await exited
      forget()
    }
  }
}

/** The platform (the simulator), an engine that takes lines, and the plugin between them, configured. */
export interface Rig {
  readonly platform: Simulator
  readonly engine: FakeEngine
  readonly plugin: PluginClient
  readonly process: PluginProcess
  readonly close: () => Promise<void>
}

export interface RigOptions {
  /** Configuration in addition to the usual one. */
  readonly settings?: JsonObject
  readonly switches?: Partial<Switches>
  /** Name of the provider instance; default `default`. */
  readonly name?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Waits are short, since the platform is near, and no request waits for its turn. */
export const configOf = (platform: Simulator): JsonObject => ({
  baseUrl: platform.url,
  accessToken: secretOnTheWire(STATIC_TOKEN),
  requestTimeout: '5',
  programTimeout: '5',
  operationTimeout: '10',
  pollInterval: '0.01',
  maxRetries: '1',
  requestsPerSecond: '0'
})

export const startRig = async ({ settings = {}, switches, name, env = {} }: RigOptions = {}): Promise<Rig> => {
  const platform = await startSimulator({ switches })
  const engine = await fakeEngine()
  const process = await startPlugin(engine.address, env)
  await process.client.handshake(engine.address)
  await process.client.configure({ ...configOf(platform), ...settings }, name)
  return {
    platform,
    engine,
    plugin: process.client,
    process,
    close: async () => {
      await process.close()
      engine.close()
      await platform.close()
    }
  }
}

/** Runs a test with a rig of its own. */
export const withRig = async (options: RigOptions, test: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await startRig(options)
  try {
    await test(rig)
  } finally {
    await rig.close()
  }
}
