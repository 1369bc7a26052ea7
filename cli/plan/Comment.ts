import { type FieldChange, listText, shownOf } from '../report/Fields'
import { code, comment, commentLimit, heads, plain, row, type Section } from '../report/Markdown'
import { isWord, lineOf, messageOf, valueText } from '../report/Values'
import { dangers } from './Danger'
import { type Change, type Plan, mayAffectCalls } from './Plan'
import { cells, countedOperations, headline, kindText, nounIn, othersText, stackText, withoutFields } from './Words'

/** The plan as the comment of a pull request. */

/** Lets a pipeline find the comment of its last run. */
export const mark = '<!-- audiocodes-live plan -->'

const mostFields = 20
const mostSbcs = 50
const mostErrors = 10

const valueCell = (value: unknown): string => (isWord(value) ? valueText(value) : code(valueText(value)))

const fieldLine = (change: FieldChange, isNew: boolean): string => {
  const shown = shownOf(change)
  const name = code(lineOf(change.path))
  switch (shown._tag) {
    case 'Secret':
      return `${name}: ${shown.said}`
    case 'List':
      return `${name}: ${listText(shown, code)}`
    case 'Values':
      return `${name}: ${isNew ? '' : `${valueCell(shown.before)} → `}${valueCell(shown.after)}`
  }
}

const fieldsCell = (change: Change): string => {
  const { fields, operation } = change
  if (fields.length === 0) return withoutFields(change)
  const lines = fields.slice(0, mostFields).map((each) => fieldLine(each, operation === 'create'))
  return [...lines, ...(fields.length > mostFields ? [`… and ${fields.length - mostFields} more fields`] : [])].join(
    '<br>'
  )
}

const nameCell = (change: Change): string => {
  const { kind, name, siteName } = change
  const shown = code(lineOf(name))
  if (kind !== undefined) return `${shown} (${plain(kindText(change))})`
  return siteName === undefined || siteName === name ? shown : `${shown} (site ${code(siteName)})`
}

const rowOf = (change: Change): string =>
  row([
    nameCell(change),
    plain(change.sbc ?? ''),
    change.operation,
    ...(mayAffectCalls(change) ? [change.mayAffectCalls.map((danger) => dangers[danger]).join('<br>')] : []),
    fieldsCell(change)
  ])

const leftOut = (columns: number) => (count: number) =>
  row([`… ${count} more left out: the comment is at its limit`, ...Array.from({ length: columns - 1 }, () => '')])

const section = (title: string, changes: ReadonlyArray<Change>, columns: ReadonlyArray<string>): Section[] =>
  changes.length === 0
    ? []
    : [
        {
          heads: [`#### ${title} (${changes.length})`, '', ...heads(columns)],
          rows: changes.map(rowOf),
          leftOut: leftOut(columns.length)
        }
      ]

const countsOf = (plan: Plan): ReadonlyArray<string> => {
  const columns = countedOperations(plan)
  const shown = plan.bySbc.slice(0, mostSbcs)
  const rest = plan.bySbc.length - shown.length
  return [
    '#### By SBC',
    '',
    ...heads(['SBC', ...columns]),
    ...shown.map(({ sbc, counts }) => row([plain(sbc), ...cells(counts, columns)])),
    ...(rest > 0 ? [row([`… ${rest} more SBCs`, ...columns.map(() => '')])] : []),
    row(['**all**', ...cells(plan.totals, columns)])
  ]
}

const errorsOf = ({ errors }: Plan): ReadonlyArray<string> =>
  errors.length === 0
    ? []
    : [
        '',
        '**The preview failed, so this plan is not complete:**',
        '',
        ...errors.slice(0, mostErrors).map((text) => `- ${code(messageOf(text))}`),
        ...(errors.length > mostErrors ? [`- … and ${errors.length - mostErrors} more errors`] : [])
      ]

/** @param limit bytes that the comment may have */
export const planComment = (plan: Plan, limit = commentLimit): string => {
  const where = stackText(plan)
  const title = `${where === '' ? '' : `**${plain(lineOf(where))}**: `}${headline(plan)}`
  const dangerous = plan.changes.filter(mayAffectCalls)
  const others = plan.changes.filter((change) => !mayAffectCalls(change))
  const rest = othersText(plan)
  return comment(
    [mark, title, ...errorsOf(plan), ''],
    [
      ...section('May affect calls', dangerous, [nounIn(plan), 'SBC', 'operation', 'why', 'fields']),
      ...section('Other changes', others, [nounIn(plan), 'SBC', 'operation', 'fields'])
    ],
    [...(plan.bySbc.length === 0 ? [] : [...countsOf(plan), '']), ...(rest === undefined ? [] : [plain(rest), ''])],
    limit
  )
}
