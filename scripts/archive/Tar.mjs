// A tar archive (ustar) whose bytes depend on its files only: no times, no owners, no order of a file system.

/** @typedef {{ name: string, data: Buffer, executable?: boolean }} File */

const block = 512

/** @param {number} value @param {number} width @returns {string} octal, as wide as the field and ended by a NUL */
const octal = (value, width) => `${value.toString(8).padStart(width - 1, '0')}\0`

/** @param {string} name @returns {[string, string]} folder and rest, since a field has room for 100 bytes */
const split = (name) => {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  const cut = name.indexOf('/', name.length - 101)
  const [folder, rest] = [name.slice(0, cut), name.slice(cut + 1)]
  if (cut < 0 || Buffer.byteLength(folder) > 155 || Buffer.byteLength(rest) > 100)
    throw new Error(`${name} is too long for a tar archive`)
  return [folder, rest]
}

/** @param {File} file @returns {Buffer} */
const header = ({ name, data, executable }) => {
  const [folder, rest] = split(name)
  const bytes = Buffer.alloc(block)
  /** @param {string} text @param {number} at */
  const put = (text, at) => bytes.write(text, at)
  put(rest, 0)
  put(octal(executable === true ? 0o755 : 0o644, 8), 100)
  put(octal(0, 8), 108)
  put(octal(0, 8), 116)
  put(octal(data.length, 12), 124)
  put(octal(0, 12), 136)
  // The sum is made as if its own field were blank.
  put(' '.repeat(8), 148)
  put('0', 156)
  put('ustar\x0000', 257)
  put(folder, 345)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  put(`${octal(sum, 7)} `, 148)
  return bytes
}

/** @param {readonly File[]} files @returns {Buffer} */
export const tar = (files) => {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1))
  const padding = (/** @type {number} */ length) => Buffer.alloc((block - (length % block)) % block)
  const entries = sorted.flatMap((file) => [header(file), file.data, padding(file.data.length)])
  return Buffer.concat([...entries, Buffer.alloc(2 * block)])
}
