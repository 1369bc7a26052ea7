import { Command } from 'commander'
import type { RollbackOptions } from './rollback/Run'

const help = `
Reads a change report, the JSON file that a run writes with AUDIOCODES_LIVE_REPORT=<file>, and prints the TypeScript program that declares
what was before that run: the former inputs of what was changed or taken over, and those of what was deleted. Entries of a fleet
become a record of connections; with --csv all connections become a sheet for connectionsFromCsv. Nothing is sent to the platform, and no
configuration is needed: "pulumi up" with these declarations restores the values, once its preview was looked at.

What a program cannot restore stands in the comment at its top, and with --out on standard output too: what the run created (take it out of
the program), what it deleted (it is made anew, with another id), secrets (no report holds them: they are config secrets in the program),
values that the platform did not tell before the run, and what failed or ended without a clear answer.

Dangerous changes that the way back makes (a rename, a move to another SBC, numbers removed) are allowed in the declarations.

Exit code: 0; 1 with an error, such as a file that is no report or that a newer version has written.

Example:
  audiocodes-live rollback --report change.json --csv`

export const rollbackCommand = (): Command =>
  new Command('rollback')
    .description('Print what restores the values before a run, from its change report')
    .requiredOption('--report <file>', 'change report in JSON; - for standard input')
    .option('--csv', 'a sheet of connections in place of a program')
    .option('--out <file>', 'write to a file in place of standard output')
    .addHelpText('after', help)
    .action(async (options: RollbackOptions) => {
      // Loaded when it is needed: the other commands start without the provider.
      const { runRollback } = await import('./rollback/Run.js')
      process.exitCode = await runRollback(options)
    })
