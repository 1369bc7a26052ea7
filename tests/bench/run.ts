import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { repositoryRoot } from '../support/repository'
import { measureCreation } from './Creation'
import { measureEndurance } from './Endurance'
import { type Figure, measuredText, targetText, verdict } from './Figure'
import { measureLoad } from './Load'
import { measurePlugin } from './Plugin'
import { type Circumstances, writeResults } from './Results'
import { measureState } from './State'

/**
 * Measures, says of every figure whether its target is reached, and writes the results to docs/.
 *
 * Usage: node dist/tests/bench/run.js [load] [state] [endurance] [creation] [plugin]     (default: all)
 *        BENCH_SIZE     connections of `creation` and `plugin`; default 1000, and 100 for a quick look
 *        BENCH_ROUNDS   times that they run both programs, in turn; default 2
 *
 * A measurement that is left out keeps its last result. `creation` and `plugin` of another size are not written, so that a quick look never
 * becomes a result. A target that is missed is no error of the run.
 */

const names = ['load', 'state', 'endurance', 'creation', 'plugin'] as const
type Name = (typeof names)[number]

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
  const measure: Record<Name, () => Promise<readonly Figure[]>> = {
    load: () => measureLoad(15),
    state: measureState,
    endurance: measureEndurance,
    creation: () => measureCreation(size, rounds, told),
    plugin: () => measurePlugin(size, rounds, told)
  }
  for (const name of names.filter((each) => asked.length === 0 || asked.includes(each))) {
    const loadBefore = loadNow()
    const figures = await measure[name]()
    tell(figures)
    if ((name === 'creation' || name === 'plugin') && size !== fullSize) {
      console.log(`             not written: that takes BENCH_SIZE=${fullSize}`)
    } else {
      await writeResults({ [name]: { at: circumstances(loadBefore), figures } })
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
