import type { Partly } from '../Errors'
import { few } from '../Words'
import type { Plan } from './Plan'
import type { Summary } from './State'

/** The words of a rollout. Pure. */

const count = (n: number): string => `${n} connection${n === 1 ? '' : 's'}`

/** What a run did, as far as it did anything. */
const doneText = (done: End['done']): string => {
  const by = (what: string): ReadonlyArray<string> => done.filter(([, each]) => each === what).map(([name]) => name)
  return (['created', 'updated', 'deleted'] as const)
    .flatMap((what) => {
      const names = by(what)
      return names.length === 0 ? [] : [`${names.length} ${what} (${few(names, 10)})`]
    })
    .join(', ')
}

/** The most failures that a text lists; the rest stands in the output `failures` and in the change report. */
const most = 50

/** The end of a rollout. */
export interface End {
  /** What was done; a name stands twice where an entry has taken the name of one that is deleted. */
  readonly done: ReadonlyArray<readonly [name: string, what: 'created' | 'updated' | 'deleted']>
  readonly failed: ReadonlyArray<readonly [name: string, why: string]>
  readonly notBegun: ReadonlyArray<string>
  /** Why it ended early; none: it came to its end. */
  readonly stopped: string | undefined
}

/** A rollout that left something to do, as an error. */
export const partly = ({ done, failed, notBegun, stopped }: End): Partly => ({
  _tag: 'Partly',
  text: [
    ...(failed.length > 0 ? [`${count(failed.length)} failed`] : []),
    ...(notBegun.length > 0 ? [`${count(notBegun.length)} ${notBegun.length === 1 ? 'was' : 'were'} not begun`] : []),
    ...(stopped === undefined ? [] : [stopped])
  ].join('; '),
  lines: [
    `Done: ${done.length === 0 ? 'nothing' : doneText(done)}.`,
    ...failed.slice(0, most).map(([name, why]) => `Failed: ${name}: ${why}`),
    ...(failed.length > most ? [`Failed: ${failed.length - most} more.`] : []),
    ...(notBegun.length > 0 ? [`Not begun: ${few(notBegun, 20)}.`] : [])
  ]
})

/** A plan in one line, for a preview. */
export const planText = ({ tasks, unchanged }: Plan): string => {
  const of = (kind: string): number => tasks.filter((task) => task.kind === kind).length
  const parts = (['create', 'update', 'replace', 'delete'] as const)
    .filter((kind) => of(kind) > 0)
    .map((kind) => `${of(kind)} to ${kind}`)
  return `${parts.join(', ')}, ${unchanged.size} unchanged`
}

export const nothingDone: Summary = { created: 0, updated: 0, deleted: 0, unchanged: 0, failed: 0, notBegun: 0 }
