import type { Change, Counts, Operation, Plan } from './Plan'
import { mayAffectCalls, operations } from './Plan'

/** The words that the forms of a plan share. */

/** `2 create, 1 delete`; what is zero is left out. */
export const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${number} ${name}`)
    .join(', ')

/** Operations that stand in the counts: those of every plan, and the others where they occur. */
export const countedOperations = ({ totals }: Plan): ReadonlyArray<Operation> =>
  operations.filter((operation) => operation !== 'forget' || totals.forget > 0)

/** One line for the plan as a whole. */
export const headline = (plan: Plan): string => {
  const dangerous = plan.changes.filter(mayAffectCalls).length
  if (plan.changes.length === 0 && plan.errors.length > 0) return 'no plan, since the preview failed.'
  return plan.changes.length === 0
    ? 'No changes of SIP connections.'
    : `SIP connections: ${countsText(plan.totals)}; ${dangerous === 0 ? 'none of these affects calls as far as the plan shows' : `${dangerous} may affect calls`}.`
}

/** Where the plan belongs, e.g. `production of customer-connections`. */
export const stackText = ({ stack, project }: Plan): string => (project === '' ? '' : `${stack} of ${project}`)

/** One line for resources that are no SIP connections; none when nothing happens to them. */
export const othersText = ({ others }: Plan): string | undefined =>
  Object.keys(others).length === 0 ? undefined : `Resources that are no SIP connections: ${countsText(others)}.`

/** What happens to a connection that has no fields to show. */
export const withoutFields = ({ operation, siteGuid, mayAffectCalls: dangers }: Change): string => {
  const site = siteGuid === undefined ? '' : ` (site ${siteGuid})`
  switch (operation) {
    case 'forget':
      return `stays on the platform and leaves the state${site}`
    case 'delete':
      return `taken off the platform${site}`
    case 'replace':
      return `the same inputs${site}`
    case 'create':
    case 'update':
      return dangers.includes('unfinished') ? 'the same inputs' : 'no input'
  }
}

/** The counts of an SBC in the order of the columns. */
export const cells = (counts: Counts, columns: ReadonlyArray<Operation>): ReadonlyArray<string> =>
  columns.map((column) => (counts[column] === 0 ? '-' : String(counts[column])))
