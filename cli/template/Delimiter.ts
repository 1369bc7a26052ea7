import { InvalidArgumentError, Option } from 'commander'
import type { CsvDelimiter } from '../../sdk/csv/Sheet'

const delimiters: Readonly<Record<string, CsvDelimiter>> = { comma: ',', semicolon: ';', tab: '\t' }

/** What stands between the cells of a sheet that is written. */
export const delimiterOption = (): Option =>
  new Option('--delimiter <word>', 'between two cells of a sheet: comma, semicolon or tab')
    .argParser((word: string): CsvDelimiter => {
      const found = Object.hasOwn(delimiters, word) ? delimiters[word] : undefined
      if (found === undefined) throw new InvalidArgumentError(`Expected one of ${Object.keys(delimiters).join(', ')}.`)
      return found
    })
    .default(',', 'comma')
