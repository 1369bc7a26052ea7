import { Command, Option } from 'commander'
import type { DriftOptions } from './drift/Run'
import { stackName } from './state/StackName'

const help = `
Compares what was applied last with what the platform holds, and changes nothing: neither the platform (every request but GET
and the token request is refused before it is sent) nor the state nor any file that is not named here.

State: that of the selected stack of the Pulumi project in this directory, or of --stack; or a file with the output of "pulumi
stack export" (--state). Configuration: the stack's, as "pulumi config" tells it, and the environment, with the same order of
precedence as in a run. With --state it is the environment alone, unless --stack names a stack of this directory.
Resources of an explicit provider instance are read with the configuration that the state holds for it.

SIP connections, services and dial plans are compared, each with one request; those of a fleet one by one, as <fleet>/<name of the entry>. Of a dial plan these are the rules with the prefixes that the
resource owns: a rule that is gone or has another tag is named, e.g. "removed +4930 -> sbc1.example.net"; rules of others are no drift.

Secrets: the export holds them encrypted, so that they cannot be compared, and the output says how many. With --show-secrets
pulumi is asked for an export in clear, which stays in memory. In the output a secret that differs is called "differs"; there is
never a value. What the platform does not tell at all is named in the output, and is not compared.

What is gone is drift ("deleted outside"). What cannot be read is an error, and the others are compared all the
same. A state that another platform wrote is refused.

Exit code: 0 without drift; 2 with drift; 1 with an error, also when there is drift besides.

Example:
  audiocodes-live drift --stack production --junit drift.xml --markdown drift.md`

export const driftCommand = (): Command =>
  new Command('drift')
    .description('Compare the last applied state with the platform, without changing anything')
    .option('--stack <name>', 'stack of the project in this directory; default: the selected one', stackName)
    .option('--state <file>', 'output of "pulumi stack export" in place of running it; - for standard input')
    .addOption(
      new Option(
        '--show-secrets',
        'compare secrets too: pulumi exports them in clear, kept in memory (a file must have been exported so)'
      ).conflicts('state')
    )
    .option('--json <file>', 'write the report as JSON')
    .option('--markdown <file>', 'write the report as Markdown, cut at 65,536 characters')
    .option('--junit <file>', 'write the report as JUnit XML, a test case a resource')
    .addHelpText('after', help)
    .action(async (options: DriftOptions) => {
      // Loaded when it is needed: the other commands start without the provider.
      const { runDrift } = await import('./drift/Run.js')
      process.exitCode = await runDrift(options)
    })
