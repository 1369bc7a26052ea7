// The page of a fleet: what it has of its own. Everything of a single connection stands on the page of `SipConnection`, whose code does it.

import { dangers, judgementOf } from '../../dist/cli/plan/Danger.js'
import { sitesOf } from '../../dist/provider/Customers.js'
import { resources } from '../../dist/provider/resources.js'
import { tokenOf } from '../../dist/sdk/Resource.js'
import { constructorOf, docOf, fieldsOf } from './Declarations.mjs'
import { capital, defaultIn, flat, pagesIn, partsOf, sourceIn } from './Docstring.mjs'
import { examplesFor } from './Examples.mjs'
import { anchor, block, code, list, page, prose, section, table } from './Markdown.mjs'
import { needed } from './Permissions.mjs'
import { requestLines } from './Requests.mjs'
import { inputTable, inputTypes, parameterList, reachable, resultTypes, typeCell } from './Types.mjs'

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

/** @param {Field[]} declared what the code knows and what is declared must be the same */
const agree = (declared) => {
  const [known, said] = [Object.keys(inputs.codecs), declared.map(({ name }) => name)].map((each) => each.sort().join())
  if (known !== said) throw new Error(`the code knows the inputs ${known}, and declared are ${said}`)
}

/** @param {Field[]} declared @returns {string} */
const overview = (declared) =>
  table(
    ['input', 'type', 'required', 'default', 'a change', 'secret'],
    declared.map((field) => [
      `[${code(field.name)}](#${anchor(field.name)})`,
      code(field.type.text),
      field.required ? 'yes' : '',
      prose(defaultIn(field.doc)),
      words[inputs.rules[field.name] ?? 'update'],
      secretOf(field.name)
    ])
  )

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
export const fleetPage = async ({ name, symbol, doc }, args) => {
  const declared = fieldsOf(args.symbol)
  agree([...declared])
  const computed = fieldsOf(symbol).filter((field) => !(field.name in inputs.codecs))
  const entry = declared.filter(holdsEntries).flatMap((field) => field.type.named)
  const given = reachable(declared.filter((field) => !holdsEntries(field)).map((field) => field.type))
  const nested = given.filter((each) => !declared.some((field) => field.type.named.includes(each)))
  const results = reachable(computed.map((field) => field.type))
  const { prose: text, errors } = partsOf(doc.text)
  const { parameters, doc: made } = constructorOf(symbol)
  const options = made.params.find((param) => param.name === 'opts')
  const source = sourceIn(doc.text)
  return {
    text: page(
      `# ${name}`,
      prose(text),
      block('ts', `new ${name}(${parameterList(parameters)})`),
      `Type in the state: ${code(tokenOf(type))}`,
      section(2, 'Example', examplesFor(symbol)),
      section(
        2,
        'What may affect calls',
        'What the [plan](../commands/plan.md) marks before a run, because calls may end, fail or go another way. Nothing else is marked.',
        table(['what', 'why', 'condition'], callsAffected())
      ),
      section(
        2,
        'Inputs',
        prose(partsOf(docOf(args.symbol).text).prose),
        overview(declared),
        ...declared.map(inputSection),
        inputTypes(nested)
      ),
      section(
        2,
        'Outputs',
        'All inputs, as applied, and:',
        table(
          ['output', 'type', 'meaning'],
          computed.map((field) => [code(field.name), typeCell(field.type), prose(field.doc)])
        ),
        resultTypes(results)
      ),
      section(2, 'Options', options && prose(capital(flat(options.text)))),
      section(2, 'Errors', list(errors.map(prose))),
      section(2, 'Names on the wire', `Those of each ${single}.`),
      section(
        2,
        'What it asks the platform',
        source === '' ? '' : `Source: ${prose(source)}`,
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
        `For each connection: [the requests of its lifecycle](SipConnection.md#what-it-asks-the-platform).`,
        `Permissions: ${needed(pagesIn(source)).join(' ')}`
      )
    ),
    types: [args.symbol, ...entry, ...given, ...results]
  }
}
