import { capitalised } from '../../provider/Words'
import { type Kind, wordsOf } from '../report/Kinds'
import { lineOf } from '../report/Values'
import {
  type Change,
  type Counts,
  type KindCounts,
  mayAffectCalls,
  type Operation,
  operations,
  type Plan
} from './Plan'

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

const plural = (kind: Kind): string => `${wordsOf(kind).noun}s`

/** The kinds that the plan tells of, SIP connections always among them. */
const toldOf = ({ byKind = [], totals }: Plan): ReadonlyArray<KindCounts> => [
  ...byKind,
  { kind: 'sipConnection', counts: totals }
]

/** One line for the plan as a whole. */
export const headline = (plan: Plan): string => {
  const dangerous = plan.changes.filter(mayAffectCalls).length
  const told = toldOf(plan)
  if (plan.changes.length === 0 && plan.errors.length > 0) return 'no plan, since the preview failed.'
  if (plan.changes.length === 0) return `No changes of ${told.map(({ kind }) => plural(kind)).join(', ')}.`
  const changed = told
    .map(({ kind, counts }) => [plural(kind), countsText(counts)] as const)
    .filter(([, counts]) => counts !== '')
    .map(([nouns, counts]) => `${nouns}: ${counts}`)
  const affected =
    dangerous === 0 ? 'none of these affects calls as far as the plan shows' : `${dangerous} may affect calls`
  return `${capitalised(changed.join('; '))}; ${affected}.`
}

/** What is in the rows, in one word. */
export const nounIn = ({ byKind }: Plan): string => (byKind === undefined ? 'connection' : 'resource')

/** Of another resource than a connection: `dial plan CustDialPlan, provider eu`. */
export const kindText = ({ kind, called, instance }: Change): string =>
  [
    `${wordsOf(kind).noun}${called === undefined ? '' : ` ${called}`}`,
    ...(instance === undefined ? [] : [`provider ${lineOf(instance)}`])
  ].join(', ')

/** Where the plan belongs, e.g. `production of customer-connections`. */
export const stackText = ({ stack, project }: Plan): string => (project === '' ? '' : `${stack} of ${project}`)

/** One line for resources of other packages; none when nothing happens to them. */
export const othersText = ({ others, byKind }: Plan): string | undefined =>
  Object.keys(others).length === 0
    ? undefined
    : `${byKind === undefined ? 'Resources that are no SIP connections' : 'Other resources'}: ${countsText(others)}.`

/** What happens to a resource that has no fields to show. */
export const withoutFields = ({ operation, siteGuid, id, mayAffectCalls: dangers }: Change): string => {
  const which = siteGuid !== undefined ? ` (site ${siteGuid})` : id !== undefined ? ` (${lineOf(id)})` : ''
  switch (operation) {
    case 'forget':
      return `stays on the platform and leaves the state${which}`
    case 'delete':
      // What affects no calls is no thing on the platform.
      return `${dangers.length === 0 ? 'leaves the state' : 'taken off the platform'}${which}`
    case 'replace':
      return `the same inputs${which}`
    case 'create':
    case 'update':
      return dangers.includes('unfinished') ? 'the same inputs' : 'no input'
  }
}

/** The counts of an SBC in the order of the columns. */
export const cells = (counts: Counts, columns: ReadonlyArray<Operation>): ReadonlyArray<string> =>
  columns.map((column) => (counts[column] === 0 ? '-' : String(counts[column])))
