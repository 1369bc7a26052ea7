import * as fs from 'node:fs'
import * as path from 'node:path'
import { startSimulator, type Simulator, type Switches } from '../../../simulator'
import { Engine } from '../../support/Engine'
import type { RunResult } from '../../support/EngineRun'
import { temporaryProject } from '../../support/TemporaryProject'
import type { Stack } from '../../support/Stack'
import { canaries } from './Canaries'
import { type Front, startFront } from './Front'
import { searchFor } from './Search'

/** A stack of the real engine at the indiscreet platform, and a search of everything that its runs leave. */
export interface Leaks {
  readonly simulator: Simulator
  readonly front: Front
  readonly stack: Stack
  /**
   * Runs with an event log and searches what was printed, the events, and all files of the stack: state, its backups and its history,
   * configuration, wire log, audit log, change report. Throws when a secret shows.
   */
  readonly searched: (run: (args: readonly string[]) => Promise<RunResult>) => Promise<RunResult>
  /** The places that were searched, with the number of characters that were searched there last. */
  readonly places: () => Readonly<Record<string, number>>
  /** The lines of a log in the folder of the stack. */
  readonly lines: (name: string) => readonly Readonly<Record<string, unknown>>[]
  /** A file outside of the stack's folder that holds the federated token. */
  readonly federatedTokenFile: string
  readonly end: () => Promise<void>
}

/**
 * The SDK in the program's process writes each answer of the engine as a debug event, values in clear; no provider can prevent it. These
 * events, and no others, are left out of the search.
 */
const isAnswerForDebugging = (line: string): boolean => {
  const { diagnosticEvent } = JSON.parse(line) as {
    readonly diagnosticEvent?: { readonly severity?: string; readonly message?: string }
  }
  return (
    diagnosticEvent?.severity === 'debug' &&
    /^(<\{%reset%\}>)?(Register|Read)Resource RPC finished: /.test(diagnosticEvent.message ?? '')
  )
}

const search = searchFor(canaries)

/** The files below a folder, without the program, which a test writes its secrets into, and without what is installed. */
const filesOf = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !['index.js', 'node_modules'].includes(path.relative(folder, file).split(path.sep)[0] ?? ''))

export const startLeaks = async (options: {
  readonly program: (front: Front, federatedTokenFile: string) => string
  readonly switches?: Partial<Switches>
}): Promise<Leaks> => {
  const simulator = await startSimulator({ switches: options.switches })
  const front = await startFront(simulator)
  const outside = temporaryProject()
  const federatedTokenFile = outside.write('token', `${canaries.federatedToken}\n`)
  const stack = await Engine.project({
    program: options.program(front, federatedTokenFile),
    config: Object.fromEntries(
      Object.entries({ ...quick, baseUrl: front.url }).map(([key, value]) => [`audiocodes-live:${key}`, value])
    ),
    secrets: { 'audiocodes-live:accessToken': canaries.accessToken },
    // The flag --event-log is one of these.
    env: { PULUMI_DEBUG_COMMANDS: 'true' }
  })
  const events = path.join(stack.directory, 'events.jsonl')
  let places: Record<string, number> = {}
  const clean = new Map<string, string>()

  /** The texts that are new since the last search; backups and history grow with every run. */
  const texts = (result: RunResult): Readonly<Record<string, string>> => {
    const log = fs.existsSync(events) ? fs.readFileSync(events, 'utf8').split('\n') : []
    fs.rmSync(events, { force: true })
    return {
      output: result.output,
      events: log.filter((line) => line !== '' && !isAnswerForDebugging(line)).join('\n'),
      ...Object.fromEntries(
        filesOf(stack.directory)
          .map((file) => [path.relative(stack.directory, file), fs.readFileSync(file, 'utf8')] as const)
          .filter(([place, text]) => clean.get(place) !== text)
      )
    }
  }

  const searched: Leaks['searched'] = async (run) => {
    const result = await run(['--event-log', events])
    const found = Object.entries(texts(result)).map(([place, text]) => {
      // What has been reported is not reported once more after the next run.
      clean.set(place, text)
      places = { ...places, [place]: text.length }
      return search(text).map((what) => `${place}: ${what}`)
    })
    const leaks = found.flat()
    if (leaks.length > 0) throw new Error(`secrets show:\n${leaks.join('\n')}`)
    return result
  }

  return {
    simulator,
    front,
    stack,
    searched,
    places: () => places,
    lines: (name) =>
      fs
        .readFileSync(path.join(stack.directory, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
    federatedTokenFile,
    end: async () => {
      await stack.dispose()
      outside.dispose()
      await front.close()
      await simulator.close()
    }
  }
}

/** Settings that keep a run short: what fails does so soon. */
export const quick = {
  pollInterval: '0.02',
  requestsPerSecond: '0',
  requestTimeout: '5',
  programTimeout: '0.5',
  operationTimeout: '5',
  maxRetries: '0',
  trace: 'wire.jsonl',
  audit: 'audit.jsonl',
  report: 'report'
}
