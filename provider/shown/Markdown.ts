/** Markdown for comments and tickets on GitHub and the like. */

const entity = (char: string): string => `&#${char.codePointAt(0) ?? 32};`

/** A text for a table cell, in which nothing has a meaning to Markdown or HTML, and no person or issue is mentioned. */
export const plain = (text: string): string => text.replace(/[&<>"'|`*_~[\]()\\!#$@{}]/g, entity).replace(/\s+/g, ' ')

/**
 * A value in the type of code. Backticks where nothing in it could end them or the cell; elements and entities else, since the renderers do
 * not agree on a backslash before a pipe.
 */
export const code = (text: string): string =>
  /^(?! )[^`|\\\r\n]+(?<! )$/.test(text) ? `\`${text}\`` : `<code>${plain(text)}</code>`

/** A line of a table, of cells that are Markdown already. */
export const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`

/** The two lines at the top of a table. */
export const heads = (names: ReadonlyArray<string>): ReadonlyArray<string> => [row(names), row(names.map(() => '---'))]
