/** XML for JUnit files. */

/** What XML 1.0 (section 2.2) cannot hold, in any spelling. */
const impossible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const entities: Readonly<Partial<Record<string, string>>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;'
}

const escaped = (text: string): string =>
  text.replace(impossible, '\ufffd').replace(/[&<>"'\n\r\t]/g, (char) => entities[char] ?? char)

type Attributes = Readonly<Record<string, string | number>>

/** An element with text, or with elements, one a line. */
export const element = (name: string, attributes: Attributes, content: string | ReadonlyArray<string> = []): string => {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  const start = `<${name}${given.join('')}`
  if (content.length === 0) return `${start}/>`
  // Line ends within a text stay line ends: a reader shows them so.
  if (typeof content === 'string') return `${start}>${escaped(content).replace(/&#10;/g, '\n')}</${name}>`
  return [`${start}>`, ...content, `</${name}>`].join('\n')
}

/** A document of one element. */
export const document = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
