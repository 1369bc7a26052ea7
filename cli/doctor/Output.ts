import { amount, messageOf } from '../report/Values'
import { type Finding, type Group, type Outcome, groups } from './Finding'

/** The forms of the output. */

const indent = ' '.repeat(11)

/** A finding as lines for a terminal. */
const linesOf = ({ check, outcome, found, details, next }: Finding): ReadonlyArray<string> => [
  `${outcome.padEnd(9)}${check}: ${found}`,
  ...[...details, ...(next === undefined ? [] : [`next: ${next}`])].map((line) => `${indent}${line}`)
]

/** Writes findings as they come, with a heading for each group. */
export const listing = (write: (text: string) => void): ((finding: Finding) => void) => {
  let group: Group | undefined
  return (finding) => {
    if (finding.group !== group) write(`${group === undefined ? '' : '\n'}${groups[finding.group]}\n`)
    group = finding.group
    // A text of the platform must not draw on the terminal.
    write(
      `${linesOf(finding)
        .flatMap((line) => line.split('\n').map(messageOf))
        .join('\n')}\n`
    )
  }
}

const outcomes: ReadonlyArray<Outcome> = ['ok', 'warning', 'failed', 'skipped']

/** How many checks ended how. */
export const counted = (findings: ReadonlyArray<Finding>): Readonly<Record<Outcome, number>> =>
  Object.fromEntries(
    outcomes.map((outcome) => [outcome, findings.filter((finding) => finding.outcome === outcome).length])
  ) as Record<Outcome, number>

/** The last line. */
export const summary = (findings: ReadonlyArray<Finding>): string => {
  const counts = counted(findings)
  return `${amount(findings.length, 'check')}: ${outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcome}`)
    .join(', ')}.`
}
