import * as fs from 'node:fs'
import * as path from 'node:path'
import { type Simulator, startSimulator } from '../../simulator'
import { Engine } from '../support/Engine'
import { succeeded } from '../support/EngineRun'
import { repositoryRoot } from '../support/repository'
import type { Stack } from '../support/Stack'
import { withPlugin } from '../support/withPlugin'
import { textBytesOf } from './State'
import { configFor, secretConfig } from './Connections'
import type { Figure } from './Figure'
import { processorSecondsOfChildren } from './Processor'
import { inTurn, median, quartiles, round } from './Statistics'

/** The fixtures: a textbook provider, this package's classes, and its plugin. */
type Program = 'textbook' | 'live' | 'plugin'

export interface Created {
  /** Of `pulumi up`, from the start of the command to its end. */
  readonly seconds: number
  /** Of the engine, the program and the provider together. */
  readonly processor: number
  /** Of the checkpoint that `pulumi up` leaves. */
  readonly stateBytes: number
  /** Of the provider's text in one resource; 0 with the plugin, which has none. */
  readonly textBytes: number
  /** What the simulator was sent, in an order of its own, with the site ids left out. */
  readonly requests: readonly string[]
}

/** Operations at a time: the engine's default on 4 cores. It is said in the results, since the default depends on the machine. */
export const parallel = 16

const fixture = (file: string): string =>
  fs.readFileSync(path.join(repositoryRoot, 'tests', 'fixtures', 'textbook', file), 'utf8')

const guidOfSite = /sitelocation\/[0-9a-f-]{36}/

const requestsOf = (simulator: Simulator): readonly string[] =>
  simulator
    .requests()
    .map(
      ({ method, path: where, query, body, status }) =>
        `${method} ${where.replace(guidOfSite, 'sitelocation/<site>')} ${query} ${body} ${status ?? 'reset'}`
    )
    .sort()

const checkpointOf = (stack: Stack): string =>
  path.join(stack.directory, 'state', '.pulumi', 'stacks', 'harness', 'dev.json')

/** A fresh stack on a fresh simulator, so that no run finds anything of the one before. */
export const create = async (program: Program, count: number): Promise<Created> => {
  const simulator = await startSimulator()
  const stack = await Engine.project({
    program: fixture(`${program}.ts`),
    typescript: true,
    config: { ...configFor(simulator), 'harness:count': String(count) },
    secrets: secretConfig
  })
  try {
    fs.writeFileSync(path.join(stack.directory, 'tsconfig.json'), fixture('tsconfig.json'))
    if (program === 'plugin') withPlugin(stack)
    const processorBefore = processorSecondsOfChildren()
    const began = performance.now()
    succeeded(await stack.up(['--parallel', String(parallel)]))
    const seconds = (performance.now() - began) / 1000
    const processor = processorSecondsOfChildren() - processorBefore
    const resources = await stack.resources()
    if (resources.length !== count) throw new Error(`${program} made ${resources.length} of ${count} connections`)
    return {
      seconds,
      processor,
      stateBytes: fs.statSync(checkpointOf(stack)).size,
      textBytes: program === 'plugin' ? 0 : textBytesOf(resources[0]),
      requests: requestsOf(simulator)
    }
  } finally {
    await stack.dispose()
    await simulator.close()
  }
}

/** Two programs that ask the platform for different things cannot be compared. */
export const sendTheSame = (first: Created, second: Created): void => {
  const odd = [
    ...first.requests.filter((request) => !second.requests.includes(request)).map((request) => `first: ${request}`),
    ...second.requests.filter((request) => !first.requests.includes(request)).map((request) => `second: ${request}`)
  ]
  if (odd.length > 0 || first.requests.length !== second.requests.length) {
    throw new Error(
      `the programs send different requests (${first.requests.length} and ${second.requests.length}):\n${odd.slice(0, 4).join('\n')}`
    )
  }
}

/**
 * `pulumi up` that creates many connections with this package, in times of the same with the textbook provider.
 *
 * @param told hears of every run when it has ended, since they take minutes
 */
export const measureCreation = async (
  count: number,
  rounds: number,
  told: (line: string) => void
): Promise<readonly Figure[]> => {
  const run = (program: Program) => async (): Promise<Created> => {
    const created = await create(program, count)
    told(
      `${program}: ${created.seconds.toFixed(1)} s, processor ${created.processor.toFixed(1)} s, state ${(created.stateBytes / 1e6).toFixed(2)} MB`
    )
    return created
  }
  const pairs = await inTurn(rounds, run('textbook'), run('live'))
  for (const [textbook, live] of pairs) sendTheSame(textbook, live)
  const of = (index: 0 | 1, key: 'seconds' | 'processor' | 'stateBytes' | 'textBytes'): number =>
    median(pairs.map((pair) => pair[index][key]))
  const kilobytes = (index: 0 | 1): string => (of(index, 'stateBytes') / count / 1000).toFixed(2)
  const requests = pairs[0]?.[0].requests.length ?? NaN
  const ratios = pairs.map(([textbook, live]) => live.seconds / textbook.seconds)
  const [low, high] = quartiles(ratios)
  return [
    {
      id: 'creation',
      name: `\`pulumi up\` that creates ${count.toLocaleString('en-US')} connections`,
      measured: round(median(ratios), 2),
      unit: '× the time of a textbook provider',
      target: 0.65,
      rounds,
      ...(rounds === 1 ? {} : { quartiles: [round(low, 2), round(high, 2)] as const }),
      detail:
        `${of(1, 'seconds').toFixed(1)} s against ${of(0, 'seconds').toFixed(1)} s (of processor time ${of(1, 'processor').toFixed(1)} s against ${of(0, 'processor').toFixed(1)} s); state of a connection ${kilobytes(1)} kB against ${kilobytes(0)} kB; ` +
        `text of the provider ${of(1, 'textBytes')} bytes against ${of(0, 'textBytes')}; ${requests} requests each, ${parallel} operations at a time, ` +
        `no client-side limits${rounds === 1 ? '; one round, the textbook first' : `; medians of ${rounds} rounds in turn, quartiles ${low.toFixed(2)} and ${high.toFixed(2)}`}`
    }
  ]
}
