import { fstatSync, readSync } from 'node:fs'

/**
 * Whether the other end of standard input is closed. Its events come some milliseconds later, which is time enough to send a request. An open
 * stream is not read by this: its file is non-blocking, and the engine writes nothing to it. Elsewhere than on Unix a read would wait.
 */
const isClosed = (): boolean => {
  if (process.platform === 'win32') return false
  try {
    return readSync(0, Buffer.alloc(1), 0, 1, null) === 0
  } catch {
    // Nothing to read: open. Whatever else it is, the events tell.
    return false
  }
}

/**
 * Whether the engine that started this process is still there. A provider's process outlives an engine that is killed, and would
 * then write beside the one of the next run. The engine holds the other end of standard input (also through the shell
 * script in between), so its end is the engine's end. Without a pipe there (a terminal, /dev/null) there is no engine to watch.
 *
 * @param onGone called once, when the engine is gone
 */
export const watchEngine = (onGone: () => void): (() => boolean) => {
  let alive = true
  let watching = false
  const gone = (): void => {
    if (!alive) return
    alive = false
    onGone()
  }
  try {
    const stdin = fstatSync(0)
    if (stdin.isFIFO() || stdin.isSocket()) {
      process.stdin.on('end', gone).on('close', gone).on('error', gone).resume()
      // Watching must not keep a process alive that has nothing else to do.
      process.stdin.unref()
      watching = true
    }
  } catch {
    // Standard input is closed: nothing to watch.
  }
  return () => {
    if (alive && watching && isClosed()) {
      alive = false
      // Who asks is told first, and refuses what it was about to send.
      setImmediate(onGone)
    }
    return alive
  }
}
