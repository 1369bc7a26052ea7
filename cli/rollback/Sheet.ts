import type { FleetEntry } from '../../provider/fleet/Args'
import { hidden } from '../../provider/Secrets'
import { sheetOfEntries } from '../../sdk/csv/Written'
import { lineOf } from '../report/Values'
import { type Named, explainedSheet, leftLine, secretKeys } from './Program'
import type { Report } from './Report'
import { type Left, type Rollback, withoutValues } from './Restore'

/** What was before as a sheet, for a program that takes its connections from one. */

const isConnection = ({ restored: { row } }: Named): boolean => row.resource === 'SipConnection'

/** Things that have no row in a sheet of connections. */
const besides = (all: ReadonlyArray<Named>): ReadonlyArray<Left> =>
  all
    .filter((each) => !isConnection(each))
    .map(({ restored: { row } }) => ({
      row,
      why: 'it is no SIP connection, so it has no row here: run without --csv for it'
    }))

/** All that the sheet does not restore. */
export const leftBySheet = (all: ReadonlyArray<Named>, { left }: Rollback): ReadonlyArray<Left> => [
  ...left,
  ...besides(all)
]

/** The text of the sheet; its comments say what it does not restore. */
export const sheetFor = (report: Report, all: ReadonlyArray<Named>, left: ReadonlyArray<Left>): string =>
  sheetOfEntries(
    all.filter(isConnection).map((each) => ({
      name: (each.restored.row.entry ?? each.restored.row).name,
      values: withoutValues(each.restored.inputs, (value) => value === hidden) as FleetEntry,
      references: secretKeys(each)
    })),
    [],
    ',',
    [...explainedSheet(report), ...left.map((each) => `Not restored: ${lineOf(leftLine(each))}`)]
  )
