import { seed } from '../../support/property'

/** What the schedules of a level did, for the line at its end. */
export interface Tally {
  schedules: number
  operations: number
  faults: number
  kills: number
  /** Connections that were taken over, since a run had left them without an id. */
  adopted: number
}

export const newTally = (): Tally => ({ schedules: 0, operations: 0, faults: 0, kills: 0, adopted: 0 })

export const tallyLine = (level: string, { schedules, operations, faults, kills, adopted }: Tally): string =>
  `      ${level}: ${schedules} schedules, seed ${seed}, ${operations} operations, ${faults} faults struck, ${kills} kills, ${adopted} adopted`

/** How many schedules a level plays: the variable of that name, or the default. */
export const scheduleCount = (variable: string, usual: number): number => {
  const given = process.env[variable] ?? ''
  const count = given === '' ? usual : Number(given)
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`${variable} must be a whole number from 1`)
  return count
}
