import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Env } from '../Env'
import type { Settings } from '../Settings'
import { logFile } from './LogFile'

/**
 * The audit log: one line a write. A line can only be whole when the write has ended, and the process may be killed before; so what is known
 * of a write on its way stands in a small file beside the log, and the next process makes the line of it. The name of that file says whose it
 * is: `<log>.<host>.<process>.<time at which the write has ended at the latest>.<id>.sent`.
 */
const sentFile = (log: string, until: number): string =>
  `${log}.${encodeURIComponent(hostname())}.${process.pid}.${until}.${randomUUID()}.sent`

const ownerPattern = /^\.(.+)\.(\d+)\.(\d+)\.[0-9a-f-]{36}\.sent$/

const isRunning = (id: number): boolean => {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as { code?: string } | undefined)?.code === 'EPERM'
  }
}

/** Whether the process that sent the write can end its line no more. Processes of another machine cannot be asked, so their time must be up. */
const isLeft = (name: string, log: string, now: number): boolean => {
  const [, host, id, until] =
    (name.startsWith(basename(log)) && ownerPattern.exec(name.slice(basename(log).length))) || []
  if (host === undefined) return false
  return host === encodeURIComponent(hostname()) ? !isRunning(Number(id)) : now > Number(until)
}

/** Makes the lines of the writes that were on their way when their process was killed. */
const endLinesLeft = (log: string, now: number, longest: number, append: (line: object) => boolean): void => {
  const folder = dirname(log)
  for (const name of readdirSync(folder).filter((each) => isLeft(each, log, now))) {
    try {
      // The new name makes it that of this process: of two that find it, only one can rename it.
      const taken = sentFile(log, now + longest)
      renameSync(join(folder, name), taken)
      const line = JSON.parse(readFileSync(taken, 'utf8')) as object
      if (append({ ...line, result: 'unknown: the process was ended before the answer', serverIds: [] }))
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
    endLinesLeft(log, now(), longest, append)
  } catch {
    // Without the folder there is nothing left in it; that the log cannot be written is told with its first line.
  }
  return (entry) => {
    const sentAt = now()
    const line = { time: new Date(sentAt).toISOString(), ...run, ...entry }
    const file = sentFile(log, sentAt + longest)
    try {
      writeFileSync(file, JSON.stringify(line), { mode: 0o600, flag: 'wx' })
    } catch {
      // Told with the line itself.
    }
    return (end) => {
      if (!append({ ...line, ms: now() - sentAt, ...end })) return
      try {
        unlinkSync(file)
      } catch {
        // It could not be written, or another process has made the line of it.
      }
    }
  }
}
