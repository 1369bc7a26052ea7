import type { Figure } from '../Figure'
import { inTurn } from '../Statistics'
import { bareSeconds } from './Bare'
import { createdByCalls } from './Call'
import { type Cell, type Life, livesOf, requestsInWords } from './Cell'
import { runFailing } from './Failing'
import { againstBareLoop, againstTerraform, growth, ofTheFleet, withFaults } from './Figures'
import { roles } from './Roles'
import { seriesOf } from './Series'
import { terraformInWords, terraformMissing } from './TerraformStand'
import { type Way, ways } from './Way'

export interface Compared {
  readonly figures: readonly Figure[]
  readonly cells: readonly Cell[]
  /** What was left out, and why. */
  readonly skipped: readonly string[]
}

type Told = (line: string) => void

const latency = 50
const rounds = 2

const tell =
  (told: Told) =>
  ({ way, count, latency: ms, operation, seconds, usage, stateBytes, requests }: Cell): void => {
    const memory = roles.map((role) => `${role} ${usage[role].megabytes.toFixed(0)}`).join(', ')
    told(
      `${way} ${count}${ms === 0 ? '' : ` at ${ms} ms`}, ${operation}: ${seconds.toFixed(1)} s; MB: ${memory}; state ${(stateBytes / 1e6).toFixed(2)} MB; ${requestsInWords(requests)}`
    )
  }

/** A life at a time, so that nobody waits for anybody else. */
const inSeries = async (lives: ReadonlyArray<readonly [Way, number, number]>, told: Told): Promise<readonly Cell[]> => {
  const cells: Cell[] = []
  for (const [way, count, ms] of lives) for (const cell of await seriesOf(way, count, ms, tell(told))) cells.push(cell)
  return cells
}

const lifeOf = (cells: readonly Cell[]): Life => {
  const [life] = livesOf(cells)
  if (life === undefined) throw new Error('a life without all of its operations')
  return life
}

const alone = async (size: number, told: Told): Promise<readonly Figure[]> => {
  const large = 10 * size
  const calls = async (count: number): Promise<number> => (await createdByCalls(count, 0)).seconds
  const sizes = await inTurn(
    rounds,
    () => calls(large),
    () => calls(size)
  )
  told(`provider alone, ${large} and ${size}: ${JSON.stringify(sizes)} s`)
  const called = await createdByCalls(size, latency)
  const loops = await inTurn(
    rounds,
    async () => (await createdByCalls(size, latency)).seconds,
    () => bareSeconds(called, latency)
  )
  told(`provider alone and bare loop at ${latency} ms: ${JSON.stringify(loops)} s`)
  const failing = await runFailing(size, Math.min(30, size / 2))
  return [growth([size, large], sizes), againstBareLoop(size, latency, loops), ...withFaults(size, failing)]
}

/**
 * The ways to manage many connections, side by side.
 *
 * @param size connections of the larger comparisons, 10 or more; the fleet goes up to ten times as many
 * @param told hears of every operation when it has ended, since they take minutes
 */
export const measureFleet = async (size: number, told: Told): Promise<Compared> => {
  const reason = terraformMissing()
  const present = ways.filter((way) => way !== 'terraform' || reason === undefined)
  const skipped = reason === undefined ? [] : [`skipped: Terraform + restapi and the figures against it (${reason})`]
  for (const line of skipped) told(line)

  const small = [10, 100, 1000].filter((count) => count < size)
  const slow = present.map((way) => [way, Math.min(100, size), latency] as const)
  const cells = [
    ...(await inSeries(
      [
        ...small.flatMap((count) => present.map((way) => [way, count, 0] as const)),
        ['separate', size, 0],
        ['textbook', size, 0],
        ...slow
      ],
      told
    ))
  ]
  const life =
    (way: Way, count: number, ms = 0) =>
    (): Promise<readonly Cell[]> =>
      inSeries([[way, count, ms]], told)
  const rivals =
    reason === undefined
      ? await inTurn(rounds, life('fleet', size), life('terraform', size))
      : [[await life('fleet', size)(), []] as const]
  const large = await life('fleet', 10 * size)()
  const byPlugin = await life('plugin', size)()
  const largeByPlugin = await life('plugin', 10 * size)()
  const atSize = present.filter((way) => size > 100 && (way === 'fleet' || way === 'terraform'))
  const slower = await inSeries(
    atSize.map((way) => [way, size, latency]),
    told
  )
  const fleet = lifeOf(rivals.flatMap(([own]) => own))
  return {
    cells: [...cells, ...rivals.flat(2), ...large, ...byPlugin, ...largeByPlugin, ...slower],
    figures: [
      ...(reason === undefined
        ? againstTerraform(
            rivals.map(([own, theirs]) => [lifeOf(own), lifeOf(theirs)] as const),
            terraformInWords()
          )
        : []),
      ...ofTheFleet(fleet, lifeOf(large), lifeOf(largeByPlugin)),
      ...(await alone(size, told))
    ],
    skipped
  }
}
