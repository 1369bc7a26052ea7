import { type FieldChange, listText, shownOf } from '../report/Fields'
import { amounts, areConnections, byKind, resources, titleOf, wordsOf } from '../report/Kinds'
import { amount, lineOf, valueText } from '../report/Values'
import type { Result } from './Compare'
import { type Report, resultsOf } from './Report'

/** The words that the forms of a report share. */

export const columns = (report: Report): ReadonlyArray<string> => [nounIn(report), 'field', 'code', 'live']

/** What the results of a report are, in one word. */
const nounIn = (report: Report): string => (areConnections(resultsOf(report)) ? 'connection' : 'resource')

type Cells = readonly [string, string, string, string]

/** `field`, `code` and `live` of a field that differs; a secret says no more than that. */
const fieldCells = (change: FieldChange): readonly [string, string, string] => {
  const shown = shownOf(change)
  const path = lineOf(change.path)
  switch (shown._tag) {
    case 'Secret':
      return [path, 'secret', 'differs']
    case 'List':
      return [path, '', listText(shown)]
    case 'Values':
      return [path, valueText(shown.before), valueText(shown.after)]
  }
}

/** The rows of one resource; none when it is as the code says. */
export const rowsOf = (result: Result): ReadonlyArray<Cells> => {
  const { outcome, fields, error } = result
  const shown = lineOf(titleOf(result))
  if (outcome === 'error') return [[shown, '', '', `not compared: ${lineOf(causeOf(error?.headline ?? ''))}`]]
  if (outcome === 'gone') return [[shown, '', 'exists', 'deleted outside']]
  return fields.map((change) => [shown, ...fieldCells(change)])
}

/** The cause without the resource, which stands in the first column. */
const causeOf = (headline: string): string => headline.replace(/^Read of .*? failed: /, '')

const parts = (pairs: ReadonlyArray<readonly [number, string]>): string =>
  pairs
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${count} ${text}`)
    .join(', ')

/** One line for the report as a whole. */
export const headline = (report: Report): string => {
  const { stack, project, counts } = report
  const where = project === '' ? '' : `${stack} of ${project}: `
  const results = resultsOf(report)
  if (results.length === 0) return `${where}The state holds no SIP connections.`
  const found = parts([
    [counts.drift, 'changed outside'],
    [counts.gone, 'deleted outside'],
    [counts.error, 'not compared because of an error'],
    [counts.same, 'as in the code']
  ])
  return `${where}${amounts(results)}: ${found}.`
}

/** What is never compared, of each kind that there is. */
const untoldText = (report: Report): string => {
  const results = resultsOf(report)
  if (areConnections(results)) return report.untold.join(', ')
  return byKind(results)
    .map(([kind]) => [kind, resources[kind].untold] as const)
    .filter(([, untold]) => untold.length > 0)
    .map(([kind, untold]) => `${untold.join(', ')} of a ${wordsOf(kind).noun}`)
    .join('; ')
}

/** What a reader must know of the limits of the comparison, a line each. */
export const notes = (report: Report): ReadonlyArray<string> => {
  const { unfinished, lookedAt } = report
  const results = resultsOf(report)
  const locked = results.filter(({ notCompared }) => notCompared.length > 0)
  const fields = locked.reduce((sum, { notCompared }) => sum + notCompared.length, 0)
  return [
    ...(locked.length === 0
      ? []
      : [
          `Not compared: ${amount(fields, 'secret field')} of ${amount(locked.length, nounIn(report))}, which the export holds encrypted; with --show-secrets they are compared.`
        ]),
    ...(results.length === 0 ? [] : [`Not told by the platform, so never compared: ${untoldText(report)}.`]),
    ...(lookedAt === 0
      ? []
      : [`Not compared: ${amount(lookedAt, nounIn(report))} that the program only looks at (get).`]),
    ...unfinished.map((each) => `Unfinished: ${lineOf(titleOf(each))}: ${each.what}; the next "pulumi up" finishes it.`)
  ]
}

/** All of an error, for the lines below a table. */
export const errorLines = ({ error }: Result): ReadonlyArray<string> =>
  error === undefined ? [] : [error.headline, ...error.details.map((line) => `    ${line}`)]
