// The page of a function, together with its form for outputs.

import { fieldsOf, signatureOf, wrapperOf } from './Declarations.mjs'
import { defaultIn, flat, pagesIn, partsOf, sourceIn, withoutDefault } from './Docstring.mjs'
import { examplesFor } from './Examples.mjs'
import { lookup } from './Lookups.mjs'
import { block, code, list, page, prose, section, table } from './Markdown.mjs'
import { needed } from './Permissions.mjs'
import { inputTypes, parameterList, reachable, resultTypes, typeCell } from './Types.mjs'

/** @typedef {import('./Declarations.mjs').Exported} Exported */
/** @typedef {import('./Declarations.mjs').Field} Field */
/** @typedef {import('./Declarations.mjs').Parameter} Parameter */

/** @param {Exported} exported @returns {string} how it is called */
const signature = ({ name, symbol }) => {
  const { parameters, result } = signatureOf(symbol)
  const wrapper = wrapperOf(symbol).replace('pulumi.', '')
  const text = result?.text ?? 'void'
  return `${name}(${parameterList(parameters)}): ${wrapper === '' ? text : `${wrapper}<${text}>`}`
}

/** @param {Parameter} parameter @returns {Field[]} its fields, when it is an object */
const within = ({ type }) => type.named.flatMap(fieldsOf)

/** @param {Exported} exported @returns {Field[]} what is given to it: the fields of an object each by itself */
const argumentsOf = ({ symbol, doc }) =>
  signatureOf(symbol)
    .parameters.filter(({ name }) => name !== 'opts')
    .flatMap((parameter) => {
      const { name, type, required } = parameter
      if (type.named.length > 0) return within(parameter)
      return [{ name, type, required, doc: doc.params.find((each) => each.name === name)?.text ?? '' }]
    })

/** @param {Field[]} fields @param {ReadonlyMap<string, string>} wire @returns {string} */
const argumentTable = (fields, wire) =>
  table(
    ['name', 'type', 'required', 'default', 'wire name', 'meaning'],
    fields.map(({ name, type, required, doc }) => [
      code(name),
      typeCell(type),
      required ? 'yes' : '',
      prose(defaultIn(doc)),
      wire.get(name) ?? '',
      prose(withoutDefault(doc))
    ])
  )

/**
 * @param {Exported} exported
 * @param {Exported | undefined} forOutputs the same for arguments that may be outputs
 * @returns {Promise<{ text: string, types: import('typescript').Symbol[] }>} the page, and the types that it tells of
 */
export const functionPage = async (exported, forOutputs) => {
  const { name, symbol, doc } = exported
  const { parameters, result } = signatureOf(symbol)
  const forms = forOutputs === undefined ? [exported] : [exported, forOutputs]
  const asked = await lookup(name)
  const wire = asked?.wire ?? new Map()
  const given = argumentsOf(exported)
  const options = parameters.filter((each) => each.name === 'opts').flatMap(within)
  const results = reachable(result === undefined ? [] : [result])
  const inputs = reachable(given.map(({ type }) => type)).filter((each) => !results.includes(each))
  const { prose: text, errors } = partsOf(doc.text)
  const source = sourceIn(doc.text)
  return {
    text: page(
      `# ${name}`,
      prose(text),
      block('ts', forms.map(signature).join('\n')),
      forOutputs === undefined
        ? ''
        : prose(flat(partsOf(forOutputs.doc.text).prose).replace('The same', `${code(forOutputs.name)} is the same`)),
      section(2, 'Arguments', argumentTable(given, wire) || 'None.', inputTypes(inputs)),
      section(2, 'Options', argumentTable(options, wire)),
      section(2, 'Result', result && typeCell(result), resultTypes(results)),
      section(2, 'Errors', list([...errors, ...doc.throws].map(prose))),
      section(2, 'Examples', ...forms.map((form) => examplesFor(form.symbol))),
      section(
        2,
        'What it asks the platform',
        source === '' ? '' : `Source, by the names of the vendor's pages: ${prose(source)}`,
        asked && `Requests, each only where it is needed:\n\n${list(asked.requests.map(code))}`,
        asked && `Permissions: ${needed(pagesIn(source)).join(' ')}`
      )
    ),
    types: [...results, ...inputs, ...parameters.flatMap(({ type }) => reachable([type]))]
  }
}
