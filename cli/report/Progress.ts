/** Progress on standard error: a line that is written over on a terminal, nothing in a log. */
export interface Progress {
  readonly step: () => void
  /** A notice, on a line of its own. */
  readonly note: (text: string) => void
  readonly end: () => void
}

export const progress = (
  what: string,
  total: number,
  out: { readonly isTTY?: boolean; readonly write: (text: string) => unknown } = process.stderr
): Progress => {
  const wipe = '\r\u001b[K'
  const shown = out.isTTY === true
  let done = 0
  const draw = (): void => {
    if (shown) out.write(`${wipe}${what} ${done}/${total}`)
  }
  const end = (): void => {
    if (shown) out.write(wipe)
  }
  return {
    step: () => {
      done += 1
      draw()
    },
    note: (text) => {
      end()
      out.write(`${text}\n`)
      draw()
    },
    end
  }
}
