import type { Reported } from './Report'
import { reportVersion } from './Report'
import { type FieldChange, listText, shownOf } from './shown/Fields'
import { code, heads, plain, row } from './shown/Markdown'
import { lineOf, messageOf, valueText } from './shown/Values'

/**
 * The change report as text, in pieces: what stands above its rows, a row, and what stands below them. The process never knows which row is the last one,
 * so what is above does not depend on the rows, and what is below is short: above, all rows so far and below are a whole document at any time.
 */

/** What is known before the first row. */
export interface Head {
  /** UTC, RFC 3339: when the first row was written. */
  readonly time: string
  /** Version of pulumi-audiocodes-live. */
  readonly provider: string
  /** Base URL of the platform. */
  readonly platform: string
  /** Name of the explicit provider instance, if there is one. */
  readonly instance?: string
  /** Project, stack, and who runs it, by the names of the environment variables that say so. */
  readonly run: Readonly<Record<string, string>>
}

/** The rows so far, counted. */
export interface Totals {
  readonly created: number
  readonly adopted: number
  readonly updated: number
  readonly deleted: number
  readonly failed: number
  readonly unknown: number
  /** UTC, RFC 3339: when the last row was written; the first one's time before that. */
  readonly until: string
}

export const nothingYet = (time: string): Totals => ({
  created: 0,
  adopted: 0,
  updated: 0,
  deleted: 0,
  failed: 0,
  unknown: 0,
  until: time
})

const countedAs = ({ result, kind }: Reported): Exclude<keyof Totals, 'until'> =>
  result !== 'ok'
    ? result
    : ({ create: 'created', adopt: 'adopted', update: 'updated', delete: 'deleted' } as const)[kind]

/** The totals with one row more. @param until when it was written */
export const counted = (totals: Totals, reported: Reported, until: string): Totals => {
  const key = countedAs(reported)
  return { ...totals, [key]: totals[key] + 1, until }
}

/** A form of the report. */
export interface Form {
  /** Ending of the file. */
  readonly ending: string
  readonly above: (head: Head) => string
  readonly row: (reported: Reported, isFirst: boolean) => string
  readonly below: (totals: Totals) => string
}

/** One document; each row is a line of it. */
export const jsonForm: Form = {
  ending: 'json',
  above: (head) => {
    const text = JSON.stringify({ version: reportVersion, ...head }, undefined, 2)
    return `${text.slice(0, -2)},\n  "rows": [`
  },
  row: (reported, isFirst) => `${isFirst ? '' : ','}\n    ${JSON.stringify(reported)}`,
  below: (totals) => `\n  ],\n  "totals": ${JSON.stringify(totals)}\n}\n`
}

const done: Readonly<Record<Reported['kind'], readonly [done: string, tried: string]>> = {
  create: ['created', 'create'],
  adopt: ['taken over', 'take over'],
  update: ['changed', 'change'],
  delete: ['deleted', 'delete']
}

const fieldText = (change: FieldChange): string => {
  const field = shownOf(change)
  const path = code(lineOf(change.path))
  switch (field._tag) {
    case 'Secret':
      return `${path}: ${field.said} (secret)`
    case 'List':
      return `${path}: ${listText(field, code)}`
    case 'Values':
      return `${path}: ${shownValue(field.before)} → ${shownValue(field.after)}`
  }
}

const shownValue = (value: unknown): string => (value === undefined ? 'not set' : code(valueText(value)))

/** Fields that a cell shows; the rest is in the JSON form. */
const mostFields = 20

const fieldsText = ({ changes }: Reported): string =>
  [
    ...changes.slice(0, mostFields).map(fieldText),
    ...(changes.length > mostFields ? [`and ${changes.length - mostFields} more, see the JSON form`] : [])
  ].join('<br>')

const titleOf = ({ resource, name, entry }: Reported): string =>
  [
    code(lineOf(entry?.name ?? name)),
    ...(entry === undefined || entry.name === name ? [] : [plain(lineOf(name))]),
    ...(resource === 'SipConnection' ? [] : [plain(resource)])
  ].join('<br>')

const whereText = ({ customerGuid, sbcId, id }: Reported): string =>
  [
    ...(customerGuid === undefined ? [] : [`customer ${code(customerGuid)}`]),
    ...(id === undefined || id === customerGuid ? [] : [`id ${code(id)}`]),
    ...(sbcId === undefined ? [] : [`SBC ${sbcId}`])
  ].join('<br>')

const doneText = ({ kind, result, touched }: Reported): string =>
  result === 'ok' ? done[kind][0] : `${done[kind][1]}: **${result}**${touched ? '' : ', nothing was changed'}`

const saidText = ({ messages, failure }: Reported): string =>
  [
    ...(failure === undefined ? [] : failure.split('\n').map((line) => plain(messageOf(line.trim())))),
    ...messages.map(({ level, message }) => `${level === 'Error' ? 'Error: ' : ''}${plain(messageOf(message))}`)
  ].join('<br>')

const listed = (name: string, value: string | undefined): ReadonlyArray<string> =>
  value === undefined || value === '' ? [] : [`- ${name}: ${code(lineOf(value))}`]

/** Variables of the run that have a line with a name of their own. */
const stackVariables = ['PULUMI_ORGANIZATION', 'PULUMI_PROJECT', 'PULUMI_STACK']

/** One table, for the change ticket. */
export const markdownForm: Form = {
  ending: 'md',
  above: ({ time, provider, platform, instance, run }) =>
    [
      '# Change report',
      '',
      ...listed('Platform', platform),
      ...listed('Stack', stackVariables.flatMap((name) => (run[name] === undefined ? [] : [run[name]])).join('/')),
      ...listed('Provider instance', instance),
      ...listed('Begun', time),
      ...Object.entries(run)
        .filter(([name]) => !stackVariables.includes(name))
        .flatMap(([name, value]) => listed(name, value)),
      ...listed('pulumi-audiocodes-live', provider),
      '',
      ...heads(['What', 'Where', 'Done', 'Fields', 'Messages', 'Seconds', 'Correlation id']),
      ''
    ].join('\n'),
  row: (reported) =>
    `${row([
      titleOf(reported),
      whereText(reported),
      doneText(reported),
      fieldsText(reported),
      saidText(reported),
      (reported.durationMs / 1000).toFixed(1),
      reported.correlationId === undefined ? '' : code(reported.correlationId)
    ])}\n`,
  below: ({ until, ...counts }) => {
    const texts = Object.entries(counts).map(([name, count]) => `${name} ${count}`)
    return `\nTotals: ${texts.join(', ')}. Last line written ${until}.\n`
  }
}
