import { appendFileSync, chmodSync } from 'node:fs'

/**
 * Appends JSON lines to a file that only its owner may read (mode 0600). A line is written at once and as a whole, so that it
 * is there when the process is killed, and lines of two processes do not mix. A file that cannot be written is told once.
 *
 * @returns whether the line was written
 */
export const logFile = (path: string | undefined, warn: (text: string) => void): ((entry: object) => boolean) => {
  if (path === undefined) return () => true
  let told = false
  let closed = false
  return (entry) => {
    try {
      appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
      // The mode above is that of a new file; one that is there already may be open to others.
      if (!closed) chmodSync(path, 0o600)
      closed = true
      return true
    } catch (error) {
      const code = (error as { code?: string } | undefined)?.code ?? 'unknown reason'
      if (!told) warn(`The log file ${path} cannot be written (${code}); the run goes on without it.`)
      told = true
      return false
    }
  }
}
