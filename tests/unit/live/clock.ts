/** A clock that stands still until a test moves it. */
export interface Clock {
  /** ms since it was made. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Lengths of the pauses that were asked for, in order. */
  readonly slept: ReadonlyArray<number>
  /** Moves on, and ends the pauses that are over then, each at its own time. */
  readonly pass: (ms: number) => Promise<void>
}

/** Lets everything run that is not waiting for time. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const fakeClock = (): Clock => {
  let time = 0
  const slept: Array<number> = []
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>()
  return {
    now: () => time,
    slept,
    sleep: (ms) => {
      slept.push(ms)
      return new Promise((wake) => waiting.add({ at: time + ms, wake }))
    },
    pass: async (ms) => {
      const end = time + ms
      await settled()
      for (;;) {
        const next = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        time = Math.max(time, next.at)
        waiting.delete(next)
        next.wake()
        await settled()
      }
      time = end
    }
  }
}
