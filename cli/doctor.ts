import { Command } from 'commander'
import type { DoctorOptions } from './doctor/Options'
import { stackName } from './state/StackName'

const help = `
Examines one thing after the other, and says of each what was found and what to do. Nothing is changed: every request but GET and
the token request is refused before it is sent, and no file is written. The configuration is that of the stack in this directory
and of the environment, with the same order of precedence as in a run; where there is no stack, the environment alone. Secrets are
never shown.

Checked are: the configuration (which key comes from where, and names that are no setting); the proxy for the address of the platform;
whether the platform can be reached; the token, with the identity provider's own code and a hint where there is none; the base URL,
with and without /tenantui; the clock (more than a minute against the platform is a warning); every call that the lookups use, with the
number of entries, or the field that is not as documented; when the secrets of the customers' app registrations expire, where the
service details tell it (of 20 services, or of --customer).

Then it says how this platform reads what the documentation leaves open or says twice: V2 and V3, names in PascalCase or camelCase,
states as words or numbers, where the main line and the carrier password stand, whether related scripts are told, and whether the
pages of each list count from 0 or from 1. Where Modify takes the site id, which body it takes, and what clears a text cannot be
found out by reading.

For these three there is the lab, which changes a connection: --lab <siteGuid> --yes. Without --yes it only says what it would do.
Give it a connection that nobody uses. It works on this one alone, for some seconds: it reads it, sends its own values, changes one
text (user name, host name or main line of the carrier), clears it, and puts everything back. After every step it compares this and
the other connections of the customer (10 of them by a read of their own, all by their line in the service details); at the first
surprise it stops, puts back what it has changed in the form that is known to work, and names what it could not put back. Each form
names the customer and the connection, and carries the values that the connection has, so that one that the platform does not
understand changes nothing. A connection that could not be put back is refused before anything is sent: with a masked password, with
variables shown by position, with a pending task, or with the name of another one. What Get does not tell (CAC and registration switched
on or off, phones, dial plan prefixes, the DPI password) is not sent; a platform that takes a body for the whole connection may
set it to its default, and nobody could tell. The settings audit and trace hold for the lab as for every write. Ctrl-C
stops it after the step it is in, and puts back. It prints the settings that it found as commands:
siteIdPlacement, modifyBody, clearWith.

Exit code: 0, also with warnings; 1 when a check failed; 2 for --lab without --yes.

Examples:
  audiocodes-live doctor
  audiocodes-live doctor --stack production --customer acme --json
  audiocodes-live doctor --lab 11111111-2222-3333-4444-555555555555 --yes`

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description(
      'Examine configuration, the way to the platform, and what the platform does where its documentation is silent'
    )
    .option(
      '--stack <name>',
      'stack of the project in this directory; default: the selected one, or the environment alone where there is none',
      stackName
    )
    .option(
      '--customer <guid or short name>',
      'customer to look at in detail; default: the first one with a connection'
    )
    .option('--leads', 'read the leads too, which may make the platform fetch their addresses from Microsoft')
    .option('--json', 'print JSON')
    .option(
      '--lab <siteGuid>',
      'with --yes: find out by changing this connection, which must be one that may be broken'
    )
    .option('--yes', 'with --lab: really do it')
    .addHelpText('after', help)
    .action(async (options: DoctorOptions) => {
      // Loaded when it is needed: the other commands start without the provider.
      const { runDoctor } = await import('./doctor/Run.js')
      process.exitCode = await runDoctor(options)
    })
