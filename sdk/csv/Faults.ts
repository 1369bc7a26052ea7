import type { Row } from './Sheet'

/** What is wrong with a sheet, and where. Pure. */

const most = 50

const rowText = ({ line, number }: Row): string => (line === number ? `line ${line}` : `line ${line} (row ${number})`)

/** A line of a fault; `column` counts from 0. */
export const faultAt = (row: Row, column: number, heading: string, text: string): string =>
  `${rowText(row)}, column ${column + 1}${heading === '' ? '' : ` ${JSON.stringify(heading)}`}: ${text}`

/** A fault of a whole row. */
export const faultOf = (row: Row, text: string): string => `${rowText(row)}: ${text}`

/** `line 3`, for a fault that two rows have together. */
export const placeOf = rowText

/** All of them in one text. */
export const faultsText = (sheet: string, faults: ReadonlyArray<string>): string => {
  const [only, ...others] = faults
  if (only !== undefined && others.length === 0) return `${sheet}: ${only}`
  return [
    `${sheet} has ${faults.length} faults:`,
    ...faults.slice(0, most).map((fault) => `  ${fault}`),
    ...(faults.length > most ? [`  and ${faults.length - most} more`] : [])
  ].join('\n')
}
