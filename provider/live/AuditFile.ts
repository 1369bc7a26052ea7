import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Env } from '../Env'
import type { Settings } from '../Settings'
import { logFile } from './LogFile'

/**
 * The audit log: one line a write. A line can only be whole when the write has ended, and the process may be killed before; so what is known
 * of a write on its way stands in a small file beside the log (`<log>.<id>.sent`), and the next process makes the line of it.
 */

/** A write on its way. */
interface Sent {
  readonly line: Readonly<Record<string, unknown>>
  readonly host: string
  readonly process: number
  /** When it has ended at the latest, ms since the epoch. */
  readonly until: number
}

const suffix = '.sent'

const isRunning = (id: number): boolean => {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as { code?: string } | undefined)?.code === 'EPERM'
  }
}

/** Whether the process that sent the write can end its line no more. Processes of another machine cannot be asked, so their time must be up. */
const isLeft = (sent: Sent, now: number): boolean =>
  now > sent.until || (sent.host === hostname() && !isRunning(sent.process))

/** Makes the lines of the writes that were on their way when their process was killed. */
const endLinesLeft = (log: string, now: number, append: (line: object) => void): void => {
  const folder = dirname(log)
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(log)}.`) || !name.endsWith(suffix)) continue
    try {
      const sent = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Sent
      if (!isLeft(sent, now)) continue
      // Of two processes that find it only one can rename it.
      const taken = `${log}.${randomUUID()}${suffix}`
      renameSync(join(folder, name), taken)
      append({ ...sent.line, result: 'unknown: the process was ended before the answer', serverIds: [] })
      unlinkSync(taken)
    } catch {
      // Another process has just taken it, or its writer was ended before it was whole: then nothing had been sent.
    }
  }
}

/** What the audit log needs to know of the process. */
interface Process {
  readonly warn: (text: string) => void
  /** What the environment tells of the run. */
  readonly run: Readonly<Record<string, string>>
  /** ms since the epoch. */
  readonly now: () => number
}

/** Writes the audit log, where the settings name one. A line has the time at which the write was sent, and how many ms it took. */
export const auditFile = (
  { audit: log, programTimeout, requestTimeout }: Settings,
  { warn, run, now }: Process
): Env['audit'] => {
  if (log === undefined) return () => () => undefined
  const append = logFile(log, warn)
  const longest = 1000 * Math.max(programTimeout, requestTimeout)
  try {
    endLinesLeft(log, now(), append)
  } catch {
    // Without the folder there is nothing left in it; that the log cannot be written is told with its first line.
  }
  return (entry) => {
    const sentAt = now()
    const line = { time: new Date(sentAt).toISOString(), ...run, ...entry }
    const file = `${log}.${randomUUID()}${suffix}`
    const sent: Sent = { line, host: hostname(), process: process.pid, until: sentAt + longest }
    try {
      writeFileSync(file, JSON.stringify(sent), { mode: 0o600, flag: 'wx' })
    } catch {
      // Told with the line itself.
    }
    return (end) => {
      append({ ...line, ms: now() - sentAt, ...end })
      try {
        unlinkSync(file)
      } catch {
        // It could not be written, or another process has made the line of it.
      }
    }
  }
}
