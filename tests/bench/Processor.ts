import * as fs from 'node:fs'

/** Clock ticks in /proc are hundredths of a second on Linux, whatever the kernel's own clock. */
const ticksPerSecond = 100

/** From the fields after the name, which may hold blanks; the first of them is the state. */
const ticks = (process: number | 'self', first: number): number => {
  const stat = fs.readFileSync(`/proc/${process}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[first]) + Number(fields[first + 1])
}

/** Processor seconds of a process so far: what others do on the machine hardly changes them. Needs /proc (Linux). */
export const processorSeconds = (pid: number): number => ticks(pid, 11) / ticksPerSecond

/** The same of all processes that this one has started and that have ended, with all that these have waited for. */
export const processorSecondsOfChildren = (): number => ticks('self', 13) / ticksPerSecond
