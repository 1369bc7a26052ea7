import { type CsvError, parse } from 'csv-parse/sync'
import * as E from 'fp-ts/Either'

/** The text of a sheet as rows of cells. Pure. */

export interface Row {
  /** Where it begins in the text, from 1. */
  readonly line: number
  /** What a spreadsheet calls it: other than the line where a cell above has line breaks. */
  readonly number: number
  readonly cells: ReadonlyArray<string>
}

export interface Sheet {
  readonly headings: Row
  readonly rows: ReadonlyArray<Row>
}

/** What may stand between cells. */
export type CsvDelimiter = ',' | ';' | '\t'

const delimiters: ReadonlyArray<CsvDelimiter> = [',', ';', '\t']

const spaces = /[\u00a0\u2007\u202f]/g

/** A cell without blanks around it, and with blanks for those that do not break. */
export const tidy = (cell: string): string => cell.replace(spaces, ' ').trim()

const isBlank = ({ cells }: Row): boolean => cells.every((cell) => tidy(cell) === '')

const startsComment = ({ cells }: Row): boolean => tidy(cells[0] ?? '').startsWith('#')

/**
 * A `#` that stands alone in its row: a spreadsheet keeps it where a line of its own would become a row of cells. In a sheet of one column it would be
 * a value.
 */
const isComment = (row: Row, headings: Row): boolean =>
  startsComment(row) && headings.cells.length > 1 && row.cells.slice(1).every((cell) => tidy(cell) === '')

interface Parsed {
  readonly record: ReadonlyArray<string>
  readonly info: { readonly lines: number }
}

const rowsOf = (text: string, delimiter: CsvDelimiter, from: number, to?: number): ReadonlyArray<Row> => {
  const parsed = parse(text, {
    delimiter,
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    ...(to === undefined ? {} : { to })
  }) as unknown as ReadonlyArray<Parsed>
  return parsed.map(({ record }, index) => ({
    line: from + (parsed[index - 1]?.info.lines ?? 0) + 1,
    number: from + index + 1,
    cells: record
  }))
}

/** What may stand above the headings: comments, whatever they have behind them, and rows that are blank with another delimiter. */
const isAbove = (row: Row): boolean => startsComment(row) || row.cells.every((cell) => /^[\s,;]*$/.test(cell))

const firstRows = 500

/** The row of headings, if the head of the text can be read so. */
const headingsWith = (text: string, delimiter: CsvDelimiter): ReadonlyArray<string> => {
  try {
    return rowsOf(text, delimiter, 0, firstRows).find((row) => !isAbove(row))?.cells ?? []
  } catch {
    return []
  }
}

/** The delimiter that makes most known headings, then most cells; a comma where there is one column. */
const found = (text: string, isKnown: (heading: string) => boolean): CsvDelimiter => {
  const scored = delimiters.map((delimiter) => {
    const headings = headingsWith(text, delimiter)
    return { delimiter, score: headings.filter(isKnown).length * 1000 + headings.length }
  })
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).delimiter
}

const csvFault = (cause: unknown, from: number): string => {
  const { code = '', lines } = cause as CsvError & { readonly lines?: number }
  const line = typeof lines === 'number' ? `line ${lines + from}: ` : ''
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and not closed before the end of the sheet'
  return code.includes('QUOTE')
    ? `${line}a quote stands in the middle of a cell; write "" for a quote, and quotes around the whole cell`
    : `${line}cannot be read (${code === '' ? 'unknown reason' : code})`
}

/** Some programs write `sep=;` above a sheet, for spreadsheets. */
const announced = /^sep=([,;\t])\n/i

/**
 * Rows and headings of a text, without comments and blank rows.
 *
 * @param isKnown whether a heading is one that a sheet may have: tells the delimiters apart
 */
export const sheetOf = (
  text: string,
  isKnown: (heading: string) => boolean,
  delimiter?: CsvDelimiter
): E.Either<string, Sheet> => {
  // The parser counts CRLF within quotes twice; in a cell all line ends mean the same.
  const whole = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const announcement = announced.exec(whole)
  const from = announcement === null ? 0 : 1
  const body = announcement === null ? whole : whole.slice(announcement[0].length)
  const between = delimiter ?? (announcement?.[1] as CsvDelimiter | undefined) ?? found(body, isKnown)
  let rows: ReadonlyArray<Row>
  try {
    rows = rowsOf(body, between, from)
  } catch (cause) {
    return E.left(csvFault(cause, from))
  }
  const at = rows.findIndex((row) => !isAbove(row))
  const headings = rows[at]
  if (headings === undefined) return E.left('it is empty, without a row of headings')
  return E.right({ headings, rows: rows.slice(at + 1).filter((row) => !isBlank(row) && !isComment(row, headings)) })
}
