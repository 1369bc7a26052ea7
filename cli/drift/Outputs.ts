import { titleOf, wordsOf } from '../report/Kinds'
import { code, comment, commentLimit, heads, plain, row } from '../report/Markdown'
import { table } from '../report/Table'
import { document, element } from '../report/Xml'
import { amount } from '../report/Values'
import type { Result } from './Compare'
import { type Report, resultsOf } from './Report'
import { columns, errorLines, headline, notes, rowsOf } from './Words'

/** A report for a terminal. */
export const reportText = (report: Report): string => {
  const rows = resultsOf(report).flatMap(rowsOf)
  const errors = resultsOf(report).flatMap(errorLines)
  const remarks = notes(report)
  return [
    headline(report),
    ...(rows.length === 0 ? [] : ['', ...table(columns(report), rows)]),
    ...(errors.length === 0 ? [] : ['', ...errors]),
    ...(remarks.length === 0 ? [] : ['', ...remarks]),
    ''
  ].join('\n')
}

export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`

/** @param limit bytes that the text may have, so that it can be a comment or an issue */
export const reportMarkdown = (report: Report, limit = commentLimit): string => {
  const rows = resultsOf(report).flatMap(rowsOf)
  const remarks = notes(report)
  const shown = remarks.slice(0, 50)
  const cell = (text: string): string => (text === '' ? '' : code(text))
  return comment(
    ['<!-- audiocodes-live drift -->', plain(headline(report)), ''],
    rows.length === 0
      ? []
      : [
          {
            heads: heads(columns(report)),
            rows: rows.map((cells) => row(cells.map(cell))),
            leftOut: (count) => row([`… ${count} more rows left out`, '', '', ''])
          }
        ],
    [
      ...shown.map((text) => `- ${plain(text)}`),
      ...(remarks.length > shown.length ? [`- … and ${remarks.length - shown.length} more`] : []),
      ''
    ],
    limit
  )
}

const verdict = (result: Result): ReadonlyArray<string> => {
  const lines = rowsOf(result).map(([, field, was, is]) => (field === '' ? is : `${field}: code ${was}, live ${is}`))
  switch (result.outcome) {
    case 'same':
      return []
    case 'gone':
      return [
        element(
          'failure',
          { message: 'deleted outside' },
          `The ${wordsOf(result.kind).short} does not exist on the platform any more.`
        )
      ]
    case 'drift':
      return [
        element('failure', { message: `${amount(result.fields.length, 'difference')} from the code` }, lines.join('\n'))
      ]
    case 'error':
      return [element('error', { message: result.error?.headline ?? 'not compared' }, errorLines(result).join('\n'))]
  }
}

/** A test case a resource, so that a pipeline shows them as its tests. */
export const reportJunit = (report: Report): string => {
  const { stack, project, counts } = report
  const results = resultsOf(report)
  const totals = { tests: results.length, failures: counts.drift + counts.gone, errors: counts.error, skipped: 0 }
  const suite = element('testsuite', { name: 'audiocodes-live drift', ...totals }, [
    ...results.map((result) =>
      element('testcase', { classname: `${project}.${stack}`, name: titleOf(result) }, verdict(result))
    ),
    element('system-out', {}, [headline(report), ...notes(report)].join('\n'))
  ])
  return document(element('testsuites', totals, [suite]))
}
