import * as fs from 'node:fs'
import * as path from 'node:path'
import * as prettier from 'prettier'
import { repositoryRoot } from '../support/repository'
import { type Figure, measuredText, targetText, verdict } from './Figure'
import type { Cell } from './fleet/Cell'
import { markdownOf, plotOf } from './fleet/Page'

/** Where and when figures were measured. */
export interface Circumstances {
  /** UTC, `2026-01-31`. */
  readonly date: string
  readonly cores: number
  readonly node: string
  readonly engine: string
  /** Version of `@pulumi/pulumi`. */
  readonly sdk: string
  /** Processes that wanted to run, on average over a minute, before and after. Well above `cores`: the times are not to be trusted. */
  readonly load: readonly [number, number]
}

/** The figures of one measurement, with the circumstances of its own run. */
export interface Result {
  readonly at: Circumstances
  readonly figures: readonly Figure[]
  /** What was compared, operation by operation. */
  readonly cells?: readonly Cell[]
  /** What was left out, and why. */
  readonly skipped?: readonly string[]
}

type Results = Readonly<Record<string, Result>>

/** Where results lie. */
const documents = path.join(repositoryRoot, 'docs')

const row = (figure: Figure): string =>
  `| ${figure.name} | ${measuredText(figure)} | ${targetText(figure)} | ${verdict(figure)} |`

const circumstances = ([name, { at }]: readonly [string, Result]): string =>
  `- \`${name}\`: ${at.date}, ${at.cores} cores, load ${at.load.map((load) => load.toFixed(1)).join(' before and ')} after, Node.js ${at.node}, Pulumi ${at.engine}, \`@pulumi/pulumi\` ${at.sdk}`

const markdown = (results: Results): string => {
  const figures = Object.values(results).flatMap((result) => result.figures)
  return `# Benchmarks

Written by \`make bench\`; the numbers are in \`benchmarks.json\` as well. State on the local disk, the simulator of this repository as
the platform. Both sides of a comparison are measured in one run. \`unclear\`: the machine was too busy to tell, or was
asked only once.

| figure | measured | target | |
| --- | ---: | ---: | --- |
${figures.map(row).join('\n')}

${figures.map(({ name, detail }) => `- **${name}**: ${detail}.`).join('\n')}

Measured on:

${Object.entries(results).map(circumstances).join('\n')}

The textbook provider is \`tests/fixtures/textbook/textbook.ts\`: a class as in Pulumi's documentation, handed to
\`pulumi.dynamic.Resource\`, which keeps the text of all its methods twice a resource. It sends the same requests; the run
fails if it does not. The engine writes the whole state after every step, so bytes of state are time, and the ratio depends on how
much code the other provider has: against one with little code it is nearer to 1.

${Object.values(results)
  .map(({ cells = [], skipped = [] }) => (cells.length === 0 ? '' : markdownOf(cells, skipped)))
  .join('')}`
}

const json = (results: Results): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(results).map(([name, result]) => [
        name,
        { ...result, figures: result.figures.map((figure) => ({ ...figure, verdict: verdict(figure) })) }
      ])
    )
  )

const write = async (file: string, text: string): Promise<void> => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const options = { ...(await prettier.resolveConfig(path.join(documents, path.basename(file)))), filepath: file }
  fs.writeFileSync(file, file.endsWith('.svg') ? text : await prettier.format(text, options))
}

const written = (record: string): Results =>
  fs.existsSync(record) ? (JSON.parse(fs.readFileSync(record, 'utf8')) as Results) : {}

/**
 * Writes benchmarks.json for documents that quote it, and benchmarks.md with its plot for readers. A measurement that was not made this
 * time stays as it was, with its own circumstances.
 *
 * @param folder default docs/
 */
export const writeResults = async (results: Results, folder = documents): Promise<void> => {
  const record = path.join(folder, 'benchmarks.json')
  const all = { ...written(record), ...results }
  const cells = Object.values(all).flatMap((result) => result.cells ?? [])
  await write(record, json(all))
  await write(path.join(folder, 'benchmarks.md'), markdown(all))
  if (cells.length > 0) await write(path.join(folder, 'benchmarks.svg'), plotOf(cells))
}
