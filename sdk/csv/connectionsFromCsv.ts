import { readFileSync } from 'node:fs'
import * as pulumi from '@pulumi/pulumi'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type FleetEntry, maxConnections } from '../../provider/fleet/Args'
import type { Inputs } from '../Inputs'
import { type CsvEncoding, textOf } from './Bytes'
import { isSecretColumn } from './Columns'
import { type Entry, entriesOf, withValueAt } from './Entries'
import { faultsText } from './Faults'
import { type Place, isKnown, placesOf } from './Headings'
import { type CsvDelimiter, type Sheet, sheetOf } from './Sheet'

/** How a sheet is read. */
export interface CsvOptions {
  /**
   * What the sheet calls its columns: `{ Standort: 'siteName', Kontakt: false }`. `false` leaves a column out. Default: the headings are the names of
   * the inputs.
   */
  readonly columns?: Readonly<Record<string, string | false>>
  /** Inputs of every entry whose cells leave them open; values may be outputs. Default: none. */
  readonly defaults?: Inputs<FleetEntry>
  /** What stands between two cells: a comma, a semicolon or a tab. Default: found by the headings. */
  readonly delimiter?: CsvDelimiter
  /**
   * Encoding of a file without a byte order mark: UTF-8 when all of its bytes are, otherwise Windows-1252, which has every sign of Latin-1. Default: found
   * by the bytes.
   */
  readonly encoding?: CsvEncoding
  /**
   * Allows columns that hold secrets in clear: passwords, and script variables whose names sound like secrets. They are then marked secret; otherwise such a
   * column is an error. Default: false.
   */
  readonly allowSecrets?: boolean
}

const isText = (pathOrText: string): boolean => /[\r\n]/.test(pathOrText)

const titleOf = (pathOrText: string): string => (isText(pathOrText) ? 'The sheet' : pathOrText)

const textFrom = (pathOrText: string, encoding: CsvEncoding | undefined): E.Either<string, string> => {
  if (pathOrText.trim() === '')
    return E.left('connectionsFromCsv: expected the path of a sheet, or its text; it is empty')
  if (isText(pathOrText)) return E.right(pathOrText)
  return pipe(
    E.tryCatch(
      () => readFileSync(pathOrText),
      (cause) => `cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'})`
    ),
    E.chain((bytes) => textOf(bytes, encoding)),
    E.mapLeft((fault) => `${pathOrText} ${fault}`)
  )
}

const withRows = (title: string, sheet: Sheet): E.Either<string, Sheet> => {
  const { length } = sheet.rows
  if (length === 0) return E.left(`${title} has headings and no rows`)
  return length > maxConnections
    ? E.left(`${title} has ${length} rows; at most ${maxConnections} connections are allowed in one fleet`)
    : E.right(sheet)
}

/** A value of the stack's config, as a secret. */
const secretOf = (key: string): pulumi.Output<string> | undefined => {
  const at = key.lastIndexOf(':')
  return at < 0 ? new pulumi.Config().getSecret(key) : new pulumi.Config(key.slice(0, at)).getSecret(key.slice(at + 1))
}

type Values = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Values =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !pulumi.Output.isInstance(value) &&
  !(value instanceof Promise)

/** Objects are merged field by field, as the defaults of a fleet are. */
const merged = (defaults: Values, own: Values): Values => ({
  ...defaults,
  ...Object.fromEntries(
    Object.entries(own).map(([key, value]) => {
      const fallback = defaults[key]
      return [key, isPlain(value) && isPlain(fallback) ? merged(fallback, value) : value]
    })
  )
})

