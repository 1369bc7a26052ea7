import { readFile } from 'node:fs/promises'

const stdin = async (): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const reasons: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read by this user'
}

/** Windows PowerShell writes the output of a command as UTF-16. */
const textOf = (bytes: Buffer): string =>
  bytes[0] === 0xff && bytes[1] === 0xfe
    ? bytes.toString('utf16le').slice(1)
    : bytes.toString('utf8').replace(/^\ufeff/, '')

/** The text of a file, `-` for standard input. An error is one sentence. */
export const readInput = async (file: string): Promise<string> => {
  if (file === '-') return textOf(await stdin())
  try {
    return textOf(await readFile(file))
  } catch (cause) {
    const code = (cause as { readonly code?: string } | null)?.code ?? 'unknown reason'
    throw new Error(`${file} cannot be read: ${reasons[code] ?? code}.`)
  }
}

/** A text as JSON. `what` names what was expected in its place. */
export const parseJson = (text: string, file: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    const found = text.trim() === '' ? 'it is empty' : 'it is not one JSON document'
    throw new Error(`${nameOf(file)} is no ${what}: ${found}.`)
  }
}

/** How a file is called in a message. */
export const nameOf = (file: string): string => (file === '-' ? 'Standard input' : file)
