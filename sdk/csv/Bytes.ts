import * as E from 'fp-ts/Either'

/** The bytes of a file as text. Pure. */

/** Encodings of sheets; spreadsheets call `windows-1252` "ANSI" and `utf-16le` "Unicode text". */
export type CsvEncoding = 'utf-8' | 'windows-1252' | 'latin1' | 'utf-16le' | 'utf-16be'

const startsWith = (bytes: Uint8Array, ...first: ReadonlyArray<number>): boolean =>
  first.every((byte, index) => bytes[index] === byte)

const markOf = (bytes: Uint8Array): CsvEncoding | undefined =>
  startsWith(bytes, 0xef, 0xbb, 0xbf)
    ? 'utf-8'
    : startsWith(bytes, 0xff, 0xfe)
      ? 'utf-16le'
      : startsWith(bytes, 0xfe, 0xff)
        ? 'utf-16be'
        : undefined

/** The signs of Windows-1252 that Latin-1 has not; Node.js 20 decodes the one as the other. */
const ownSigns = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const ofSingleBytes = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => ownSigns[sign.charCodeAt(0) - 0x80] ?? sign)

const decoded = (bytes: Uint8Array, encoding: CsvEncoding): E.Either<string, string> =>
  encoding === 'windows-1252' || encoding === 'latin1'
    ? E.right(ofSingleBytes(bytes))
    : E.tryCatch(
        () => new TextDecoder(encoding, { fatal: true }).decode(bytes),
        () => `is not ${encoding}; give another encoding, or save the sheet as "CSV UTF-8"`
      )

/** Letters beyond ASCII as UTF-8 writes them, in a text of single bytes. */
const multiByte = /[\u00c3\u00c4\u00c5][\u0080-\u00bf]/

/** Without a mark: UTF-8 when the bytes are, otherwise Windows-1252, which has every sign of Latin-1. */
const guessed = (bytes: Uint8Array): E.Either<string, string> => {
  const unicode = decoded(bytes, 'utf-8')
  if (E.isRight(unicode)) return unicode
  return multiByte.test(Buffer.from(bytes).toString('latin1'))
    ? E.left('mixes UTF-8 with another encoding; give the encoding, or save the sheet as "CSV UTF-8"')
    : decoded(bytes, 'windows-1252')
}

/**
 * The text of a file. A byte order mark decides first, then `encoding`, then the bytes themselves.
 *
 * @returns what is wrong with the file, as words that follow its name
 */
export const textOf = (bytes: Uint8Array, encoding?: CsvEncoding): E.Either<string, string> => {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return E.left('is a workbook or an archive; save the sheet as CSV (in a spreadsheet: "Save as", "CSV UTF-8")')
  const known = markOf(bytes) ?? encoding
  const text = known === undefined ? guessed(bytes) : decoded(bytes, known)
  return E.isRight(text) && text.right.includes('\u0000')
    ? E.left(
        'holds zero bytes, which no sheet has; if it is UTF-16, give encoding: "utf-16le", or save it as "CSV UTF-8"'
      )
    : text
}