const valueAt = (values: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>((at, key) => (isPlain(at) ? at[key] : undefined), values)

/** The inputs of an entry: with secrets marked, those of the config in their places, and the defaults. */
const inputsOf = (
  { values, references }: Entry,
  secretPaths: ReadonlyArray<ReadonlyArray<string>>,
  defaults: Values
) => {
  const inClear = secretPaths.flatMap((path): ReadonlyArray<readonly [ReadonlyArray<string>, unknown]> => {
    const value = valueAt(values, path)
    return value === undefined ? [] : [[path, pulumi.secret(value)]]
  })
  const secrets = [...inClear, ...references.map(({ path, key }) => [path, secretOf(key)] as const)]
  const own = secrets.reduce<Values>((all, [path, value]) => withValueAt(all, path, value), values as Values)
  return merged(defaults, own) as Inputs<FleetEntry>
}

const secretPathsOf = (places: ReadonlyArray<Place>): ReadonlyArray<ReadonlyArray<string>> =>
  places.flatMap(({ column }) => (column._tag === 'Value' && isSecretColumn(column) ? [column.path] : []))

type Connections = Readonly<Record<string, Inputs<FleetEntry>>>

const connectionsOf = (title: string, sheet: Sheet, opts: CsvOptions): E.Either<string, Connections> => {
  const { columns = {}, defaults = {}, allowSecrets = false } = opts
  const { places, faults: ofHeadings } = placesOf(sheet, columns, allowSecrets)
  if (places.length === 0) return E.left(faultsText(title, ofHeadings))
  const { customerGuid } = defaults
  const { entries, faults: ofRows } = entriesOf(sheet.rows, {
    headings: sheet.headings,
    places,
    hasSecret: (key) => secretOf(key) !== undefined,
    customerGuid: typeof customerGuid === 'string' ? customerGuid : undefined
  })
  const faults = [...ofHeadings, ...ofRows]
  if (faults.length > 0) return E.left(faultsText(title, faults))
  const secretPaths = secretPathsOf(places)
  return E.right(
    Object.fromEntries(entries.map((entry) => [entry.name, inputsOf(entry, secretPaths, defaults as Values)]))
  )
}

/**
 * The connections of a fleet from a sheet that a spreadsheet has saved as CSV: a row is a connection, and a heading names an input. Nothing is asked of
 * the platform.
 *
 * The headings are the names of the inputs, without regard to case, blanks, `_` and `-`; a field of an object has a dot: `sbcScripts.onboardingScript`,
 * `sbcScripts.customerVariables.Region`. The column `name` names the entries; without it, or where it is empty, `siteName` does. An empty cell declares
 * nothing. `audiocodes-live template --csv` writes an empty sheet with all columns explained.
 *
 * Cells: numbers are digits alone; `true`, `yes`, `x`, `1`, `ja` and the like are true; several `phones` have blanks, `;`, `|` or line breaks between
 * them, `dialPlanPrefixes` are `plan:index` or `plan:index:inactive` with `;` between; `none` is an empty list. A `'` before a formula, a number, a date
 * or a `#` is taken off: spreadsheets keep such cells as they are. A text in `"` is read as a JSON string. Rows that begin with `#` are comments: above
 * the headings all of them, below where the rest of the row is empty.
 *
 * Secrets stand in the config of the stack: `passwordConfigKey` holds the key of `carrierUserPassword` (`pulumi config set --secret <key>`), with the
 * namespace of another project as `namespace:key`. Any other secret has a column with `.configKey` behind its name, such as
 * `sbcScripts.customerVariables.ApiKey.configKey`.
 *
 * @param pathOrText path of a file, from the folder of the program; or the text itself, which has a line break
 * @param opts how it is read
 * @returns the entries by their names, in the order of the rows, for `connections` of a fleet
 * @throws the run fails with all faults of the sheet in one text, each with line and column, never with a value
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const sheet = `
 * Standort;sbcId;cacProfile;phones;passwordConfigKey
 * Köln;3;10 sessions;+4922112345 +4922112346;carrierPassword
 * Bonn;4;20 sessions;;
 * `
 * const fleet = new live.SipConnectionFleet('branches', {
 *   defaults: {
 *     customerGuid: '11111111-1111-1111-1111-111111111111',
 *     sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
 *   },
 *   connections: live.connectionsFromCsv(sheet, { columns: { Standort: 'siteName' } })
 * })
 * export const sites = fleet.siteGuids
 */
export const connectionsFromCsv = (
  pathOrText: string,
  opts: CsvOptions = {}
): Readonly<Record<string, Inputs<FleetEntry>>> => {
  const { columns = {}, delimiter, encoding } = opts
  const title = titleOf(pathOrText)
  const connections = pipe(
    textFrom(pathOrText, encoding),
    E.chain((text) =>
      pipe(
        sheetOf(text, isKnown(columns), delimiter),
        E.mapLeft((fault) => `${title}: ${fault}`)
      )
    ),
    E.chain((sheet) => withRows(title, sheet)),
    E.chain((sheet) => connectionsOf(title, sheet, opts))
  )
  if (E.isLeft(connections)) throw new pulumi.RunError(connections.left)
  return connections.right
}
