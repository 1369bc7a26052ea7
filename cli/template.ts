import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { CsvDelimiter } from '../sdk/csv/Sheet'
import { delimiterOption } from './template/Delimiter'
import type { Schema } from './template/Template'

interface Options {
  readonly out?: string
  readonly delimiter: CsvDelimiter
}

// Found from dist/cli, in the repository and in the installed package alike.
const schema = (): Schema => JSON.parse(readFileSync(join(__dirname, '../../schema.json'), 'utf8')) as Schema

const write = (out: string | undefined, text: string): void => {
  if (out === undefined) {
    process.stdout.write(text)
    return
  }
  try {
    writeFileSync(out, text, { flag: 'wx' })
  } catch (cause) {
    const { code = 'unknown reason' } = cause as NodeJS.ErrnoException
    throw new Error(
      code === 'EEXIST'
        ? `${out} is there already, and nothing is overwritten: name another file.`
        : `${out} could not be written (${code}).`
    )
  }
}

const help = `
Fill in a row a connection, and read the sheet with live.connectionsFromCsv(<file>), which gives the connections of a SipConnectionFleet. The lines above
the headings explain the columns and may stay. Nothing is asked of the platform; no configuration is needed.

The sheet is UTF-8 with a byte order mark, which spreadsheets need to know it. Where yours expects semicolons, as in most countries that write numbers with
a comma, say --delimiter semicolon.

Exit code: 0; 1 with an error.

Example:
  audiocodes-live template --csv --out connections.csv`

export const templateCommand = (): Command =>
  new Command('template')
    .description('Write an empty sheet for the connections of a fleet, with its columns explained')
    .requiredOption('--csv', 'as CSV')
    .option('--out <file>', 'a new file; without it, standard output')
    .addOption(delimiterOption())
    .addHelpText('after', help)
    .action(async ({ out, delimiter }: Options) => {
      // Loaded when it is needed: the other commands start without the inputs of the provider.
      const { template } = await import('./template/Template.js')
      write(out, template(schema(), delimiter))
    })
