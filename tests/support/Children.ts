import type { ChildProcess } from 'node:child_process'
import * as fs from 'node:fs'

/** How a process ended: one of the two is null. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** Resolves when the process has ended and its output is read to the end. */
export const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve({ code, signal })
    })
  })

const cleanups = new Set<() => void>()
process.once('exit', () => {
  for (const cleanup of cleanups) cleanup()
})

/** Runs `cleanup` when the test process ends, however it ends by itself. The result takes that back. */
export const atExit = (cleanup: () => void): (() => void) => {
  cleanups.add(cleanup)
  return () => {
    cleanups.delete(cleanup)
  }
}

/** The id of a process that was started; an error when starting it failed (`exited` then rejects with the reason). */
export const pidOf = (child: ChildProcess): number => {
  if (child.pid === undefined) throw new Error(`${child.spawnfile} could not be started`)
  return child.pid
}

/** Sends a signal to a process that may be gone already. */
export const signalTo = (pid: number, signal: NodeJS.Signals): void => {
  // 0 and negative numbers are groups of processes to the system, and -1 is every process there is.
  if (!(pid > 1)) throw new Error(`${pid} is no process to signal`)
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

interface Stat {
  readonly state: string
  readonly session: number
}

/** `undefined` for a process that is gone. The command name stands in brackets and may hold blanks and brackets. */
const statOf = (pid: number): Stat | undefined => {
  const text = readProc(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  const [state, , , session] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: state ?? '', session: Number(session) }
}

const readProc = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw error
  }
}

/** Whether the process runs. A zombie, which only waits to be collected by its parent, does not. */
export const isAlive = (pid: number): boolean => {
  const stat = statOf(pid)
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X'
}

/** A process as /proc shows it. */
export interface Running {
  readonly pid: number
  readonly command: string
}

/**
 * The living processes of a session, in the order of their ids. A process keeps its session when its parent dies, so
 * this finds what a killed engine left behind. Needs /proc (Linux); without it, it throws.
 */
export const processesOfSession = (session: number): readonly Running[] =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.session === session && isAlive(pid))
    .sort((a, b) => a - b)
    .map((pid) => ({ pid, command: (readProc(`/proc/${pid}/cmdline`) ?? '').split('\0').join(' ').trim() }))

/**
 * Waits until `condition` gives a value other than `undefined` and `false`, and resolves to it.
 * @param what named in the error when `seconds` (default 15) have passed
 */
export const until = async <A>(what: string, condition: () => A | undefined | false, seconds = 15): Promise<A> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const value = condition()
    if (value !== undefined && value !== false) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`waited ${seconds} s in vain until ${what}`)
}
