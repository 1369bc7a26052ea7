// The page of a resource: what its class and its inputs say in their declarations, and what the code knows of each input.

import {
  constructorOf,
  docBehind,
  exported,
  fieldsOf,
  parentOf,
  signatureOf,
  staticMethodsOf,
  wordsOf
} from './Declarations.mjs'
import { capital, defaultIn, flat, pagesIn, partsOf, quotedPageIn, sourceIn } from './Docstring.mjs'
import { examplesFor } from './Examples.mjs'
import { anchor, block, code, list, page, prose, section, table } from './Markdown.mjs'
import { needed } from './Permissions.mjs'
import { inputTable, parameterList, reachable, resultTypes, typeCell } from './Types.mjs'

/** @typedef {import('./Declarations.mjs').Exported} Exported */
/** @typedef {import('./Declarations.mjs').Field} Field */
/** @typedef {import('./Resource.mjs').Facts} Facts */
/** @typedef {(pages: string[], input: string) => string[]} Suppliers links to the functions that give the values of an input */

/** @param {Exported} exported @returns {boolean} */
export const isResource = ({ kind, symbol }) => kind === 'class' && parentOf(symbol) === 'LiveResource'

/** @param {string} name @returns {string} a link to the section of an input */
const linked = (name) => `[${code(name)}](#${anchor(name)})`

/** @param {string} said the docstring of all inputs @param {string} own that of one @returns {string} the page of the vendor */
const sourceOf = (said, own) =>
  quotedPageIn(own) ||
  (/^Source of all fields: .*?"([^"]+)"/m.exec(flat(said).replace(/.*(?=Source of all)/, ''))?.[1] ?? '')

/**
 * @param {readonly Field[]} inputs
 * @param {(field: Field) => { type: string, required: boolean, change: string, secret: string }} told
 * @returns {string}
 */
export const overview = (inputs, told) =>
  table(
    ['input', 'type', 'required', 'default', 'a change', 'secret'],
    inputs.map((field) => {
      const { type, required, change, secret } = told(field)
      return [linked(field.name), type, required ? 'yes' : '', prose(defaultIn(field.doc)), change, secret]
    })
  )

/** @param {string} term @param {string} text @returns {string[]} */
const fact = (term, text) => (text === '' ? [] : [`${term}: ${text}`])

const names = exported().map(({ symbol }) => symbol)

/** @param {Field} field @returns {string} the name of a type that is one of some words, as the package exports it */
const nameOfWords = ({ type }) =>
  type.named
    .filter((each) => wordsOf(each) !== undefined && names.includes(each))
    .map((each) => code(`${each.name}${type.text.endsWith('[]') ? '[]' : ''}`))
    .join(', ')

