import { readInput } from '../report/Input'
import { checkOutputs, writeOutput } from '../report/OutputFiles'
import { amount } from '../report/Values'
import { leftLine, named, programOf } from './Program'
import { type Report, parseReport } from './Report'
import { type Left, rollback } from './Restore'
import { leftBySheet, sheetFor } from './Sheet'

export interface RollbackOptions {
  readonly report: string
  /** A sheet of connections in place of a program. */
  readonly csv?: boolean
  readonly out?: string
}

/** What is printed or written, and what it does not restore. */
interface Text {
  readonly text: string
  readonly left: ReadonlyArray<Left>
  readonly count: number
}

const textFor = (report: Report, csv: boolean): Text => {
  const back = rollback(report)
  const all = named(back.restored)
  if (!csv) return { text: programOf(report, back), left: back.left, count: all.length }
  const left = leftBySheet(all, back)
  return { text: sheetFor(report, all, left), left, count: all.length }
}

const summary = (out: string, { left, count }: Text): string =>
  [
    `${amount(count, 'declaration')} with the values before the run: ${out}`,
    ...(left.length === 0 ? [] : ['What they do not restore:', ...left.map((each) => `  ${leftLine(each)}`)]),
    ''
  ].join('\n')

/** Prints or writes what restores the values before a run; the answer is the exit code. */
export const runRollback = async ({ report: file, csv, out }: RollbackOptions): Promise<number> => {
  if (out !== undefined) checkOutputs([out])
  const text = textFor(parseReport(await readInput(file), file), csv === true)
  if (out === undefined) {
    process.stdout.write(text.text)
    return 0
  }
  writeOutput(out, text.text)
  process.stdout.write(summary(out, text))
  return 0
}
