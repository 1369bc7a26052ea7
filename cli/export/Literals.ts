/** Values as TypeScript. */

/** An expression that stands where a value would. */
export class Code {
  constructor(readonly text: string) {}
}

const widest = 110

/** Signs that an editor does not show, or that change the direction of what follows. */
const unseen = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** A text as a literal that shows all of its signs. */
export const textLiteral = (text: string): string => {
  const json = JSON.stringify(text).replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return /['\\]/.test(json) ? json : `'${json.slice(1, -1)}'`
}

const keyLiteral = (key: string): string =>
  // Written as a plain key, this one would set the prototype.
  key === '__proto__' ? `['__proto__']` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : textLiteral(key)

const bracketed = (
  [open, close]: readonly [string, string],
  items: ReadonlyArray<string>,
  indent: string,
  room: number
): string => {
  if (items.length === 0) return `${open}${close}`
  const gap = open === '{' ? ' ' : ''
  const line = `${open}${gap}${items.join(', ')}${gap}${close}`
  return line.length <= room && !line.includes('\n')
    ? line
    : `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`
}

/**
 * A plain value as an expression; what is long goes over several lines.
 *
 * @param indent blanks before the line that the expression begins in
 * @param before characters before it in that line
 */
export const literal = (value: unknown, indent = '', before = 0): string => {
  if (value instanceof Code) return value.text
  if (typeof value === 'string') return textLiteral(value)
  const inner = `${indent}  `
  const room = widest - indent.length - before
  if (Array.isArray(value)) {
    return bracketed(
      ['[', ']'],
      value.map((item) => literal(item, inner)),
      indent,
      room
    )
  }
  if (typeof value === 'object' && value !== null) {
    return bracketed(
      ['{', '}'],
      Object.entries(value).map(([key, item]) => property(key, item, inner)),
      indent,
      room
    )
  }
  return JSON.stringify(value)
}

/** `key: value` within an object. */
export const property = (key: string, value: unknown, indent: string): string => {
  const name = keyLiteral(key)
  return `${name}: ${literal(value, indent, name.length + 2)}`
}
