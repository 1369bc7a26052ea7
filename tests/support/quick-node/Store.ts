import * as fs from 'node:fs'
import * as path from 'node:path'

/** Modules in one file: a line of JSON that says what lies where, and then source and compiled code of one after the other. */

/** The code of a module, as V8 compiled it once, and the text that it was compiled from. */
export interface Stored {
  readonly source: Buffer
  readonly code: Buffer
}

interface Index {
  /** The file that a request stands for, by `placeOf`. */
  readonly places: Readonly<Record<string, string>>
  /** Lengths of source and code by file, in the order of the file. */
  readonly lengths: Readonly<Record<string, readonly [source: number, code: number]>>
}

export interface Store {
  readonly places: ReadonlyMap<string, string>
  readonly modules: ReadonlyMap<string, Stored>
}

/** What a request is answered by: the folder that it comes from, and its text. */
export const placeOf = (from: string, request: string): string => `${path.dirname(from)}\n${request}`

/** `undefined` when there is no such file. */
export const read = (file: string): Store | undefined => {
  if (!fs.existsSync(file)) return undefined
  const all = fs.readFileSync(file)
  const end = all.indexOf('\n')
  const { places, lengths } = JSON.parse(all.toString('utf8', 0, end)) as Index
  let at = end + 1
  const next = (length: number): Buffer => all.subarray(at, (at += length))
  return {
    places: new Map(Object.entries(places)),
    modules: new Map(
      Object.entries(lengths).map(([name, [source, code]]) => [name, { source: next(source), code: next(code) }])
    )
  }
}

/** Whole or not at all, since several processes may write and read at a time. */
export const write = (file: string, { places, modules }: Store): void => {
  const index: Index = {
    places: Object.fromEntries(places),
    lengths: Object.fromEntries([...modules].map(([name, { source, code }]) => [name, [source.length, code.length]]))
  }
  const parts = [...modules.values()].flatMap(({ source, code }) => [source, code])
  fs.writeFileSync(`${file}.${process.pid}`, Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts]))
  fs.renameSync(`${file}.${process.pid}`, file)
}
