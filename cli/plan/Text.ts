import { type FieldChange, listText, shownOf } from '../report/Fields'
import { table } from '../report/Table'
import { lineOf, messageOf, valueText } from '../report/Values'
import { dangers } from './Danger'
import { type Change, type Plan, mayAffectCalls } from './Plan'
import { cells, countedOperations, headline, kindText, othersText, stackText, withoutFields } from './Words'

/** The plan for a terminal or a log, whole. */

const fieldLine = (change: FieldChange, isNew: boolean): string => {
  const shown = shownOf(change)
  const start = `      ${lineOf(change.path)}: `
  switch (shown._tag) {
    case 'Secret':
      return `${start}${shown.said}`
    case 'List':
      return `${start}${listText(shown)}`
    case 'Values':
      return `${start}${isNew ? '' : `${valueText(shown.before)} → `}${valueText(shown.after)}`
  }
}

const whatOf = (change: Change): string => {
  const { kind, name, siteName, sbc = '' } = change
  if (kind !== undefined) return kindText(change)
  return `SBC ${sbc}${siteName === undefined || siteName === name ? '' : `, site ${siteName}`}`
}

const linesOf = (change: Change): ReadonlyArray<string> => {
  const { name, operation, mayAffectCalls: found, fields } = change
  return [
    `  ${operation} ${lineOf(name)} (${whatOf(change)})${found.length === 0 ? '' : `: ${found.map((danger) => dangers[danger]).join('; ')}`}`,
    ...(fields.length === 0
      ? [`      ${withoutFields(change)}`]
      : fields.map((each) => fieldLine(each, operation === 'create')))
  ]
}

const section = (title: string, changes: ReadonlyArray<Change>): ReadonlyArray<string> =>
  changes.length === 0 ? [] : ['', `${title} (${changes.length})`, ...changes.flatMap(linesOf)]

export const planText = (plan: Plan): string => {
  const where = stackText(plan)
  const columns = countedOperations(plan)
  const rest = othersText(plan)
  return [
    `${where === '' ? '' : `${lineOf(where)}: `}${headline(plan)}`,
    ...(plan.errors.length === 0
      ? []
      : [
          '',
          'The preview failed, so this plan is not complete:',
          ...plan.errors.map((text) => `  ${messageOf(text)}`)
        ]),
    ...section('May affect calls', plan.changes.filter(mayAffectCalls)),
    ...section(
      'Other changes',
      plan.changes.filter((change) => !mayAffectCalls(change))
    ),
    ...(plan.bySbc.length === 0
      ? []
      : [
          '',
          ...table(
            ['SBC', ...columns],
            [...plan.bySbc, { sbc: 'all', counts: plan.totals }].map(({ sbc, counts }) => [
              sbc,
              ...cells(counts, columns)
            ])
          )
        ]),
    ...(rest === undefined ? [] : ['', rest]),
    ''
  ].join('\n')
}
