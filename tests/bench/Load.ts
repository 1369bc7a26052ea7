import * as fs from 'node:fs'
import { ProtocolServer, sipConnectionText } from '../support/ProtocolServer'
import { type TemporaryProject, temporaryProject } from '../support/TemporaryProject'
import { fullArgs } from './Connections'
import type { Figure } from './Figure'
import { processorSeconds } from './Processor'
import { inTurn, median, quartiles, round } from './Statistics'

interface Loaded {
  /** From the start of the process to its first answered check. */
  readonly milliseconds: number
  /** Processor time of the process until then; in steps of 10 ms. */
  readonly processor: number
  /** Resident memory of the process after that check, in 10^6 bytes. */
  readonly megabytes: number
}

/** A dynamic provider that does nothing. */
const emptyText = 'exports.handler = () => ({ check: async (olds, news) => ({ inputs: news, failures: [] }) })'

const config = {
  'audiocodes-live:baseUrl': 'https://live.example.net/tenantui',
  'audiocodes-live:accessToken': 'made-up-token'
}

/** Needs /proc (Linux). */
const residentMegabytes = (pid: number): number => {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/status has no VmRSS`)
  return (Number(kibibytes) * 1024) / 1e6
}

const load = async (provider: string, project: TemporaryProject): Promise<Loaded> => {
  const began = performance.now()
  const server = await ProtocolServer.start({ provider, cwd: project.directory, config })
  try {
    const { failures } = await server.check({}, fullArgs)
    const milliseconds = performance.now() - began
    if (failures.length > 0) throw new Error(`the check failed: ${failures.map(({ reason }) => reason).join('; ')}`)
    return { milliseconds, processor: 1000 * processorSeconds(server.pid), megabytes: residentMegabytes(server.pid) }
  } finally {
    await server.close()
  }
}

/** What the provider adds to Pulumi's dynamic-provider process, over a provider that does nothing. */
export const measureLoad = async (rounds: number): Promise<readonly Figure[]> => {
  const project = temporaryProject()
  try {
    const empty = (): Promise<Loaded> => load(emptyText, project)
    const ours = (): Promise<Loaded> => load(sipConnectionText, project)
    // The first start reads the files from the disk.
    await inTurn(1, empty, ours)
    const pairs = await inTurn(rounds, empty, ours)
    const added = (key: keyof Loaded): readonly number[] => pairs.map(([without, loaded]) => loaded[key] - without[key])
    const both = (key: keyof Loaded): string =>
      `${median(pairs.map(([without]) => without[key])).toFixed(0)} and ${median(pairs.map(([, loaded]) => loaded[key])).toFixed(0)}`
    const figure = (id: string, name: string, key: keyof Loaded, unit: string, target: number, more = ''): Figure => {
      const [low, high] = quartiles(added(key))
      return {
        id,
        name,
        measured: round(median(added(key)), 1),
        unit,
        target,
        quartiles: [round(low, 1), round(high, 1)],
        detail: `median of ${rounds} differences, quartiles ${low.toFixed(0)} and ${high.toFixed(0)} ${unit}; empty and this provider ${both(key)} ${unit}${more}`
      }
    }
    const processor = `; of processor time ${median(added('processor')).toFixed(0)} ms more`
    return [
      figure('loadTime', 'Loading the provider, more than an empty one', 'milliseconds', 'ms', 150, processor),
      figure('loadMemory', 'Memory of the loaded provider, more than an empty one', 'megabytes', 'MB', 30)
    ]
  } finally {
    project.dispose()
  }
}
