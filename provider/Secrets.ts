/** Keeps secrets out of everything that a person or a log can see. */

/** What stands in the place of a secret. */
export const hidden = '[secret]'

const secretName = /pass|pwd|secret|token|credential|api[-_.]?key|private[-_.]?key|dpi|assertion|authorization|\bpin\b/i

/** Whether a value under this name is treated as a secret, e.g. `CarrierUserPassword`, `client_secret`, `ApiKey`. */
export const isSecretName = (name: string): boolean => secretName.test(name)

const jsonEscaped = (value: string): string => JSON.stringify(value).slice(1, -1)

/** As .NET escapes JSON: everything beyond ASCII, and what HTML gives a meaning to, as `\\uXXXX`. */
const dotNetEscaped = (value: string): string =>
  jsonEscaped(value)
    .replace(/\\"/g, '"')
    .replace(
      /["&'+<>`\u007f-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    )

/** The forms in which a secret turns up: plain, JSON-escaped, URL-encoded, base64. */
const formsOf = (secret: string): ReadonlyArray<string> => {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = bytes.toString('base64')
  // Half of a surrogate pair cannot be encoded; its bytes are those of the replacement character.
  const url = encodeURIComponent(bytes.toString('utf8'))
  return [
    secret,
    jsonEscaped(secret),
    dotNetEscaped(secret),
    url,
    url.replace(/%20/g, '+'),
    new URLSearchParams({ _: secret }).toString().slice(2),
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('base64url')
  ]
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Short secrets are replaced as whole words only: a password of one letter would otherwise blank out every text. */
const pattern = (form: string): string =>
  form.length >= 4 ? escapeRegExp(form) : `(?<![A-Za-z0-9])${escapeRegExp(form)}(?![A-Za-z0-9])`

/**
 * A function that replaces every occurrence of the given secrets, in all of the forms above, by `[secret]`.
 *
 * @example
 * import * as assert from 'node:assert'
 * import { scrubber } from '../provider/Secrets'
 *
 * assert.strictEqual(scrubber(['hunter2'])('user u-100, password hunter2'), 'user u-100, password [secret]')
 */
export const scrubber = (secrets: Iterable<string>): ((text: string) => string) => {
  const forms = [...new Set([...secrets].filter((secret) => secret !== '').flatMap(formsOf))]
  if (forms.length === 0) return (text) => text
  // Longest first, so that a secret which contains another one is replaced as a whole.
  const expression = new RegExp(
    forms
      .sort((a, b) => b.length - a.length)
      .map(pattern)
      .join('|'),
    'g'
  )
  return (text) => text.replace(expression, hidden)
}

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
      isSecretName(key) ? blanked(item, scrub) : redactJson(item, scrub)
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

/** A JSON text with its secrets replaced; a text that is no JSON is only scrubbed. */
export const redactText = (text: string, scrub: (text: string) => string): unknown => {
  try {
    return redactJson(JSON.parse(text), scrub)
  } catch {
    return scrub(text)
  }
}

/** A value that the platform shows in the place of a secret, e.g. `********`. */
export const isMasked = (value: string): boolean => /^[*•●]{3,}$/.test(value)
