// Markdown as the pages need it. Prettier brings it into its final form.

/** @param {string} text a docstring, which is Markdown already but for what looks like HTML @returns {string} */
export const prose = (text) =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/</g, '\\<')))
    .join('')

/** @param {string} text without any Markdown in it @returns {string} */
export const plain = (text) => text.replace(/[\\`*_<[\]]/g, '\\$&')

/** @param {string} text @returns {string} */
export const code = (text) => (text === '' ? '' : text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)

/** @param {string} language @param {string} text @returns {string} */
export const block = (language, text) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``

/** @param {string} heading @returns {string} its anchor, as it is made on the web */
export const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

/** @param {string} text @returns {string} */
const cell = (text) => text.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|')

/**
 * @param {string[]} headings
 * @param {string[][]} rows
 * @returns {string} a table, without those columns in which no row has anything; empty without rows
 */
export const table = (headings, rows) => {
  if (rows.length === 0) return ''
  const kept = headings.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''))
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.filter((_, column) => kept[column]).join(' | ')} |`
  return [
    line(headings),
    line(headings.map(() => '---')),
    ...rows.map((row) => line(headings.map((_, column) => cell(row[column] ?? ''))))
  ].join('\n')
}

/** @param {string[]} items @returns {string} */
export const list = (items) => items.map((item) => `- ${item}`).join('\n')

/** @param {number} level @param {string} heading @param {(string | undefined)[]} parts @returns {string} empty without content */
export const section = (level, heading, ...parts) => {
  const content = parts.filter((part) => part !== undefined && part !== '')
  return content.length === 0 ? '' : [`${'#'.repeat(level)} ${heading}`, ...content].join('\n\n')
}

/** @param {(string | undefined)[]} parts @returns {string} */
export const page = (...parts) => `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`
