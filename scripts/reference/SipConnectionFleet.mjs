// The page of a fleet: what it has of its own. Everything of a single connection stands on the page of `SipConnection`, whose code does it.

import { dangers, judgementOf } from '../../dist/cli/plan/Danger.js'
import { sitesOf } from '../../dist/provider/Customers.js'
import { resources } from '../../dist/provider/resources.js'
import { tokenOf } from '../../dist/sdk/Resource.js'
import { docOf, fieldsOf } from './Declarations.mjs'
import { partsOf } from './Docstring.mjs'
import { code, list, prose, section } from './Markdown.mjs'
import { requestLines } from './Requests.mjs'
import { agree, overview, pageOf } from './ResourcePage.mjs'
import { inputTable, inputTypes, reachable } from './Types.mjs'

/** @typedef {import('./Declarations.mjs').Exported} Exported */
/** @typedef {import('./Declarations.mjs').Field} Field */
/** @typedef {import('typescript').Symbol} Symbol */

const { type, inputs, secrets } = resources.sipConnectionFleet

const single = '[`SipConnection`](SipConnection.md)'
const words = { update: 'update', replace: '**replaces the fleet**', option: 'nothing is sent; the state is rewritten' }

/** @param {string} name @returns {string} */
const secretOf = (name) =>
  (secrets.within ?? []).some(({ path: [first] }) => first === name) ? 'those of its connections' : ''

/** @param {Field} field @returns {boolean} whether it holds connections */
const holdsEntries = (field) => field.type.named.some(({ name }) => name === 'FleetEntry')

/** @param {Field} field @returns {string} */
const inputSection = (field) =>
  section(
    3,
    field.name,
    prose(field.doc),
    holdsEntries(field)
      ? `Fields: [the inputs of a connection](SipConnection.md#inputs), all of them optional.`
      : inputTable(field.type.named.flatMap(fieldsOf))
  )

/** @returns {string[][]} */
const callsAffected = () => {
  const { gone, adopted } = judgementOf('sipConnectionFleet')
  /** @param {typeof gone} found */
  const said = (found) => found.map((danger) => dangers[danger]).join('; ')
  return [
    ['deletion', said(gone), `${code('limits.maxDeletes')} refuses it, as does the engine's ${code('protect')}`],
    ['an entry that goes', dangers.delete, code('limits.maxDeletes')],
    [`an entry whose ${code('customerGuid')} changes`, dangers.replace, code('limits.maxDeletes')],
    [`a creation with ${code('adopt')}`, said(adopted), ''],
    [
      'any other change of an entry',
      `what it is of a ${single}`,
      `what it needs there, in the entry or in ${code('defaults')}`
    ]
  ]
}

/**
 * @param {Exported} exported the class
 * @param {Exported} args the type of its inputs
 * @returns {Promise<{ text: string, types: Symbol[] }>} the page, and the types that it tells of
 */
export const fleetPage = async (exported, args) => {
  const declared = fieldsOf(args.symbol)
  agree(Object.keys(inputs.codecs), declared)
  const computed = fieldsOf(exported.symbol).filter((field) => !(field.name in inputs.codecs))
  const entry = declared.filter(holdsEntries).flatMap((field) => field.type.named)
  const given = reachable(declared.filter((field) => !holdsEntries(field)).map((field) => field.type))
  const nested = given.filter((each) => !declared.some((field) => field.type.named.includes(each)))
  return {
    text: pageOf(exported, computed, {
      token: tokenOf(type),
      calls: callsAffected(),
      inputs: [
        prose(partsOf(docOf(args.symbol).text).prose),
        overview(declared, ({ name, type: { text }, required }) => ({
          type: code(text),
          required,
          change: words[inputs.rules[name] ?? 'update'],
          secret: secretOf(name)
        })),
        ...declared.map(inputSection),
        inputTypes(nested)
      ],
      outputs: 'All inputs, as applied, and:',
      wire: [`Those of each ${single}.`],
      requests: [
        `Before the first connection is made:\n\n${list(
          await requestLines([
            {
              program: sitesOf('{customerGuid}'),
              when: [
                'once for each customer with connections to make: whether a name exists already',
                'the same, where the call above does not list the connections'
              ]
            }
          ])
        )}`,
        `For each connection: [the requests of its lifecycle](SipConnection.md#what-it-asks-the-platform).`
      ]
    }),
    types: [args.symbol, ...entry, ...given, ...reachable(computed.map((field) => field.type))]
  }
}
