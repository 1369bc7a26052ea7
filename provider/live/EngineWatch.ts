import { fstatSync } from 'node:fs'

/**
 * Whether the engine that started this process is still there. A provider's process outlives an engine that is killed, and would
 * then write beside the one of the next run. The engine holds the other end of standard input (also through the shell
 * script in between), so its end is the engine's end. Without a pipe there (a terminal, /dev/null) there is no engine to watch.
 *
 * @param onGone called once, when the engine is gone
 */
export const watchEngine = (onGone: () => void): (() => boolean) => {
  let alive = true
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
    }
  } catch {
    // Standard input is closed: nothing to watch.
  }
  return () => alive
}
