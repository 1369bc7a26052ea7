import { type FieldChange, listText, shownOf } from '../report/Fields'
import { amount, lineOf, valueText } from '../report/Values'
import type { Result } from './Compare'
import type { Report } from './Report'

/** The words that the forms of a report share. */

export const columns = ['connection', 'field', 'code', 'live'] as const

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

/** The rows of one connection; none when it is as the code says. */
export const rowsOf = ({ name, outcome, fields, error }: Result): ReadonlyArray<Cells> => {
  const shown = lineOf(name)
  if (outcome === 'error') return [[shown, '', '', `not compared: ${lineOf(causeOf(error?.headline ?? ''))}`]]
  if (outcome === 'gone') return [[shown, '', 'exists', 'deleted outside']]
  return fields.map((change) => [shown, ...fieldCells(change)])
}

/** The cause without the connection, which stands in the first column. */
const causeOf = (headline: string): string => headline.replace(/^Read of SIP connection .*? failed: /, '')

const parts = (pairs: ReadonlyArray<readonly [number, string]>): string =>
  pairs
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${count} ${text}`)
    .join(', ')

/** One line for the report as a whole. */
export const headline = ({ stack, project, counts, connections }: Report): string => {
  const where = project === '' ? '' : `${stack} of ${project}: `
  if (connections.length === 0) return `${where}The state holds no SIP connections.`
  const found = parts([
    [counts.drift, 'changed outside'],
    [counts.gone, 'deleted outside'],
    [counts.error, 'not compared because of an error'],
    [counts.same, 'as in the code']
  ])
  return `${where}${amount(connections.length, 'SIP connection')}: ${found}.`
}

/** What a reader must know of the limits of the comparison, a line each. */
export const notes = ({ connections, unfinished, lookedAt, untold }: Report): ReadonlyArray<string> => {
  const locked = connections.filter(({ notCompared }) => notCompared.length > 0)
  const fields = locked.reduce((sum, { notCompared }) => sum + notCompared.length, 0)
  return [
    ...(locked.length === 0
      ? []
      : [
          `Not compared: ${amount(fields, 'secret field')} of ${amount(locked.length, 'connection')}, which the export holds encrypted; with --show-secrets they are compared.`
        ]),
    ...(connections.length === 0 ? [] : [`Not told by the platform, so never compared: ${untold.join(', ')}.`]),
    ...(lookedAt === 0
      ? []
      : [`Not compared: ${amount(lookedAt, 'connection')} that the program only looks at (get).`]),
    ...unfinished.map(({ name, what }) => `Unfinished: ${lineOf(name)}: ${what}; the next "pulumi up" finishes it.`)
  ]
}

/** All of an error, for the lines below a table. */
export const errorLines = ({ error }: Result): ReadonlyArray<string> =>
  error === undefined ? [] : [error.headline, ...error.details.map((line) => `    ${line}`)]
