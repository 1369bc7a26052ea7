import type { Slots } from '../Env'

interface Line {
  running: number
  readonly waiting: Array<() => void>
}

/** Slots within this process: at most `limit` tasks of one key at a time (0 = no limit), the others in their order. */
export const slots = (): Slots => {
  const lines = new Map<string, Line>()
  return {
    hold: async (key, limit, task) => {
      if (limit === 0) return task()
      const line = lines.get(key) ?? { running: 0, waiting: [] }
      lines.set(key, line)
      if (line.running >= limit) await new Promise<void>((resolve) => line.waiting.push(resolve))
      else line.running += 1
      try {
        return await task()
      } finally {
        const next = line.waiting.shift()
        // The slot is handed on, so that nobody who comes later can slip in between.
        if (next !== undefined) next()
        else if (--line.running === 0) lines.delete(key)
      }
    }
  }
}
