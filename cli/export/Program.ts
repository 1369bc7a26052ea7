import { argKeys } from '../../provider/sip-connection/Args'
import { resources } from '../report/Kinds'
import { lineOf } from '../report/Values'
import { confirm } from './Declared'
import { Code, property, textLiteral } from './Literals'
import type { Look } from './Looks'
import type { Named, NamedDialPlan, NamedService } from './Named'
import type { Customer } from './Customers'
import { replacedAt } from './Secrets'

/** The program that declares the connections as they are. */

export interface SourceFile {
  readonly path: string
  readonly text: string
}

export const explained = (platform: string, what: string): ReadonlyArray<string> => [
  `// ${what} as ${platform} held them when they were exported.`,
  '//',
  `// "${confirm}" marks what the platform does not return. What is declared so has the value that fits the rest,`,
  '// and the first update of the connection sends it: compare it with the portal before. What is not declared is not sent;',
  '// whether an update leaves it as it is, is not documented: declare phones and dialPlanPrefixes first where there are any.',
  '// carrierPasswordDpi and proxySet are not returned either.',
  '//',
  '// adopt is the site id: if the state is lost, "pulumi up" takes exactly this connection over and makes no second one.',
  '// Remove it where a destroyed connection is to be made anew.'
]

const explainedBesides: ReadonlyArray<string> = [
  '//',
  '// A service is protected: declare deletionProtection: false, and run "pulumi up", before it is to be destroyed with all that belongs to it.',
  '// A dial plan has the rules that it had when it was exported; what others add to it is left alone. Where there is one, do not declare',
  '// dialPlanPrefixes of its connection.'
]

const imports = (hasSecrets: boolean): ReadonlyArray<string> => [
  ...(hasSecrets ? [`import * as pulumi from '@pulumi/pulumi'`] : []),
  `import * as live from 'pulumi-audiocodes-live'`,
  '',
  ...(hasSecrets ? ['const config = new pulumi.Config()'] : [])
]

const customerLines = ({ customer, service, connections }: Group, prefix: string): ReadonlyArray<string> => {
  const { guid, shortName, fullName } = customer
  const names = [shortName, fullName]
    .filter((name) => name !== undefined && name !== '')
    .map((name) => lineOf(name ?? ''))
  return [
    ...(names.length === 0 ? [] : [`// Customer: ${[...new Set(names)].join(', ')}`]),
    ...(service === undefined
      ? [`const customerGuid = ${textLiteral(guid)}`]
      : [
          `${prefix}const service = new live.${typeOf(service)}(${textLiteral(service.name)}, {`,
          ...linesOf(service, service.args, Object.keys(service.args)),
          '})',
          ...(connections.length === 0 ? [] : [`const customerGuid = ${idOf('service')}`])
        ])
  ]
}

/** Known in the preview of an update too, unlike the outputs: what refers to one would be shown as replaced. */
const idOf = (constant: string): string => `${constant}.id`

const typeOf = ({ kind }: Pick<Look, 'kind'>): string => resources[kind].type

/** The inputs with an expression in the place of each secret. */
const expressions = ({ args, secrets }: Named): Readonly<Record<string, unknown>> =>
  replacedAt(
    args,
    secrets.map(({ path, key }) => [path, new Code(`config.requireSecret(${textLiteral(key)})`)])
  ) as Readonly<Record<string, unknown>>

/** The inputs line by line; what is not declared stands before adopt. */
const linesOf = (
  { remarks, left }: Pick<Look, 'remarks' | 'left'>,
  values: Readonly<Record<string, unknown>>,
  keys: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const lines = keys.map((key, index) => {
    const text = key === 'customerGuid' ? key : property(key, values[key], '  ')
    const remark = remarks[key]
    return `  ${text}${index === keys.length - 1 ? '' : ','}${remark === undefined ? '' : ` // ${remark}`}`
  })
  const end = keys.includes('adopt') ? lines.length - 1 : lines.length
  return [...lines.slice(0, end), ...left.map((line) => `  // ${line}`), ...lines.slice(end)]
}

const inputLines = (each: Named): ReadonlyArray<string> => {
  const values = expressions(each)
  return linesOf(
    each,
    values,
    argKeys.filter((key) => key in values)
  )
}

const declaration = (each: Named, prefix: string): ReadonlyArray<string> => [
  '',
  `${prefix}const ${each.constant} = new live.SipConnection(${textLiteral(each.name)}, {`,
  ...inputLines(each),
  '})'
]

const dialPlanLines = (plan: NamedDialPlan): ReadonlyArray<string> => {
  const values = { ...plan.args, siteGuid: new Code(idOf(plan.connection.constant)) }
  return ['', `new live.DialPlan(${textLiteral(plan.name)}, {`, ...linesOf(plan, values, Object.keys(values)), '})']
}

const textOf = (lines: ReadonlyArray<string>): string => `${lines.join('\n')}\n`

/** What belongs to one customer. */
interface Group {
  readonly customer: Customer
  readonly customerName: string
  readonly service: NamedService | undefined
  readonly connections: ReadonlyArray<Named>
  readonly dialPlans: ReadonlyArray<NamedDialPlan>
}

const body = (group: Group, prefix: string): ReadonlyArray<string> => [
  ...imports(group.connections.some(({ secrets }) => secrets.length > 0)),
  ...customerLines(group, prefix),
  ...group.connections.flatMap((each) => [
    ...declaration(each, prefix),
    ...group.dialPlans.filter(({ connection }) => connection === each).flatMap(dialPlanLines)
  ])
]

const byCustomer = (connections: ReadonlyArray<Named>, { services, dialPlans }: Besides): ReadonlyArray<Group> => {
  const names = new Map([
    ...services.map(({ customer, name }) => [customer, name] as const),
    ...connections.map(({ customer, customerName }) => [customer, customerName] as const)
  ])
  return [...names].map(([customer, customerName]) => ({
    customer,
    customerName,
    service: services.find((each) => each.customer === customer),
    connections: connections.filter((each) => each.customer === customer),
    dialPlans: dialPlans.filter(({ connection }) => connection.customer === customer)
  }))
}

/** What there is in the program besides the connections. */
export interface Besides {
  readonly services: ReadonlyArray<NamedService>
  readonly dialPlans: ReadonlyArray<NamedDialPlan>
}

export const nothingBesides: Besides = { services: [], dialPlans: [] }

/**
 * The files of the program: one with everything for one customer, one a customer for several. Nothing in them depends on the time.
 *
 * @param platform base URL, for the reader
 */
export const program = (
  connections: ReadonlyArray<Named>,
  platform: string,
  besides: Besides = nothingBesides
): ReadonlyArray<SourceFile> => {
  const groups = byCustomer(connections, besides)
  const above =
    besides === nothingBesides
      ? explained(platform, 'SIP connections')
      : [...explained(platform, 'Services, SIP connections and dial plans'), ...explainedBesides]
  const [first, ...others] = groups
  if (first === undefined) return []
  if (others.length === 0) return [{ path: 'index.ts', text: textOf([...above, ...body(first, '')]) }]
  return [
    {
      path: 'index.ts',
      text: textOf([...above, ...groups.map(({ customerName }) => `import './customers/${customerName}'`)])
    },
    ...groups.map((group) => ({
      path: `customers/${group.customerName}.ts`,
      text: textOf(body(group, 'export '))
    }))
  ]
}
