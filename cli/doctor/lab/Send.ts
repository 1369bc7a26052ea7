import * as E from 'fp-ts/Either'
import type { ProviderError } from '../../../provider/Errors'
import type { ClearWith } from '../../../provider/Settings'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { liveVariables } from '../../../provider/sip-connection/Live'
import { errorTexts, shownId } from '../../../provider/Answers'
import { patchSite } from '../../../provider/sip-connection/Requests'
import { type WriteAnswer } from '../../../provider/sip-connection/Wire'
import { scrubber } from '../../../provider/Secrets'
import { explained } from '../Finding'
import { type Bench, type LabKey, run } from './Bench'
import type { Form } from './Form'

/** How a `PATCH` ended. */
export type End =
  /** The platform says that it has changed this connection. */
  | { readonly _tag: 'Taken' }
  /** The platform says that it has changed nothing. */
  | { readonly _tag: 'Refused'; readonly words: string; readonly details: ReadonlyArray<string> }
  /** Anything else: nothing more is tried after it. */
  | { readonly _tag: 'Surprise'; readonly words: string; readonly details: ReadonlyArray<string> }

const surprise = (words: string, details: ReadonlyArray<string> = []): End => ({ _tag: 'Surprise', words, details })

/** The platform's own words that are shown. */
const shownWords = 3

/** Statuses that say something of the caller, and nothing of the form. */
const aboutCaller = [401, 403, 407, 429]

const ofError = (error: ProviderError, now: number): End => {
  const { found, details: all } = explained('of Modify', error, now)
  const details = all.filter((line) => line.startsWith('Platform: ')).slice(0, shownWords)
  const status = 'exchange' in error ? (error.exchange?.status ?? 0) : 0
  const isRefusal = (error._tag === 'Rejected' || error._tag === 'NotFound') && status >= 400
  return isRefusal && !aboutCaller.includes(status)
    ? { _tag: 'Refused', words: found, details }
    : surprise(found, details)
}

/** An answer counts only when it names this connection and reports no error. */
const ofAnswer = ({ siteGuid, args, env, secrets }: Bench, answer: WriteAnswer): End => {
  const { siteGuid: site = '', customerGuid: customer = '' } = answer
  const said = errorTexts(answer.executionMessages ?? [], scrubber([...secrets, ...env.tokens.secrets()]))
  if (site === '') return surprise('the answer names no connection')
  if (site !== siteGuid)
    return surprise(`the platform answered for connection ${shownId(site)}: check that one in the portal`)
  if (customer !== '' && customer !== args.customerGuid)
    return surprise(`the platform answered for customer ${shownId(customer)}: check that one in the portal`)
  return said.length > 0 ? surprise('the platform reports an error', said.slice(0, shownWords)) : { _tag: 'Taken' }
}

/** What a `PATCH` is to carry beside what the connection has. */
export interface Wish {
  readonly args: SipConnectionArgs
  readonly cleared?: { readonly key: LabKey; readonly clearWith: ClearWith }
  /** For the audit log. */
  readonly fields: ReadonlyArray<string>
}

/** Sends Modify in a form. */
export const send = async (bench: Bench, form: Form, { args, cleared, fields }: Wish): Promise<End> => {
  const { env, siteGuid, before, secrets } = bench
  const settings = { ...env.settings, ...form, ...(cleared === undefined ? {} : { clearWith: cleared.clearWith }) }
  const modification = {
    args,
    removed: cleared === undefined ? [] : [cleared.key],
    previous: {},
    live: liveVariables(before)
  }
  const answer = await run({ ...env, settings }, secrets)('update', patchSite(siteGuid, modification, fields))
  return E.isLeft(answer) ? ofError(answer.left, env.now()) : ofAnswer(bench, answer.right)
}
