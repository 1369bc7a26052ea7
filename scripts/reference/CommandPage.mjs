// The page of a command, from the data that commander's own help is made of.

import { Command } from 'commander'
import { block, code, page, plain, section, table } from './Markdown.mjs'

/** @param {Command} command @returns {string} the text that follows the list of options in its help */
const textAfter = (command) => {
  let text = ''
  /** @param {string} more */
  const write = (more) => (text += more)
  const events = /** @type {NodeJS.EventEmitter} */ (/** @type {unknown} */ (command))
  events.emit('afterHelp', { error: false, command, write })
  return text
}

/** @param {string} text @returns {string} paragraphs as prose; what is indented as code, of the shell when it is an example */
const asMarkdown = (text) =>
  text
    .trim()
    .split(/\n(?:[^\S\n]*\n)+|(?<=:)\n(?= {2})/)
    .map((part, index, parts) => {
      if (!/^ {2}/.test(part)) return plain(part)
      const isExample = /Examples?:$/.test(parts[index - 1] ?? '')
      return block(isExample ? 'sh' : 'text', part.replace(/^ {2}/gm, ''))
    })
    .join('\n\n')

/** @param {unknown} value @returns {string} a default; that of an option which may be repeated is an empty list */
const shown = (value) =>
  value === undefined || (Array.isArray(value) && value.length === 0)
    ? ''
    : code(typeof value === 'string' ? value : JSON.stringify(value))

/** @param {string} description @param {readonly string[] | undefined} choices @returns {string} */
const meaning = (description, choices) =>
  plain(description) + (choices === undefined ? '' : `: ${choices.map(code).join(', ')}`)

/** @param {Command} command @returns {string} */
export const commandPage = (command) => {
  const full = `${command.parent?.name() ?? ''} ${command.name()}`.trim()
  return page(
    `# ${full}`,
    `${plain(command.description())}.`,
    block('sh', `npx ${full} ${command.usage()}`),
    section(
      2,
      'Arguments',
      table(
        ['argument', 'required', 'default', 'meaning'],
        command.registeredArguments.map((each) => [
          code(each.name()),
          each.required ? 'yes' : '',
          shown(each.defaultValue),
          meaning(each.description, each.argChoices)
        ])
      )
    ),
    section(
      2,
      'Options',
      table(
        ['option', 'required', 'default', 'meaning'],
        command.options
          .filter((each) => !each.hidden)
          .map((each) => [
            code(each.flags),
            each.mandatory ? 'yes' : '',
            shown(each.defaultValue),
            meaning(each.description, each.argChoices)
          ])
      )
    ),
    section(2, 'More', asMarkdown(textAfter(command)))
  )
}