/** @param {Facts} facts @param {string} said @param {Suppliers} suppliers @returns {(field: Field) => Promise<string>} */
const inputSection = (facts, said, suppliers) => async (field) => {
  const { name, type, doc } = field
  const words = type.named.flatMap((each) => wordsOf(each) ?? [])
  const sent = facts.wire.some(({ input }) => input.split(/[.[]/)[0] === name)
  return section(
    3,
    name,
    prose(doc),
    list([
      ...fact('Type', nameOfWords(field)),
      ...fact('On the wire', words.length === 0 ? '' : (await facts.sentAs(name, words)).join(', ')),
      ...fact('Values from', suppliers(pagesIn(doc), name).join(', ')),
      ...fact('No longer declared', facts.removed(name)),
      ...fact('Source', facts.pages(name).join(', ') || (sent ? sourceOf(said, doc) : ''))
    ]),
    inputTable(type.named.flatMap(fieldsOf))
  )
}

/** @param {Facts} facts @returns {string} */
const wireTable = ({ wire, wireHeadings }) =>
  table(
    ['input', ...wireHeadings],
    wire.map(({ input, names }) => [
      code(input),
      ...names.map((each) => each.map((name) => (name === 'path' ? 'in the path' : code(name))).join(', '))
    ])
  )

/** @param {readonly string[]} keys @param {readonly Field[]} inputs what the code knows and what is declared must be the same */
export const agree = (keys, inputs) => {
  const [known, declared] = [keys, inputs.map(({ name }) => name)].map((each) => [...each].sort().join())
  if (known !== declared) throw new Error(`the code knows the inputs ${known}, and declared are ${declared}`)
}

/** @param {Facts} facts @param {Field[]} inputs what the code fills in and sends must be told of */
const complete = (facts, inputs) => {
  const filledIn = Object.entries(facts.defaults).filter(
    ([name, value]) => !defaultIn(inputs.find((each) => each.name === name)?.doc ?? '').includes(String(value))
  )
  if (filledIn.length > 0)
    throw new Error(`the docstrings lack the defaults of ${filledIn.map(([key]) => key).join(', ')}`)
  const wanted = inputs.flatMap(({ name, type }) => type.named.flatMap(fieldsOf).map((field) => ({ name, field })))
  const lost = wanted.filter(
    ({ name, field }) => !facts.wire.some(({ input }) => input.replace('[]', '').startsWith(`${name}.${field.name}`))
  )
  if (lost.length > 0)
    throw new Error(
      `no sample in scripts/reference/Probe.mjs has ${lost.map(({ name, field }) => `${name}.${field.name}`).join(', ')}`
    )
}

/** @param {Exported} exported @returns {string} */
const methods = ({ name, symbol }) =>
  staticMethodsOf(symbol)
    .map((method) => {
      const title = `${name}.${method.name}`
      const given = parameterList(signatureOf(method.symbol).parameters)
      return section(
        2,
        title,
        prose(method.doc.text),
        block('ts', `${title}(${given})`),
        list([
          ...method.doc.params.map((each) => `${code(each.name)}: ${prose(flat(each.text))}`),
          ...method.doc.throws.map((each) => `Error: ${prose(flat(each))}`)
        ]),
        examplesFor(symbol, title)
      )
    })
    .join('\n\n')

/** @param {Exported} exported the class @param {Exported} args @returns {string[]} inputs that are no outputs: they steer the provider */
export const steeringInputs = ({ symbol }, args) => {
  const outputs = fieldsOf(symbol).map(({ name }) => name)
  return fieldsOf(args.symbol)
    .map(({ name }) => name)
    .filter((name) => !outputs.includes(name))
}

const marks =
  'What the [plan](../commands/plan.md) marks before a run, because calls may end, fail or go another way. Nothing else is marked.'

/**
 * What the pages of all resources have, in its order.
 *
 * @param {Exported} exported the class
 * @param {Field[]} computed its outputs that are no inputs
 * @param {{
 *   token: string,
 *   calls: string[][],
 *   inputs: string[],
 *   outputs: string,
 *   methods?: string,
 *   wire: string[],
 *   requests: string[]
 * }} own what only this one says
 * @returns {string}
 */
export const pageOf = ({ name, symbol, doc }, computed, { token, calls, inputs, outputs, methods, wire, requests }) => {
  const { prose: text, errors } = partsOf(doc.text)
  const { parameters, doc: made } = constructorOf(symbol)
  const options = made.params.find((param) => param.name === 'opts')
  const source = sourceIn(doc.text)
  return page(
    `# ${name}`,
    prose(text),
    block('ts', `new ${name}(${parameterList(parameters)})`),
    `Type in the state: ${code(token)}`,
    section(2, 'Example', examplesFor(symbol)),
    section(
      2,
      'What may affect calls',
      calls.length === 0 ? 'Nothing that is written: the plan marks no change of it.' : marks,
      table(['what', 'why', 'condition'], calls)
    ),
    section(2, 'Inputs', ...inputs),
    section(
      2,
      'Outputs',
      outputs,
      table(
        ['output', 'type', 'meaning'],
        computed.map((field) => [code(field.name), typeCell(field.type), prose(field.doc)])
      ),
      resultTypes(reachable(computed.map(({ type }) => type)))
    ),
    section(2, 'Options', options && prose(capital(flat(options.text)))),
    section(2, 'Errors', list(errors.map(prose))),
    methods,
    section(2, 'Names on the wire', ...wire),
    section(
      2,
      'What it asks the platform',
      source === '' ? '' : `Source: ${prose(source)}`,
      ...requests,
      `Permissions: ${needed(pagesIn(source)).join(' ')}`
    )
  )
}

/**
 * @param {Exported} exported the class
 * @param {Exported} args the type of its inputs
 * @param {Facts} facts
 * @param {Suppliers} suppliers
 * @returns {Promise<{ text: string, types: import('typescript').Symbol[] }>} the page, and the types that it tells of
 */
export const resourcePage = async (exported, args, facts, suppliers) => {
  const declared = fieldsOf(args.symbol)
  agree(facts.keys, declared)
  complete(facts, declared)
  const inputs = facts.keys.flatMap((key) => declared.filter((field) => field.name === key))
  const said = docBehind(args.symbol).text
  const computed = fieldsOf(exported.symbol).filter((field) => !facts.keys.includes(field.name))
  return {
    text: pageOf(exported, computed, {
      token: facts.token,
      calls: facts.calls,
      inputs: [
        prose(partsOf(said).prose),
        overview(inputs, ({ name, type }) => ({
          type: typeCell(type).replace(/\]\(#.*\)$/, `](#${anchor(name)})`),
          required: facts.required.includes(name),
          change: facts.change(name),
          secret: facts.secret(name)
        })),
        ...(await Promise.all(inputs.map(inputSection(facts, said, suppliers))))
      ],
      outputs: `All inputs but ${steeringInputs(exported, args).map(code).join(' and ')}, as applied, and:`,
      methods: methods(exported),
      wire: ['Where a call has no name for an input, it does not carry it.', wireTable(facts)],
      requests: [`Requests of its lifecycle, each only where it is needed:\n\n${list(facts.requests)}`]
    }),
    types: [args.symbol, ...reachable([...inputs, ...computed].map(({ type }) => type))]
  }
}
