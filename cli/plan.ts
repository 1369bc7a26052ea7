import { Command, Option } from 'commander'
import type { Format } from './plan/Run'

interface Options {
  readonly format: Format
  readonly exitCode?: boolean
}

const help = `
Reads what "pulumi preview --json" printed, and prints what the next "pulumi up" means for the SIP connections: a row a
connection with old and new values, those first that may affect calls (deleted, replaced, moved to another SBC, registration
with the carrier, fewer calls at a time, numbers removed, another gateway, proxy set, configuration mode or M365 routing,
renamed, taken over, unfinished before), then the others, then counts per SBC. Nothing is sent to the platform, and no
configuration is needed.

Services and dial plans have rows too, with their kind beside the name. Above all stands a service that is deleted or replaced, since it
takes all its SIP connections and dial plans with it; a lower license or fewer licensed users, a deletionProtection that is turned off, and
rules of a dial plan that are removed or get another tag may affect calls as well.

Secrets are shown as "changed", never with a value, also those that stand under the name of a secret without being marked. Values
that are known only after the run are shown as such. A Markdown comment is cut at GitHub's limit of 65,536 characters: the
changes that may affect calls are kept first, and a line says how many are left out. Text and JSON are never cut.

Exit code: 0; 1 for an error, also when the preview itself failed (the plan is then not complete, and says so);
with --exit-code 2 when a change may affect calls.

Example:
  pulumi preview --json --refresh > preview.json
  audiocodes-live plan preview.json > comment.md`

export const planCommand = (): Command =>
  new Command('plan')
    .description('Turn a preview into the comment of a pull request')
    .argument('<file>', 'output of "pulumi preview --json"; - for standard input')
    .addOption(
      new Option('--format <format>', 'form of the output').choices(['markdown', 'text', 'json']).default('markdown')
    )
    .option('--exit-code', 'exit with 2 when a change may affect calls')
    .addHelpText('after', help)
    .action(async (file: string, { format, exitCode }: Options) => {
      // Loaded when it is needed: the other commands start without it.
      const { runPlan } = await import('./plan/Run.js')
      process.exitCode = await runPlan(file, format, exitCode === true)
    })
