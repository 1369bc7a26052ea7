/** Keeps secrets out of everything that a person or a log can see. */

/** What stands in the place of a secret. */
export const hidden = '[secret]'

const secretName = /pass|pwd|secret|token|credential|api[-_.]?key|private[-_.]?key|dpi|assertion|authorization|\bpin\b/i

/** Whether a value under this name is treated as a secret, e.g. `CarrierUserPassword`, `client_secret`, `ApiKey`. */
export const isSecretName = (name: string): boolean => secretName.test(name)

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Hexadecimal digits in either case. */
const anyCase = (hex: string): string =>
  hex.replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`)

const percents = (bytes: Buffer): string =>
  [...bytes].map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')

const htmlNames: Readonly<Record<string, string>> = { '"': 'quot', "'": 'apos', '&': 'amp', '<': 'lt', '>': 'gt' }
const jsonNames: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }

/** A sign as HTML, URLs and forms write it. */
const encodings = (sign: string): ReadonlyArray<string> => {
  const point = sign.codePointAt(0) ?? 0
  return [
    percents(Buffer.from(sign, 'utf8')),
    ...(point > 0x7f && point <= 0xff ? [percents(Buffer.from(sign, 'latin1'))] : []),
    `&(?:amp;)?#(?:0*${point}|[xX]0*${anyCase(point.toString(16))});`,
    ...(htmlNames[sign] === undefined ? [] : [`&(?:amp;)?${htmlNames[sign]};`]),
    ...(sign === ' ' ? ['\\+'] : [])
  ]
}

/** What follows a backslash where JSON, also as .NET writes it, stands for a sign. */
const afterBackslash = (sign: string): ReadonlyArray<string> => [
  Array.from({ length: sign.length }, (_, at) => `u${anyCase(sign.charCodeAt(at).toString(16).padStart(4, '0'))}`).join(
    '\\\\{1,3}'
  ),
  ...(jsonNames[sign] === undefined ? [] : [jsonNames[sign]])
]

/**
 * A sign, and the backslashes of the secret before it, in whatever escapes them: JSON once or twice, HTML, a URL. Letters and digits are
 * escaped by none of them. Backslashes and sign are one piece, so that there is one way to match them.
 */
const piecePattern = (piece: string): string => {
  const sign = piece.replace(/^\\+/, '')
  const n = piece.length - sign.length
  const backslashes = (more: number, least = n): string => `\\\\{${least},${4 * n + more}}`
  const encoded = `(?:${encodings('\\').join('|')}){${n}}`
  if (sign === '') return `(?:${backslashes(0)}|${encoded})`
  if (/^[A-Za-z0-9]$/.test(sign)) return n === 0 ? sign : `(?:${backslashes(0)}|${encoded})${sign}`
  const plain = escapeRegExp(sign)
  // An encoding may begin with the sign itself (`&amp;`), so that the sign comes last.
  return `(?:${[
    // Nothing in two ways would make the time grow with the power of the length.
    `${n === 0 ? '' : `(?:${backslashes(0)}|${encoded})`}(?:${encodings(sign).join('|')})`,
    `${backslashes(3, n + 1)}(?:${afterBackslash(sign).join('|')})`,
    ...(n === 0 ? [] : [`${encoded}${plain}`]),
    `${backslashes(3)}${plain}`
  ].join('|')})`
}

const escapedPattern = (secret: string): string => (secret.match(/\\*[^\\]|\\+$/gu) ?? []).map(piecePattern).join('')

/** Base64 of a text that stands at this offset in other bytes, in both alphabets; what the bytes around it decide is left out. */
const base64Pattern = (bytes: Buffer, offset: number): string => {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const whole = Math.floor(((offset + bytes.length) * 8) / 6)
  const either = (text: string): string =>
    text.replace(/[+/]/g, (sign) => (sign === '+' ? '(?:[+-]|%2[bB]|\\\\{1,3}u002[bB])' : '(?:[/_]|\\\\{1,3}/|%2[fF])'))
  const [core, last] = [encoded.slice(Math.ceil((offset * 8) / 6), whole), encoded.slice(whole)]
  return `${either(core)}${last === '' ? '' : `(?:${either(last)}(?:=|%3[dD]){0,2})?`}`
}

/** How a secret of that many characters is looked for in its encodings: with few of them, only where nothing else can be meant. */
const encodedPatterns = (secret: string): ReadonlyArray<string> => {
  const bytes = Buffer.from(secret, 'utf8')
  return bytes.length < 3
    ? []
    : [
        base64Pattern(bytes, 0),
        ...(bytes.length < 8 ? [] : [base64Pattern(bytes, 1), base64Pattern(bytes, 2)]),
        ...(bytes.length < 4 ? [] : [anyCase(bytes.toString('hex'))])
      ]
}

