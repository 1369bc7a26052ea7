import { connectionType, diagnostics } from '../engine/World'
import type { RunResult } from '../support/EngineRun'
import type { Subject } from './Victims'

/** What the engine printed of one connection. */
export interface Said {
  /** Past participle of what was done to it: `created`, `updated`, `deleted`; `failed`; `nothing`. */
  readonly done: string
  /** The headline of its error, or else what was warned of, without names, ids and addresses; empty when nothing was said. */
  readonly text: string
}

const own = (text: string, { name, customerGuid }: Subject): string =>
  text
    .replaceAll(`tsk_${name}`, '<task>')
    .replaceAll(`"${name}"`, '<name>')
    .replaceAll(customerGuid, '<customer>')
    .replace(/http:\/\/<host>[^\s,;:)]*/g, '<address>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<site>')
    .replace(/waited \d+ s/, 'waited <n> s')

/** The errors of a run by the name of their resource: its first line says what failed. */
const headlines = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  let name = ''
  for (const line of text.split('\n')) {
    name = new RegExp(`^${connectionType} \\((\\S+)\\):$`).exec(line)?.[1] ?? name
    const headline =
      /^(?:error: |\* )(?:\S+ of SIP connection .*? failed: |\S+ resource '\S+' has a problem: )?(.*)$/.exec(line)?.[1]
    if (headline !== undefined && !/^\d+ errors? occurred:$/.test(headline) && !found.has(name))
      found.set(name, headline)
  }
  return found
}

const steps = new RegExp(`${connectionType} (\\S+) (created|updated|deleted|replaced)\\b`, 'g')

/** What a run said, connection by connection. */
export const saidBy = (
  result: RunResult,
  ids: ReadonlyMap<string, ReadonlySet<string>>
): ((subject: Subject) => Said) => {
  const text = diagnostics(result)
  const errors = headlines(text)
  const done = new Map([...result.stdout.matchAll(steps)].map(([, name, step]) => [name, step]))
  const lines = text.split('\n').filter((line) => !/^(error: |\* )/.test(line))
  return (subject) => {
    const error = errors.get(subject.name)
    const marks = [`"${subject.name}"`, subject.customerGuid, ...(ids.get(subject.name) ?? [])]
    const warned = lines.filter((line) => !line.startsWith('Next: ') && marks.some((mark) => line.includes(mark)))
    return {
      done: error === undefined ? (done.get(subject.name) ?? 'nothing') : 'failed',
      text: own(error ?? warned.join(' '), subject)
    }
  }
}
