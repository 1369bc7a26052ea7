/** The forms that programs on the way of a text give to it. Written apart from the provider's own, so that a gap there shows here. */

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text, 'utf8')]

const json = (text: string): string => JSON.stringify(text).slice(1, -1)

/** As System.Text.Json escapes by default. */
const dotNetJson = (text: string): string =>
  [...text]
    .map((sign) =>
      /[A-Za-z0-9 !#$%()*,\-./:;=?@[\]^_{|}~]/.test(sign)
        ? sign
        : sign === '\\'
          ? '\\\\'
          : sign === '\n'
            ? '\\n'
            : `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    )
    .join('')

/** As Go's encoding/json does, which the engine is written with. */
const goJson = (text: string): string =>
  json(text).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** As ASP.NET writes a page: named where there is a name, by number in hexadecimal digits otherwise. */
const html = (text: string): string =>
  [...text]
    .map(
      (sign) =>
        entities[sign] ??
        (/[+\u00a0-\uffff]/.test(sign) ? `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};` : sign)
    )
    .join('')

const url = encodeURIComponent
const lowerHex = (encoded: string): string => encoded.replace(/%[0-9A-F]{2}/g, (triple) => triple.toLowerCase())

/** Base64 of the text where it stands after so many other bytes, without the signs that its neighbours decide. */
const base64 = (text: string, before: number): string => {
  const bytes = Buffer.from(text, 'utf8')
  const whole = Math.floor(((before + bytes.length) * 8) / 6)
  return Buffer.concat([Buffer.alloc(before, 'x'), bytes, Buffer.from('xx')])
    .toString('base64')
    .slice(Math.ceil((before * 8) / 6), whole)
}

const urlSafe = (encoded: string): string => encoded.replace(/\+/g, '-').replace(/\//g, '_')

/** Every form by its name. */
export const forms: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'JSON-escaped': json,
  'JSON-escaped twice': (text) => json(json(text)),
  'JSON-escaped as .NET does': dotNetJson,
  'JSON-escaped as .NET does, twice': (text) => json(dotNetJson(text)),
  'JSON-escaped as Go does': goJson,
  'JSON-escaped as Go does, twice': (text) => goJson(goJson(text)),
  'HTML-escaped': html,
  'HTML-escaped by numbers': (text) =>
    [...text].map((sign) => (/\w/.test(sign) ? sign : `&#${sign.charCodeAt(0)};`)).join(''),
  'URL-encoded': url,
  'URL-encoded in small letters': (text) => lowerHex(url(text)),
  'form-encoded': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'form-encoded in small letters': (text) => lowerHex(new URLSearchParams({ a: text }).toString().slice(2)),
  base64: (text) => base64(text, 0),
  'base64 after one byte': (text) => base64(text, 1),
  'base64 after two bytes': (text) => base64(text, 2),
  'url-safe base64': (text) => urlSafe(base64(text, 0)),
  'url-safe base64 after one byte': (text) => urlSafe(base64(text, 1)),
  'url-safe base64 after two bytes': (text) => urlSafe(base64(text, 2)),
  hexadecimal: (text) =>
    bytesOf(text)
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
  'hexadecimal in capitals': (text) =>
    bytesOf(text)
      .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
      .join('')
}

/** A text in all of these forms: what a careless program may print of it. */
export const inEveryForm = (text: string): string =>
  Object.values(forms)
    .map((form) => form(text))
    .join(' | ')
