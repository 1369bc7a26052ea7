import { rmSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import * as Simulator from '../simulator'

interface Options {
  readonly port: string
  readonly host: string
  readonly latency?: string
  readonly switch: readonly string[]
  readonly pidFile?: string
}

const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (!(port <= 65535)) throw new Error(`"${text}" is no port: give a number from 0 (any free port) to 65535.`)
  return port
}

/** `key=value` texts as a record; the simulator checks keys and values itself. */
const switchesOf = ({ switch: given, latency }: Options): Record<string, string> =>
  Object.fromEntries([
    ...(latency === undefined ? [] : [['latencyMs', latency] as const]),
    ...given.map((text): readonly [string, string] => {
      const at = text.indexOf('=')
      if (at < 1) {
        throw new Error(
          `"${text}" is no switch: write key=value, with one of the keys ${Simulator.switchNames.join(', ')}.`
        )
      }
      return [text.slice(0, at), text.slice(at + 1)]
    })
  ])

const failure = (cause: unknown, host: string, port: number): Error => {
  const code = (cause as { readonly code?: unknown } | null)?.code
  switch (code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} on ${host} is in use already: choose another one with --port.`)
    case 'EACCES':
      return new Error(`Port ${port} on ${host} may not be opened by this user: choose one above 1023 with --port.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`"${host}" is no address of this machine: choose another one with --host.`)
    default:
      return cause instanceof Error ? cause : new Error(String(cause))
  }
}

/** What a user needs for a first try, in one block. */
export const welcome = (simulator: Simulator.Simulator): string => {
  const { customers, sbcs, scripts } = simulator.state()
  const scriptIds = (type: number) => scripts.filter(({ scriptType }) => scriptType === type).map(({ id }) => id)
  return [
    'AudioCodes Live Platform simulator (in memory, nothing is kept)',
    '',
    `  base URL      ${simulator.url}`,
    `  token         ${Simulator.STATIC_TOKEN}`,
    ...customers.slice(0, 3).map(({ guid, shortName }) => `  customer      ${guid}  (${shortName})`),
    `  SBC ids       ${sbcs.map(({ id }) => id).join(', ')}`,
    `  scripts       onboarding ${scriptIds(1).join(', ')}; cleanup ${scriptIds(2).join(', ')}`,
    `  admin         ${simulator.origin}/__simulator/state`,
    '',
    'Point the provider at it:',
    '',
    `  export AUDIOCODES_LIVE_BASE_URL=${simulator.url}`,
    `  export AUDIOCODES_LIVE_ACCESS_TOKEN=${Simulator.STATIC_TOKEN}`,
    '',
    'Or with client credentials in place of the token:',
    '',
    `  export AUDIOCODES_LIVE_TOKEN_URL=${simulator.tokenUrl}`,
    `  export AUDIOCODES_LIVE_TENANT_ID=${Simulator.TENANT_ID}`,
    `  export AUDIOCODES_LIVE_CLIENT_ID=${Simulator.CLIENT_ID}`,
    `  export AUDIOCODES_LIVE_CLIENT_SECRET=${Simulator.CLIENT_SECRET}`,
    `  export AUDIOCODES_LIVE_SCOPE=${Simulator.SCOPE}`,
    '',
    'Stop it with Ctrl+C.',
    ''
  ].join('\n')
}

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })

const writePid = (file: string): void => {
  try {
    writeFileSync(file, `${process.pid}\n`)
  } catch (cause) {
    const code = (cause as { code?: string } | undefined)?.code ?? 'unknown reason'
    throw new Error(`--pid-file ${file} cannot be written (${code}).`)
  }
}

const simulate = async (options: Options): Promise<void> => {
  const port = portOf(options.port)
  const { host, pidFile } = options
  const simulator = await Simulator.startSimulator({ port, host, switches: switchesOf(options) }).catch(
    (cause: unknown) => {
      throw failure(cause, host, port)
    }
  )
  const stop = stopped()
  try {
    if (pidFile !== undefined) writePid(pidFile)
    process.stdout.write(welcome(simulator))
    await stop
  } finally {
    if (pidFile !== undefined) rmSync(pidFile, { force: true })
    await simulator.close()
  }
}

export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('Run the documented API in memory, to try the provider without a platform')
    .option('--port <number>', 'port to listen on; 0 for any free one', '8787')
    .option('--host <address>', 'address to listen on; nothing but the loopback keeps others out', '127.0.0.1')
    .option('--latency <ms>', 'milliseconds before every answer')
    .option(
      '--switch <key=value>',
      'decide what the documentation leaves open; may be given again and again',
      (value: string, before: readonly string[]) => [...before, value],
      []
    )
    .option('--pid-file <file>', 'write the process id there; removed at the end')
    .addHelpText(
      'after',
      `\nSwitches (default):\n${Simulator.switchNames
        .map((name) => `  ${name}: ${Simulator.possibleValues(name)} (${String(Simulator.defaultSwitches[name])})`)
        .join('\n')}

Calls for tests, below /__simulator/, without a token:
  GET health, state, requests, switches, faults
  POST faults (a rule or a list of them), switches, reset, sites (made in the portal), sites/{guid} (edited there), customers, customers/{guid}
  DELETE faults, requests, sites/{guid}, customers/{guid}

Example, a platform that throttles twice and then goes on:
  curl -d '{"match":{"method":"POST"},"times":2,"fault":{"kind":"status","status":429,"retryAfter":"3"}}' http://127.0.0.1:8787/__simulator/faults`
    )
    .action((options: Options) => simulate(options))
