// The facts that a docstring tells in a fixed form of words, taken from it so that they are written once.

/** @param {string} text @returns {string[]} */
export const paragraphs = (text) => text.split(/\n\s*\n/).filter((each) => each.trim() !== '')

/** @param {string} text @returns {string} on one line */
export const flat = (text) => text.replace(/\s*\n\s*/g, ' ').trim()

/** @param {string} text @returns {string[]} */
const sentences = (text) => flat(text).split(/(?<=[.!?])\s+(?=[A-Z`])/)

/** @param {string} text @returns {string} */
export const firstSentence = (text) => sentences(paragraphs(text)[0] ?? '')[0] ?? ''

/** @param {string} text @returns {string} `Default: true; it is always sent.` is `true`; empty where no default is told */
export const defaultIn = (text) => {
  const [, platform, value] = /\bDefault( of the platform)?: ([^.,;]+)/.exec(flat(text)) ?? []
  return value === undefined ? '' : platform === undefined ? value : `${value} (the platform's)`
}

/** @param {string} text @returns {string} the text without a sentence that tells the default and nothing else */
export const withoutDefault = (text) =>
  sentences(text)
    .filter((sentence) => !/^Default( of the platform)?: [^.,;]+\.$/.test(sentence))
    .join(' ')

/** @param {string} text @returns {string} what follows `Source:` in a docstring; empty where nothing does */
export const sourceIn = (text) => {
  const found = paragraphs(text).find((each) => each.startsWith('Source: '))
  return found === undefined ? '' : flat(found.slice('Source: '.length))
}

/** @param {string} text @returns {string[]} pages of the vendor, without the versions of the API: `Get Script Templates` */
export const pagesIn = (text) => [...flat(text).matchAll(/\bGet(?: (?:for|[A-Z]\w*))+/g)].map(([name]) => name)

/** @param {string} text @returns {string} a page that a docstring names as `page "Add SIP Connection"` */
export const quotedPageIn = (text) => /\bpage "([^"]+)"/.exec(flat(text))?.[1] ?? ''

/** @param {string} sentence */
const isError = (sentence) => /^(Throws|Errors:)|\b(is|are) an error\b/.test(sentence)

/** @param {string} text @returns {{ prose: string, errors: string[] }} the text without its source; what it says of errors */
export const partsOf = (text) => {
  const parts = paragraphs(text).filter((each) => !/^Source[: ]/.test(each))
  const errors = parts.filter((each) => each.startsWith('Errors: '))
  const others = parts.filter((each) => !errors.includes(each))
  // Where a paragraph tells errors, its other sentences stay what they are.
  const split = others.map((each) => ({ each, errors: sentences(each).filter(isError) }))
  return {
    prose: split
      .map((part) =>
        part.errors.length === 0
          ? part.each
          : sentences(part.each)
              .filter((sentence) => !isError(sentence))
              .join(' ')
      )
      .filter((each) => each !== '')
      .join('\n\n'),
    errors: [
      ...errors.flatMap((each) => sentences(each.slice('Errors: '.length))).map(capital),
      ...split.flatMap((part) => part.errors)
    ]
  }
}

/** @param {string} text @returns {string} */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)