/** Short secrets are replaced as whole words only: a password of one letter would otherwise blank out every text. */
const patternOf = (secret: string): string => {
  const escaped = escapedPattern(secret)
  const guarded = secret.length >= 4 ? escaped : `(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`
  return [guarded, ...encodedPatterns(secret)].join('|')
}

/** A secret of several lines, such as a key, may be printed line by line. */
const withLines = (secret: string): ReadonlyArray<string> => [
  secret,
  ...secret.split(/[\r\n]+/).filter((line) => line !== secret && line.trim().length >= 8)
]

/**
 * A function that replaces every occurrence of the given secrets by `[secret]`: plain, escaped for JSON, HTML or a URL, in base64 and
 * in hexadecimal digits. A secret that the platform cuts short is not known again.
 *
 * @example
 * import * as assert from 'node:assert'
 * import { scrubber } from '../provider/Secrets'
 *
 * assert.strictEqual(scrubber(['hunter2'])('user u-100, password hunter2'), 'user u-100, password [secret]')
 */
export const scrubber = (secrets: Iterable<string>): ((text: string) => string) => {
  const all = [...new Set([...secrets].flatMap(withLines).filter((secret) => secret !== ''))]
  if (all.length === 0) return (text) => text
  // Longest first, so that a secret which contains another one is replaced as a whole.
  const expression = new RegExp(
    all
      .sort((a, b) => b.length - a.length)
      .map(patternOf)
      .join('|'),
    'g'
  )
  return (text) => text.replace(expression, hidden)
}

/** A scrubber for secrets that become known one by one. It is made anew only when there are more. */
export const growingScrubber = (secrets: () => ReadonlyArray<string>): ((text: string) => string) => {
  let known: ReadonlyArray<string> = []
  let scrub = scrubber(known)
  return (text) => {
    const now = secrets()
    if (now.length !== known.length || now.some((secret, index) => secret !== known[index])) {
      known = now
      scrub = scrubber(known)
    }
    return scrub(text)
  }
}

/** The platform may show script variables by their position in the script: then no name tells which of them are secret. */
const hidesItsName = (name: string): boolean => /^customvar\.variable\d+$/i.test(name)

/**
 * A JSON value with its structure kept and its secrets replaced: whatever stands under a secret name, and whatever text
 * `scrub` knows.
 */
export const redactJson = (value: unknown, scrub: (text: string) => string): unknown => {
  if (typeof value === 'string') return scrub(value)
  if (Array.isArray(value)) return value.map((item) => redactJson(item, scrub))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      scrub(key),
      isSecretName(key) || hidesItsName(key) ? blanked(item, scrub) : redactJson(item, scrub)
    ])
  )
}

/** The structure of a value, without any of its texts, numbers and flags. */
const blanked = (value: unknown, scrub: (text: string) => string): unknown => {
  if (value === null) return null
  if (Array.isArray(value)) return value.map((item) => blanked(item, scrub))
  return typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [scrub(key), blanked(item, scrub)]))
    : hidden
}

/** Pairs of a name and a value: JSON, also within a JSON text; forms and XML attributes; XML elements. */
const pairs: ReadonlyArray<RegExp> = [
  /([\w.-]{1,64})(\\?"\s*:\s*)("(?:[^"\\]|\\.)*(?:"|\\?$)|\\"(?:[^"\\]|\\[^"])*(?:\\"|\\?$)|[^\s",}\]]+)/g,
  /([\w.-]{1,64})(\s*=\s*)("[^"]*(?:"|$)|[^\s"&;,<>]+)/g,
  /([\w.-]{1,64})(>)([^<>]+)(?=<|$)/g
]

/** A text that is no JSON, with the values behind a secret's name replaced: JSON that was cut off, a form, XML, a header. */
export const redactPairs = (text: string): string =>
  pairs
    .reduce(
      (left, pair) =>
        left.replace(pair, (all, name: string, between: string) =>
          isSecretName(name) || hidesItsName(name) ? `${name}${between}${hidden}` : all
        ),
      text
    )
    .replace(/\b(Bearer\s+)[^\s"<>,;]+/gi, `$1${hidden}`)

/** A JSON text with its secrets replaced; in a text that is no JSON, those that are known, and what stands behind a secret's name. */
export const redactText = (text: string, scrub: (text: string) => string): unknown => {
  try {
    return redactJson(JSON.parse(text), scrub)
  } catch {
    return redactPairs(scrub(text))
  }
}

/** A value that the platform shows in the place of a secret, e.g. `********`. */
export const isMasked = (value: string): boolean => /^[*•●]{3,}$/.test(value)
