// The index: everything that there is, with a sentence and a link.

import { docOf } from './Declarations.mjs'
import { firstSentence } from './Docstring.mjs'
import { code, page, plain, prose, section, table } from './Markdown.mjs'

/** @typedef {import('./Declarations.mjs').Exported} Exported */
/**
 * @typedef {{
 *   all: Exported[],
 *   resources: Exported[],
 *   functions: Exported[],
 *   commands: import('commander').Command[],
 *   places: Map<string, string>
 * }} Contents `places`: where to find everything that the package exports
 */

/** @param {Contents} contents @returns {string} */
export const indexPage = ({ all, resources, functions, commands, places }) => {
  /** @param {string} name */
  const linked = (name) => `[${code(name)}](${places.get(name) ?? ''})`
  /** @param {Exported} exported */
  const said = ({ symbol }) => prose(firstSentence(docOf(symbol).text))
  /** @param {string} heading @param {Exported[]} rows */
  const listed = (heading, rows) =>
    table(
      [heading, 'what it is'],
      rows.map((each) => [linked(each.name), said(each)])
    )
  const forOutputs = all.filter((each) => each.kind === 'function' && !functions.includes(each))
  const types = all.filter(({ kind }) => kind === 'type')
  return page(
    '# Reference',
    'Generated from the types, the docstrings and the tables of the code. A test holds that it is up to date, and runs the examples.',
    section(2, 'Resources', listed('resource', resources)),
    section(
      2,
      'Configuration',
      listed(
        'class',
        all.filter(({ name }) => name === 'Provider')
      ),
      `All settings: [configuration](${places.get('Provider') ?? ''}).`
    ),
    section(
      2,
      'Functions',
      listed('function', functions),
      `For arguments that may be outputs: ${forOutputs.map(({ name }) => linked(name)).join(', ')}.`
    ),
    section(
      2,
      'Commands',
      table(
        ['command', 'what it does'],
        commands.map((each) => [
          `[${code(`${each.parent?.name() ?? ''} ${each.name()}`)}](commands/${each.name()}.md)`,
          plain(each.description())
        ])
      )
    ),
    section(2, 'Types', listed('type', types))
  )
}
