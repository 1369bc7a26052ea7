import { Command, InvalidArgumentError, Option } from 'commander'
import type { ExportOptions } from './export/Run'
import { delimiterOption } from './template/Delimiter'

/** A name that could stand for two, or be part of a path, leads to a clear end. */
const dialPlanNames = (given: string): ReadonlyArray<string> => {
  const names = given.split(',').map((name) => name.trim())
  if (names.some((name) => name === '' || name.includes('/') || /^\.{1,2}$/.test(name))) {
    throw new InvalidArgumentError(
      'Expected names of dial plans such as CustDialPlan,Zoom: without a slash, none of them empty.'
    )
  }
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    throw new InvalidArgumentError('A dial plan is named twice.')
  }
  return names
}

const help = `
Reads the SIP connections of a customer, or of all customers, and writes a Pulumi project: a TypeScript program that declares them
as they are, and an import file that takes them into the state of a stack. After the import, "pulumi preview" of that program
shows no changes. Nothing is changed on the platform: every request but GET and the token request is refused before it is sent.

Configuration: the environment alone (AUDIOCODES_LIVE_BASE_URL and the credentials). The base URL, and what else steers the requests
and is not its default, goes into Pulumi.yaml of the project; credentials never do.

Requests: one a connection, one a customer, and one for the list of customers where it is needed; with --services one more a customer, and
one a connection for each name of a dial plan. Eight at a time, and not more a second than the setting requestsPerSecond allows.

Names: a resource is called <customer>-<connection>, in lower case, with a "-" for whatever is no letter or digit of ASCII. Names that are
equal then get the first digits of the site id. With several customers each has a file of its own.

Secrets: passwords, and variables of the scripts that sound like secrets, are config secrets in the program. The import file and the script
secrets.sh, which gives them to "pulumi config set --secret", hold them in clear: both have mode 0600 and are in the project's .gitignore.
Remove them after the import. secrets.sh takes the options of that command, such as --stack; on Windows it needs a shell.

What the platform does not return is marked "not readable: confirm" in the program. enableCac and carrierRegistration have the value that
fits the rest: true with a CAC profile, true with complete credentials of the carrier, otherwise false. Where credentials are
incomplete or masked, carrierRegistration is left out. phones, dialPlanPrefixes, carrierPasswordDpi and proxySet are not declared. An update
sends what is declared, so compare these with the portal before the first change.

adopt holds the site id. The import needs it for a connection without scripts; and if the state is lost, "pulumi up" takes exactly this
connection over and makes no second one. Remove it to let a destroyed connection be made anew. It is left out where carrierRegistration is.

--services also writes the services of the customers, and the dial plans of the connections that hold rules, those of --dial-plans. What the
platform does not tell of a service (ovocCustomerType, configuration) is declared as for a connection that registers: compare it with the portal
before the import, since a later change replaces the service. A service is protected against deletion until deletionProtection: false is
declared. A dial plan gets all rules that it has at that time; the names of rules are not declared, since the platform may read other ones back.

--csv writes a sheet, connections.csv, in the place of the program: a row a connection, for connectionsFromCsv. It holds no secrets but their keys in the
config of the stack, which secrets.sh sets. A ' stands before what a spreadsheet would take for a formula, a number or a date, and is taken off
when the sheet is read. --as fleet writes a program with one SipConnectionFleet, with --csv one that reads the sheet; what all connections have in common
stands in its defaults. Each entry has its site id in adopt: the first "pulumi up" takes the connections over, without an import. An entry whose
carrierRegistration is left out cannot be taken over before it is filled in; the preview says so.

A connection or customer that cannot be read is told and left out, and the others are written. The folder must be new or empty, and it gets
all files or none. The import needs Pulumi 3.254 or newer.

Exit code: 0; 1 with an error, also when something was left out. Where there is nothing to write nothing is written, which is no error.

Example:
  audiocodes-live export --customer acme --out acme --services
  audiocodes-live export --all --as fleet --csv --out fleet`

export const exportCommand = (): Command =>
  new Command('export')
    .description('Write the connections that exist as a Pulumi program and an import file')
    .addOption(new Option('--customer <customer>', 'guid or short name of a customer').conflicts('all'))
    .option('--all', 'all customers')
    .addOption(new Option('--services', 'services and dial plans too').conflicts(['csv', 'as']))
    .option('--csv', 'a sheet with the connections')
    .addOption(new Option('--as <form>', 'what the program declares').choices(['connections', 'fleet']))
    .addOption(delimiterOption())
    .addOption(
      new Option(
        '--dial-plans <names>',
        'names of the dial plans that are read, with commas between them; implies --services'
      )
        .argParser(dialPlanNames)
        .default(['CustDialPlan'], 'CustDialPlan')
        .implies({ services: true })
    )
    .requiredOption('--out <folder>', 'folder to write to: a new or an empty one')
    .addHelpText('after', help)
    .action(async (options: ExportOptions) => {
      // Loaded when it is needed: the other commands start without the provider.
      const { runExport } = await import('./export/Run.js')
      process.exitCode = await runExport(options)
    })
