import { closeSync, fchmodSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { Env } from '../Env'
import { type Form, type Head, type Totals, counted, jsonForm, markdownForm, nothingYet } from '../ReportText'
import type { Reported } from '../Report'

/**
 * The change report in its two files. The engine ends this process without a word, so the files must be whole after every row, and 10,000 rows must
 * not be written 10,000 times: a row goes where the text below the rows began, with that text behind it, in one write.
 */

/** Names of the files: `<base>.md` and `<base>.json`, of an explicit provider instance `<base>-<instance>.md`. */
export const reportFiles = (setting: string, instance?: string): { readonly md: string; readonly json: string } => {
  const base = setting.replace(/\.(md|json)$/i, '')
  const own = instance === undefined ? base : `${base}-${encodeURIComponent(instance)}`
  return { md: `${own}.md`, json: `${own}.json` }
}

/** A file of the report that is begun anew. */
interface Begun {
  readonly file: number
  /** Bytes before the text below the rows. */
  end: number
  below: Buffer
}

const begin = (path: string): Begun => {
  const file = openSync(path, 'w', 0o600)
  try {
    // The mode above is that of a new file; one that is there already may be open to others.
    fchmodSync(file, 0o600)
  } catch (error) {
    closeSync(file)
    throw error
  }
  return { file, end: 0, below: Buffer.alloc(0) }
}

const writeAt = (file: number, bytes: Buffer, position: number): void => {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, position + done)
}

/** Puts text before the text below, in one write. What fails leaves the document as it was. */
const add = (begun: Begun, text: string, below: string): void => {
  const [rows, tail] = [Buffer.from(text), Buffer.from(below)]
  try {
    writeAt(begun.file, Buffer.concat([rows, tail]), begun.end)
  } catch (error) {
    writeAt(begun.file, begun.below, begun.end)
    ftruncateSync(begun.file, begun.end + begun.below.length)
    throw error
  }
  begun.end += rows.length
  begun.below = tail
}

const codeOf = (error: unknown): string => (error as { code?: string } | undefined)?.code ?? 'unknown reason'

/** One form in one file; that it cannot be written is told once. */
const writer = (path: string, form: Form, warn: (text: string) => void) => {
  let begun: Begun | undefined
  let told = false
  return (head: Head, reported: Reported, totals: Totals): void => {
    try {
      begun ??= begin(path)
      const isFirst = begun.end === 0
      add(begun, `${isFirst ? form.above(head) : ''}${form.row(reported, isFirst)}`, form.below(totals))
    } catch (error) {
      if (!told) warn(`The change report ${path} cannot be written (${codeOf(error)}); the run goes on without it.`)
      told = true
    }
  }
}

/** What the report needs to know of the process. */
interface Process extends Omit<Head, 'time'> {
  readonly warn: (text: string) => void
  /** ms since the epoch. */
  readonly now: () => number
}

/** Writes the change report. Its files are begun anew by the first row, so that a run which writes nothing leaves those of the last one. */
export const reportFile = (setting: string, { warn, now, ...known }: Process): NonNullable<Env['report']> => {
  const files = reportFiles(setting, known.instance)
  const writers = [writer(files.md, markdownForm, warn), writer(files.json, jsonForm, warn)]
  let head: Head | undefined
  let totals: Totals | undefined
  return (reported) => {
    const time = new Date(now()).toISOString()
    head ??= { time, ...known }
    totals = counted(totals ?? nothingYet(time), reported, time)
    for (const write of writers) write(head, reported, totals)
  }
}
