import { forms } from './Forms'

/**
 * Looks for secrets in what a run has left. Not only whole ones: a piece of a secret betrays it as well, and a secret that a log has
 * broken into lines is there in pieces.
 */

/** Secrets by a name that a finding may show. */
export type Secrets = Readonly<Record<string, string>>

/** How long a piece must be that cannot be there by chance: escapes are long and alike, and digits are many in any state. */
const pieceOf = (form: string): number =>
  form === 'plain'
    ? 8
    : form.includes('base64')
      ? 12
      : form.startsWith('hexadecimal') || form.startsWith('URL') || form.startsWith('form')
        ? 24
        : 32

/** Pieces of a text that overlap by half, so that a part of it one and a half times as long as a piece has one of them in it. */
const piecesOf = (text: string, length: number): readonly string[] => {
  if (text.length <= length) return [text]
  const starts = Array.from({ length: Math.ceil((text.length - length) / (length / 2)) }, (_, n) => (n * length) / 2)
  return [...starts.map((start) => text.slice(start, start + length)), text.slice(-length)]
}

/** Every piece of every form, with what it is a piece of. */
const wanted = (secrets: Secrets): readonly (readonly [piece: string, what: string])[] =>
  Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(forms).flatMap(([form, write]) =>
      piecesOf(write(secret), pieceOf(form)).map((piece) => [piece, `${name}, ${form}`] as const)
    )
  )

const lineBreak = /\r?\n|\\r\\n|\\n/

/** The text with its lines joined again, without what a log puts in front of each: indentation, marks, a time, a level, a name. */
const joined = (text: string): string =>
  text
    .split(lineBreak)
    .map((line) =>
      line
        .replace(/^[\s|>*+~#-]+/, '')
        .replace(/^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+Z?\]?\s*/, '')
        .replace(/^(error|warning|info|debug|Platform|Next|I\d{4} [\d:.]+ +\d+ [\w.]+:\d+\]):?\s+/i, '')
    )
    .join('')

/** A search for these secrets: which of them a text shows, and in what form. A list of names, never of values. */
export const searchFor = (secrets: Secrets): ((text: string) => readonly string[]) => {
  const pieces = wanted(secrets)
  const unspaced = pieces.map(([piece, what]) => [piece.replace(/\s/g, ''), what] as const)
  const found = (text: string, list: typeof pieces): readonly string[] =>
    list.filter(([piece]) => text.includes(piece)).map(([, what]) => what)
  return (text) =>
    [
      ...new Set([
        ...found(text, pieces),
        ...(lineBreak.test(text) ? [...found(joined(text), pieces), ...found(text.replace(/\s/g, ''), unspaced)] : [])
      ])
    ].sort()
}
