import { examplesOf, sourcesIn } from '../../dist/tests/docs/support/Sources.js'
import { fileOf } from './Declarations.mjs'
import { block } from './Markdown.mjs'

// Those that the tests compile and run: the same files, read by the same code.
const examples = examplesOf(sourcesIn('provider', 'sdk', 'simulator'))

/** @param {import('typescript').Symbol} symbol @param {string} name `SipConnection.get` @returns {string} its examples */
export const examplesFor = (symbol, name = symbol.name) =>
  examples
    .filter(({ file, of }) => file === fileOf(symbol) && (of === name || of.startsWith(`${name} `)))
    .map(({ code }) => block('ts', code))
    .join('\n\n')
