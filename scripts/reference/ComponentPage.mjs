// The page of a component: what it takes, what it makes of that and in which order, and what it gives.

import { madeByCustomer } from './Component.mjs'
import { constructorOf, docOf, fieldsOf, formsOf, omissionOf, parentOf } from './Declarations.mjs'
import { capital, defaultIn, flat, partsOf, sourceIn, withoutDefault } from './Docstring.mjs'
import { examplesFor } from './Examples.mjs'
import { anchor, block, code, list, page, prose, section, table } from './Markdown.mjs'
import { inputTable, parameterList, typeCell } from './Types.mjs'

/** @typedef {import('./Declarations.mjs').Exported} Exported */
/** @typedef {import('typescript').Symbol} Symbol */

/** @param {Exported} exported @returns {boolean} */
export const isComponent = ({ kind, symbol }) => kind === 'class' && /(^|\.)ComponentResource$/.test(parentOf(symbol))

/** @param {string} name of a resource @returns {string} */
const linked = (name) => `[${code(name)}](${name}.md)`

/** @param {string} type `SipConnectionArgs` @returns {string} a link to the inputs of a resource */
const inputsOf = (type) => `the inputs of [${code(type.replace(/Args$/, ''))}](${type.replace(/Args$/, '')}.md#inputs)`

/** @param {Symbol} symbol @returns {string} what a type is made of */
const typeSection = (symbol) => {
  const omission = omissionOf(symbol)
  const forms = formsOf(symbol)
  // What is left out comes from the component.
  const own = fieldsOf(symbol).filter(() => omission === undefined || symbol.members !== undefined)
  return section(
    3,
    symbol.name,
    prose(docOf(symbol).text),
    omission && `${capital(inputsOf(omission.of))}, without ${omission.but.map(code).join(' and ')}.`,
    forms.length > 0
      ? `One of:\n\n${list(
          forms.flatMap((fields) =>
            fields.map(({ name, type, doc }) => {
              const what = /Args$/.test(type.text) ? inputsOf(type.text) : code(type.text)
              return `${code(name)}: ${prose(flat(doc))} Type: ${what}.`
            })
          )
        )}`
      : inputTable(own)
  )
}

/**
 * @param {Exported} component the class
 * @param {Exported} args the type of what it takes
 * @param {string[]} resources names of the resources of the package
 * @returns {Promise<{ text: string, types: Symbol[] }>} the page, and the types that it tells of
 */
export const componentPage = async ({ name, symbol, doc }, args, resources) => {
  const inputs = fieldsOf(args.symbol)
  const types = inputs.flatMap(({ type }) => type.named)
  const made = await madeByCustomer()
  const strange = made.flatMap(({ types }) => types).filter((type) => !resources.includes(type))
  if (strange.length > 0) throw new Error(`${name} makes ${strange.join(', ')}, without a page`)
  const { prose: text, errors } = partsOf(doc.text)
  const { parameters, doc: constructed } = constructorOf(symbol)
  const options = constructed.params.find((param) => param.name === 'opts')
  return {
    text: page(
      `# ${name}`,
      prose(text),
      block('ts', `new ${name}(${parameterList(parameters)})`),
      section(2, 'Example', examplesFor(symbol)),
      section(
        2,
        'Inputs',
        table(
          ['input', 'type', 'required', 'default', 'meaning'],
          inputs.map((field) => [
            code(field.name),
            types.some((each) => field.type.named.includes(each))
              ? `[${code(field.type.text)}](#${anchor(field.type.named[0]?.name ?? '')})`
              : typeCell(field.type),
            field.required ? 'yes' : '',
            prose(defaultIn(field.doc)),
            prose(withoutDefault(field.doc))
          ])
        ),
        ...types.map(typeSection)
      ),
      section(
        2,
        'What it makes, and in which order',
        'Each waits for what stands in its row; destroyed in reverse, so that the guard of the numbers decides before anything is deleted. ' +
          `Names, as \`new ${name}('contoso', …)\` gives them:`,
        table(
          ['resource', 'name', 'waits for'],
          made.map(({ types, name, waitsFor }) => [
            types.length > 1
              ? `${types.map(linked).join(' or ')}, unless the service exists`
              : types.map(linked).join(),
            code(name),
            waitsFor.map(code).join(', ')
          ])
        )
      ),
      section(
        2,
        'Outputs',
        table(
          ['output', 'type', 'meaning'],
          fieldsOf(symbol).map((field) => [code(field.name), typeCell(field.type), prose(field.doc)])
        )
      ),
      section(2, 'Options', options && prose(capital(flat(options.text)))),
      section(2, 'Errors', list(errors.map(prose))),
      section(
        2,
        'What it asks the platform',
        'Nothing by itself: the requests, the permissions and the limits are those of the resources above.',
        `Source: ${prose(sourceIn(doc.text))}`
      )
    ),
    types: [args.symbol, ...types]
  }
}
