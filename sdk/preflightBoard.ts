import * as pulumi from '@pulumi/pulumi'
import type { PreflightMode } from '../provider/Settings'
import type * as Report from '../provider/preflight/Report'
import type { Inspected } from '../provider/preflight/program'
import type { Trouble } from '../provider/preflight/Trouble'
import { complaint } from './lookups/Lookup'

/** What the preflights of a run have to say. What is no matter of one connection is said once, when none is under way any more. */
export interface Board {
  readonly begin: () => void
  readonly end: () => void
  /** @param noun what the resource is, in words; default: a SIP connection */
  readonly note: (
    resource: pulumi.Resource,
    name: string,
    mode: PreflightMode,
    inspected: Inspected,
    noun?: Report.Noun
  ) => void
}

const report = (): typeof Report => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../provider/preflight/Report') as typeof Report
}

const say = (all: ReadonlyArray<Report.Said>, resource?: pulumi.Resource): void => {
  // The engine's SDK keeps the program until the engine has the text.
  for (const { severity, text } of all) void pulumi.log[severity](text, resource)
}

/**
 * An error that is logged does not fail a preview; one that nobody handles does, and its text is all that is printed. The program is not stopped by
 * it: what it still registers is looked at too.
 */
const fail = ({ text }: Report.Said): void => {
  void Promise.reject(complaint(text))
}

const newBoard = (): Board => {
  const told = new Set<string>()
  let pending = 0
  let worst: PreflightMode = 'warn'
  let failed: Array<Report.Failed> = []
  let troubles = new Map<string, Trouble>()
  let notices = new Map<string, Array<string>>()
  const flush = (): void => {
    if (troubles.size + notices.size + failed.length === 0) return
    const { ofFailure, ofNotices, ofTroubles } = report()
    const all = [...ofNotices(notices), ...ofTroubles(worst, [...troubles.values()])]
    const error =
      all.find(({ severity }) => severity === 'error') ?? (failed.length > 0 ? ofFailure(failed) : undefined)
    say(all.filter((said) => said !== error))
    if (error !== undefined) fail(error)
    for (const key of [...troubles.keys(), ...notices.keys()]) told.add(key)
    troubles = new Map()
    notices = new Map()
    failed = []
  }
  return {
    begin: () => {
      pending += 1
    },
    end: () => {
      pending -= 1
      if (pending === 0) flush()
    },
    note: (resource, name, mode, inspected, noun = 'SIP connection') => {
      if (mode === 'fail') worst = mode
      if (mode === 'fail' && inspected.findings.length > 0) failed.push({ name, noun })
      say(report().ofConnection(mode, inspected.findings), resource)
      for (const trouble of inspected.troubles)
        if (!told.has(trouble.key) && !troubles.has(trouble.key)) troubles.set(trouble.key, trouble)
      for (const notice of inspected.notices)
        if (!told.has(notice)) notices.set(notice, [...(notices.get(notice) ?? []), name])
    }
  }
}

const boards = new WeakMap<object, Board>()

/** The board of a run of the program. */
export const boardOf = (run: object): Board => {
  const board = boards.get(run) ?? newBoard()
  boards.set(run, board)
  return board
}
