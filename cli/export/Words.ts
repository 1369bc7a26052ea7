import { few } from '../../provider/Words'
import { amount, lineOf } from '../report/Values'
import { amounts, ofKind } from '../report/Kinds'
import type { Customer } from './Customers'
import type { Failure } from './Failure'
import type { Named } from './Named'
import type { Besides } from './Program'

/** What the command prints. */

/** All of an error. */
export const failureText = ({ headline, details }: Failure): string =>
  [headline, ...details.map((line) => `    ${line}`), ''].join('\n')

const customerText = (customers: ReadonlyArray<Customer>): string => {
  const [only, ...others] = customers
  if (only === undefined || others.length > 0) return amount(customers.length, 'customer')
  return only.shortName === undefined ? `customer ${only.guid}` : `customer ${lineOf(only.shortName)} (${only.guid})`
}

/** There is nothing to write. */
export const emptyText = (customers: ReadonlyArray<Customer>, failures: ReadonlyArray<Failure>): string =>
  failures.length > 0
    ? 'Nothing was written.\n'
    : `There are no SIP connections at ${customerText(customers)}: nothing was written.\n`

const width = 13

const line = (name: string, text: string, wide = width): string => `  ${name.padEnd(wide)}${text}`

/** What remarks a resource has. */
interface Remarked {
  readonly remarks: Readonly<Partial<Record<string, string>>>
  readonly left: ReadonlyArray<string>
}

const marked = ({ remarks, left }: Remarked): boolean => Object.keys(remarks).length + left.length > 0

/** Within single quotes, where a shell would take it apart. */
const shellWord = (text: string): string => (/^[\w./@%+:=-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`)

/** What was written, and what to do with it. */
export const writtenText = (
  out: string,
  connections: ReadonlyArray<Named>,
  failures: ReadonlyArray<Failure>,
  { services, dialPlans }: Besides
): string => {
  const all = [...services, ...dialPlans, ...connections]
  const customers = [...new Set([...services, ...connections].map(({ customer }) => customer))]
  const secrets = connections.reduce((sum, each) => sum + each.secrets.length, 0)
  const toConfirm = all.filter(marked).length
  const noun = all.length === connections.length ? 'connection' : 'resource'
  return [
    `${amounts(all.map(({ kind }) => ofKind(kind)))} of ${customerText(customers)} written to ${out}` +
      (failures.length === 0 ? '.' : `; ${amount(failures.length, 'error')} above: not everything is in it.`),
    '',
    line(
      'index.ts',
      customers.length > 1 ? 'the program, with a file a customer in customers/' : 'the program that declares them'
    ),
    line(
      'import.json',
      `what "pulumi import" takes into the state${secrets > 0 ? '; SECRETS IN CLEAR, mode 0600' : ''}`
    ),
    ...(secrets > 0
      ? [
          line(
            'secrets.sh',
            `makes ${amount(secrets, 'secret')} part of the stack's configuration; SECRETS IN CLEAR, mode 0600`
          )
        ]
      : []),
    '',
    ...(toConfirm === 0
      ? []
      : [
          `${amount(toConfirm, noun)} with values that the platform does not return: look for "confirm" in the program.`,
          ''
        ]),
    'Next, with Pulumi 3.254 or newer and the credentials in the environment:',
    `  cd ${shellWord(out)}`,
    '  npm install',
    '  pulumi stack init <stack>',
    ...(secrets > 0 ? ['  sh secrets.sh'] : []),
    '  pulumi import --file import.json --generate-code=false --protect=false --yes',
    '  pulumi preview --expect-no-changes',
    `  rm import.json${secrets > 0 ? ' secrets.sh' : ''}`,
    ''
  ].join('\n')
}

/** Name of the sheet in its folder. */
export const sheetName = 'connections.csv'

interface FleetForm {
  readonly csv?: boolean
  readonly as?: 'connections' | 'fleet'
  /** Connections that lack what a takeover needs. */
  readonly unconfirmed: ReadonlyArray<string>
}

/** What was written of a fleet, and what to do with it. */
export const fleetText = (
  out: string,
  connections: ReadonlyArray<Named>,
  failures: ReadonlyArray<Failure>,
  { csv = false, as, unconfirmed }: FleetForm
): string => {
  const customers = [...new Set(connections.map(({ customer }) => customer))]
  const secrets = connections.reduce((sum, each) => sum + each.secrets.length, 0)
  const isProgram = as === 'fleet'
  const wide = csv ? sheetName.length + 2 : width
  return [
    `${amount(connections.length, 'SIP connection')} of ${customerText(customers)} written to ${out}` +
      (failures.length === 0 ? '.' : `; ${amount(failures.length, 'error')} above: not everything is in it.`),
    '',
    ...(isProgram ? [line('index.ts', 'the program: one fleet that takes them over by their site ids', wide)] : []),
    ...(csv ? [line(sheetName, `the sheet: connectionsFromCsv('${sheetName}') reads it`, wide)] : []),
    ...(secrets > 0
      ? [
          line(
            'secrets.sh',
            `makes ${amount(secrets, 'secret')} part of the stack's configuration; SECRETS IN CLEAR, mode 0600`,
            wide
          )
        ]
      : []),
    '',
    ...(unconfirmed.length === 0
      ? []
      : [
          `${amount(unconfirmed.length, 'connection')} cannot be taken over before carrierRegistration is filled in, which the platform does not tell: ${few(unconfirmed)}.`,
          ''
        ]),
    ...(isProgram
      ? [
          'Next, with the credentials in the environment:',
          `  cd ${shellWord(out)}`,
          '  npm install',
          '  pulumi stack init <stack>',
          ...(secrets > 0 ? ['  sh secrets.sh'] : []),
          '  pulumi preview',
          '  pulumi up',
          ...(secrets > 0 ? ['  rm secrets.sh'] : []),
          ''
        ]
      : [
          `Put ${secrets > 0 ? 'both files' : 'it'} beside the Pulumi.yaml of the program${secrets > 0 ? ', run "sh secrets.sh", and remove that file' : ''}.`,
          `Compare what the platform does not return with the portal: the lines above the headings of ${sheetName} say what it is.`,
          ''
        ])
  ].join('\n')
}
