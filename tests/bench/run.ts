import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import { measureCreation } from './Creation'
import { measureEndurance } from './Endurance'
import { type Figure, measuredText, targetText, verdict } from './Figure'
import { measureFleet } from './fleet/Fleet'
import { measureLoad } from './Load'
import { measurePlugin } from './Plugin'
import { type Circumstances, type Result, writeResults } from './Results'
import { measureState } from './State'

/**
 * Measures, says of every figure whether its target is reached, and writes the results to docs/.
 *
 * Usage: node dist/tests/bench/run.js [load] [state] [endurance] [creation] [plugin] [fleet]     (default: all)
 *        BENCH_SIZE     connections of `creation`, `plugin` and `fleet`; default 1000, and 100 for a quick look. The fleet goes up to ten times as many
 *        BENCH_ROUNDS   times that `creation` and `plugin` run both programs, in turn; default 2
 *        BENCH_FOLDER   where results are written, whatever their size; default docs/, and then of the default size only
 *
 * A measurement that is left out keeps its last result. `creation`, `plugin` and `fleet` of another size are not written to docs/, so that a
 * quick look never becomes a result. A target that is missed is no error of the run.
 */

const names = ['load', 'state', 'endurance', 'creation', 'plugin', 'fleet'] as const
type Name = (typeof names)[number]

/** Those that have a size. */
const sized: readonly Name[] = ['creation', 'plugin', 'fleet']

const fullSize = 1000

const whole = (variable: string, fallback: number): number => {
  const given = process.env[variable]
  const value = given === undefined || given === '' ? fallback : Number(given)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`${variable} must be a whole number from 1, not "${given ?? ''}"`)
  return value
}

const versionIn = (file: string): string =>
  (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version: string }).version

const loadNow = (): number => os.loadavg()[0] ?? NaN

const circumstances = (loadBefore: number): Circumstances => ({
  date: new Date().toISOString().slice(0, 10),
  cores: os.availableParallelism(),
  node: process.version,
  engine: spawnSync(path.join(repositoryRoot, '.engine', 'bin', 'pulumi'), ['version'], {
    encoding: 'utf8'
  }).stdout.trim(),
  sdk: versionIn(path.join(repositoryRoot, 'node_modules', '@pulumi', 'pulumi', 'package.json')),
  load: [loadBefore, loadNow()]
})

const tell = (figures: readonly Figure[]): void => {
  for (const figure of figures) {
    console.log(`${verdict(figure).padEnd(11)}  ${figure.name}: ${measuredText(figure)} (${targetText(figure)})`)
    console.log(`             ${figure.detail}`)
  }
}

const main = async (): Promise<void> => {
  const asked = process.argv.slice(2)
  const odd = asked.filter((name) => !names.some((each) => each === name))
  if (odd.length > 0) throw new Error(`there is no measurement ${odd.join(', ')}: choose from ${names.join(', ')}`)
  const [size, rounds] = [whole('BENCH_SIZE', fullSize), whole('BENCH_ROUNDS', 2)]
  const told = (line: string): void => {
    console.log(`             ${line}`)
  }
  const alone = async (figures: Promise<readonly Figure[]>): Promise<Omit<Result, 'at'>> => ({ figures: await figures })
  const measure: Record<Name, () => Promise<Omit<Result, 'at'>>> = {
    load: () => alone(measureLoad(15)),
    state: () => alone(measureState()),
    endurance: () => alone(measureEndurance()),
    creation: () => alone(measureCreation(size, rounds, told)),
    plugin: () => alone(measurePlugin(size, rounds, told)),
    fleet: () => measureFleet(size, told)
  }
  const folder = process.env['BENCH_FOLDER']
  for (const name of names.filter((each) => asked.length === 0 || asked.includes(each))) {
    const loadBefore = loadNow()
    const result = await measure[name]()
    tell(result.figures)
    if (sized.includes(name) && size !== fullSize && folder === undefined) {
      console.log(`             not written: that takes BENCH_SIZE=${fullSize}, or BENCH_FOLDER`)
    } else {
      await writeResults({ [name]: { at: circumstances(loadBefore), ...result } }, folder)
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
