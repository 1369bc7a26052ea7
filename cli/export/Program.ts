import { argKeys } from '../../provider/sip-connection/Args'
import { lineOf } from '../report/Values'
import { confirm } from './Declared'
import { Code, property, textLiteral } from './Literals'
import type { Named } from './Named'
import { replacedAt } from './Secrets'

/** The program that declares the connections as they are. */

export interface SourceFile {
  readonly path: string
  readonly text: string
}

const explained = (platform: string): ReadonlyArray<string> => [
  `// SIP connections as ${platform} held them when they were exported.`,
  '//',
  `// "${confirm}" marks what the platform does not return. What is declared so has the value that fits the rest,`,
  '// and the first update of the connection sends it: compare it with the portal before. What is not declared is not sent;',
  '// whether an update leaves it as it is, is not documented: declare phones and dialPlanPrefixes first where there are any.',
  '// carrierPasswordDpi and proxySet are not returned either.',
  '//',
  '// adopt is the site id: if the state is lost, "pulumi up" takes exactly this connection over and makes no second one.',
  '// Remove it where a destroyed connection is to be made anew.'
]

const imports = (hasSecrets: boolean): ReadonlyArray<string> => [
  ...(hasSecrets ? [`import * as pulumi from '@pulumi/pulumi'`] : []),
  `import * as live from 'pulumi-audiocodes-live'`,
  '',
  ...(hasSecrets ? ['const config = new pulumi.Config()'] : [])
]

const customerLines = ({ customer: { guid, shortName, fullName } }: Named): ReadonlyArray<string> => {
  const names = [shortName, fullName]
    .filter((name) => name !== undefined && name !== '')
    .map((name) => lineOf(name ?? ''))
  return [
    ...(names.length === 0 ? [] : [`// Customer: ${[...new Set(names)].join(', ')}`]),
    `const customerGuid = ${textLiteral(guid)}`
  ]
}

/** The inputs with an expression in the place of each secret. */
const expressions = ({ args, secrets }: Named): Readonly<Record<string, unknown>> =>
  replacedAt(
    args,
    secrets.map(({ path, key }) => [path, new Code(`config.requireSecret(${textLiteral(key)})`)])
  ) as Readonly<Record<string, unknown>>

const inputLines = (each: Named): ReadonlyArray<string> => {
  const values = expressions(each)
  const keys = argKeys.filter((key) => key in values)
  const lines = keys.map((key, index) => {
    const text = key === 'customerGuid' ? key : property(key, values[key], '  ')
    const remark = each.remarks[key]
    return `  ${text}${index === keys.length - 1 ? '' : ','}${remark === undefined ? '' : ` // ${remark}`}`
  })
  const left = each.left.map((line) => `  // ${line}`)
  const end = keys.includes('adopt') ? lines.length - 1 : lines.length
  return [...lines.slice(0, end), ...left, ...lines.slice(end)]
}

const declaration = (each: Named, prefix: string): ReadonlyArray<string> => [
  '',
  `${prefix}const ${each.constant} = new live.SipConnection(${textLiteral(each.name)}, {`,
  ...inputLines(each),
  '})'
]

const textOf = (lines: ReadonlyArray<string>): string => `${lines.join('\n')}\n`

const body = (connections: readonly [Named, ...ReadonlyArray<Named>], prefix: string): ReadonlyArray<string> => [
  ...imports(connections.some(({ secrets }) => secrets.length > 0)),
  ...customerLines(connections[0]),
  ...connections.flatMap((each) => declaration(each, prefix))
]

type Group = readonly [Named, ...ReadonlyArray<Named>]

const byCustomer = (connections: ReadonlyArray<Named>): ReadonlyArray<Group> => {
  const groups = new Map<string, [Named, ...Array<Named>]>()
  for (const each of connections) {
    const group = groups.get(each.customerName)
    if (group === undefined) groups.set(each.customerName, [each])
    else group.push(each)
  }
  return [...groups.values()]
}

/**
 * The files of the program: one with everything for one customer, one a customer for several. Nothing in them depends on the time.
 *
 * @param platform base URL, for the reader
 */
export const program = (connections: ReadonlyArray<Named>, platform: string): ReadonlyArray<SourceFile> => {
  const groups = byCustomer(connections)
  const [first, ...others] = groups
  if (first === undefined) return []
  if (others.length === 0) return [{ path: 'index.ts', text: textOf([...explained(platform), ...body(first, '')]) }]
  return [
    {
      path: 'index.ts',
      text: textOf([
        ...explained(platform),
        ...groups.map(([{ customerName }]) => `import './customers/${customerName}'`)
      ])
    },
    ...groups.map((group) => ({
      path: `customers/${group[0].customerName}.ts`,
      text: textOf(body(group, 'export '))
    }))
  ]
}
