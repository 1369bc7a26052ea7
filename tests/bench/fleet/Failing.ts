import type { FaultRule, LoggedRequest } from '../../../simulator'
import { pulumiStand } from './PulumiStand'
import { startPlatform } from './Platform'
import { sitesOf } from './Sites'

/** What a fleet does on a platform that refuses some of its connections. */
export interface Failing {
  /** Connections that were refused. */
  readonly refused: number
  /** Refused ones that the first run did not report, and reported ones that were not refused. */
  readonly misreported: readonly string[]
  /** Writes of the second run for connections that were not refused, and its writes too few or too many for those that were. */
  readonly stray: number
  /** Connections that are not there after the second run. */
  readonly missing: number
}

/** Refusals with words of the platform, spread evenly over the first run; no retry helps against any of them. */
const faults = (count: number, number: number): readonly FaultRule[] =>
  Array.from({ length: number }, (_, n): FaultRule => {
    const status = n % 2 === 0 ? 400 : 422
    return {
      match: { method: 'POST', path: 'sitelocation', nth: Math.floor((count / number) * n) + 1 },
      fault: { kind: 'status', status, body: { title: 'Refused', status, detail: `made-up reason ${n}` } }
    }
  })

const siteOf = ({ body }: LoggedRequest): string =>
  (JSON.parse(body) as { readonly siteLocationName: string }).siteLocationName

/** As the user reads it. */
const reportedIn = (output: string): readonly string[] => [
  ...new Set([...output.matchAll(/^\s*(?:\* )?Failed: (\S+): /gm)].map(([, name = '']) => name))
]

const oddOnes = (some: readonly string[], others: readonly string[]): readonly string[] => [
  ...some.filter((each) => !others.includes(each)),
  ...others.filter((each) => !some.includes(each))
]

/** One `up` with faults, one without. */
export const runFailing = async (count: number, number: number): Promise<Failing> => {
  const platform = await startPlatform(0)
  try {
    const stand = await pulumiStand('fleet', platform.url)
    try {
      const before = await platform.size()
      stand.declare(sitesOf(count))
      await platform.addFaults(faults(count, number))
      const first = await stand.start('create').result
      if (first.code === 0) throw new Error('a run with failures ended well')
      const refused = (await platform.requests()).filter(({ fault }) => fault !== null).map(siteOf)
      await platform.forget()
      const second = await stand.start('create').result
      if (second.code !== 0) throw new Error(`the second run failed:\n${second.output}`)
      const writes = (await platform.requests()).filter(({ method }) => method !== 'GET')
      return {
        refused: refused.length,
        misreported: oddOnes(refused, reportedIn(first.output)),
        stray: oddOnes(writes.map(siteOf), refused).length + Math.abs(writes.length - refused.length),
        missing: before + count - (await platform.size())
      }
    } finally {
      await stand.dispose()
    }
  } finally {
    await platform.close()
  }
}
