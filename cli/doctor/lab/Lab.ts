import * as E from 'fp-ts/Either'
import { pollPause } from '../../../provider/Operations'
import type { ClearWith } from '../../../provider/Settings'
import type { ArgKey, SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { echoedKey, liveArgs } from '../../../provider/sip-connection/Live'
import type { Moment } from '../../../provider/sip-connection/Settle'
import type { SiteAnswer } from '../../../provider/sip-connection/Wire'
import { type Finding, explained, finding } from '../Finding'
import { type Bench, type Look, lookAt, run } from './Bench'
import { type Form, formText, forms, waysToClear } from './Form'
import { type End, send } from './Send'
import { type Difference, differenceText, differences } from './View'

/** What the lab found. */
export interface Result {
  readonly form?: Form
  readonly clearWith?: ClearWith | 'neither'
  /** Whether the connection is as it was before. */
  readonly isBack: boolean
}

interface Course {
  readonly bench: Bench
  readonly report: (finding: Finding) => void
  /** Somebody wants it to end. */
  readonly isStopped: () => boolean
  /** The form whose answer named this connection, and after which nothing else had changed: what is put back is sent in it. */
  known?: Form
}

/** Ends the attempts; what was changed is put back after it. */
class Stop extends Error {}

const said = (check: string) => finding('lab', check)

const stop = (
  course: Course,
  check: string,
  text: string,
  details: ReadonlyArray<string> = [],
  next?: string
): never => {
  course.report(said(check)('failed', text, { details, ...(next === undefined ? {} : { next }) }))
  throw new Stop()
}

/** Reads that may lag behind a write. */
const looks = 3

/** Looks at everything, again while it is not yet as expected. */
const look = async (
  { bench }: Course,
  isExpected: (look: Look) => boolean,
  moment: Moment = 'afterChange'
): Promise<E.Either<string, Look>> => {
  const { env, siteGuid, args, secrets } = bench
  for (let made = 1; ; made++) {
    const seen = await run(env, secrets)('read', lookAt(siteGuid, args.customerGuid, moment))
    if (E.isLeft(seen)) return E.left(explained('of the connections', seen.left, env.now()).found)
    if (made === looks || isExpected(seen.right)) return seen
    await env.sleep(pollPause(env, made))
  }
}

/** What differs from the start. */
const changes = ({ bench }: Course, { view }: Look): ReadonlyArray<Difference> => differences(bench.view, view)

const isOfKey = (key: ArgKey, path = ''): boolean => echoedKey(path.slice(path.lastIndexOf('.') + 1)) === key

/** What differs beside the field that the lab changes. */
const sideEffects = (course: Course, seen: Look): ReadonlyArray<Difference> => {
  const { siteGuid, key } = course.bench
  return changes(course, seen).filter((each) => each.siteGuid !== siteGuid || !isOfKey(key, each.path))
}

/** Looks after a `PATCH`; a look that fails, and a change of anything but the field, is a surprise. */
const lookAfter = async (
  course: Course,
  check: string,
  form: Form,
  end: End,
  isExpected: (look: Look) => boolean = () => true
): Promise<Look> => {
  const seen = await look(course, isExpected)
  if (E.isLeft(seen)) return stop(course, check, `the connections cannot be read after it: ${seen.left}`)
  const effects = sideEffects(course, seen.right)
  const others = effects.some(({ siteGuid }) => siteGuid !== course.bench.siteGuid)
  if (end._tag === 'Taken' && !others) course.known = form
  return effects.length === 0
    ? seen.right
    : stop(
        course,
        check,
        others ? 'another connection has changed' : 'something else than what was sent has changed',
        effects.map(differenceText)
      )
}

const valueOf = ({ bench }: Course, site: SiteAnswer): string => liveArgs(site, {}, [bench.key])[bench.key] ?? ''

const proceed = (course: Course): void => {
  if (course.isStopped()) stop(course, 'interrupted', 'stopped from outside')
}

/** An end from which nothing can be told of the form. */
const unclear = (
  course: Course,
  check: string,
  what: string,
  { words, details }: Exclude<End, { _tag: 'Taken' }>
): never =>
  stop(
    course,
    check,
    `${what}: ${words}`,
    details,
    'find the cause; to begin with another form, set siteIdPlacement and modifyBody in the environment'
  )

/** Sends the values that the connection has already. */
const takesSame = async (course: Course, form: Form): Promise<boolean> => {
  const check = formText(form)
  const { args } = course.bench
  const end = await send(course.bench, form, { args, fields: [] })
  if (end._tag === 'Surprise') return unclear(course, check, 'the same values', end)
  const seen = await lookAfter(course, check, form, end, (each) => changes(course, each).length === 0)
  const left = changes(course, seen)
  if (left.length > 0)
    return stop(course, check, 'the same values were sent, and one has changed', left.map(differenceText))
  if (end._tag === 'Refused')
    course.report(said(check)('ok', `not taken, and nothing has changed: ${end.words}`, { details: end.details }))
  return end._tag === 'Taken'
}

const withValue = ({ args, key }: Bench, value: string): SipConnectionArgs => ({ ...args, [key]: value })

/** Changes one field, and looks whether it has changed: a server may take a body that it does not understand. */
const takesChange = async (course: Course, form: Form): Promise<boolean> => {
  const check = formText(form)
  const { bench } = course
  const { key, changedValue } = bench
  const end = await send(bench, form, { args: withValue(bench, changedValue), fields: [key] })
  if (end._tag === 'Surprise') return unclear(course, check, `${key} changed`, end)
  const isChanged = ({ site }: Look): boolean => valueOf(course, site) === changedValue
  const seen = await lookAfter(course, check, form, end, isChanged)
  if (end._tag === 'Refused')
    return unclear(course, check, `the same values were taken, and ${key} changed was not`, end)
  if (isChanged(seen)) {
    course.report(said(check)('ok', `taken; ${key} has changed, and nothing else`))
    return true
  }
  if (changes(course, seen).length > 0) return stop(course, check, `${key} has changed otherwise than it was sent`)
  course.report(said(check)('ok', 'answered with success and without effect, so it is not the form'))
  return false
}

const findForm = async (course: Course): Promise<Form | undefined> => {
  for (const form of forms(course.bench.env.settings)) {
    proceed(course)
    if ((await takesSame(course, form)) && (await takesChange(course, form))) return form
  }
  return undefined
}

/** Clears the field. */
const clears = async (course: Course, form: Form, clearWith: ClearWith): Promise<boolean> => {
  const check = `clearWith ${clearWith}`
  const { bench } = course
  const { [bench.key]: _, ...rest } = bench.args
  const end = await send(bench, form, { args: rest, cleared: { key: bench.key, clearWith }, fields: [bench.key] })
  if (end._tag === 'Surprise') return unclear(course, check, `${bench.key} cleared`, end)
  const isCleared = ({ site }: Look): boolean => valueOf(course, site) === ''
  const seen = await lookAfter(course, check, form, end, isCleared)
  const found = said(check)
  if (end._tag === 'Refused') course.report(found('ok', `not taken: ${end.words}`, { details: end.details }))
  else course.report(found('ok', isCleared(seen) ? `${bench.key} is cleared` : `${bench.key} keeps its value`))
  return isCleared(seen)
}

const findClearing = async (course: Course, form: Form): Promise<ClearWith | 'neither'> => {
  for (const way of waysToClear(course.bench.env.settings)) {
    proceed(course)
    if (await clears(course, form, way)) return way
  }
  return 'neither'
}

/**
 * Values to put back: those of the start. The proxy set only where it was lost, since Get calls it by another name; the gateway as it was read
 * where it came out otherwise when it was sent without the name of the connection.
 */
const original = ({ bench }: Course, met: ReadonlyArray<Difference>): SipConnectionArgs => {
  const { args, gateways, before } = bench
  const isMet = (name: RegExp, isThere: boolean): boolean =>
    met.some(({ path = '', is }) => name.test(path) && (is !== undefined) === isThere)
  const [, asRead] = gateways
  const proxySet = before.sbcInfo?.carrierId
  return {
    ...args,
    ...(asRead !== undefined && isMet(/^onlinePstnGateway$/i, true) ? { onlinePstnGateway: asRead } : {}),
    ...(proxySet !== undefined && isMet(/(^|\.)carrierId$/i, false) ? { proxySet } : {})
  }
}

const attempts = 2

const unread = ({ bench }: Course, words: string): Finding =>
  said(`connection ${bench.siteGuid}`)(
    'failed',
    `it cannot be read, so it is not known whether it is as it was before: ${words}`,
    {
      details: [`what was changed, if anything: ${bench.key}`],
      next: 'compare it in the portal, and run again when the platform answers'
    }
  )

/** That all is well again, but for a deployment that went wrong meanwhile. */
const back = ({ bench }: Course, { site }: Look): Finding => {
  const [was, is] = [bench.before.sbcDeploymentState, site.sbcDeploymentState]
  const found = said(`connection ${bench.siteGuid}`)
  const text = 'it is as it was before, and so are the other connections of the customer'
  return was === is
    ? found('ok', text)
    : found('warning', `${text}; but its deployment state was ${was ?? 'not told'}, and is ${is ?? 'not told'}`, {
        next: 'look in the portal whether the SBC is programmed'
      })
}

const notBack = ({ bench, known }: Course, left: ReadonlyArray<Difference>, words: ReadonlyArray<string>): Finding =>
  said(`connection ${bench.siteGuid}`)(
    'failed',
    left.some(({ siteGuid }) => siteGuid === bench.siteGuid)
      ? 'it is not as it was before'
      : 'it is as it was before, and another connection of the customer is not',
    {
      details: [
        ...words,
        ...(known === undefined ? ['no form of Modify is known to work, so nothing was sent to put it back'] : []),
        ...left.map(differenceText)
      ],
      next: 'correct these fields in the portal'
    }
  )

/**
 * Puts back what differs, in the form that is known to work, and looks whether everything is as it was before. Such a form has named this
 * connection, and left the others alone; what differs in those is for a person to judge.
 */
const putBack = async (course: Course): Promise<boolean> => {
  const { bench, report } = course
  const isBefore = (seen: Look): boolean => changes(course, seen).length === 0
  const words: Array<string> = []
  /** What was put back once is sent again: a body may be taken for the whole connection. */
  let met: ReadonlyArray<Difference> = []
  for (let attempt = 0; ; attempt++) {
    const seen = await look(course, attempt === 0 ? () => true : isBefore, 'beforeChange')
    if (E.isLeft(seen)) {
      report(unread(course, seen.left))
      return false
    }
    const left = changes(course, seen.right)
    if (left.length === 0) {
      report(back(course, seen.right))
      return true
    }
    const own = left.filter(({ siteGuid, path }) => siteGuid === bench.siteGuid && path !== undefined)
    if (own.length === 0 || course.known === undefined || attempt === attempts) {
      report(notBack(course, left, words))
      return false
    }
    met = [...met, ...own]
    const end = await send(bench, course.known, {
      args: original(course, met),
      fields: own.flatMap(({ path }) => path ?? [])
    })
    if (end._tag !== 'Taken') words.push(`putting back: ${end.words}`)
  }
}

/** Tries, and puts everything back whatever happens. */
export const lab = async (
  bench: Bench,
  report: (finding: Finding) => void,
  isStopped: () => boolean
): Promise<Result> => {
  const course: Course = { bench, report, isStopped }
  let form: Form | undefined
  let clearWith: Result['clearWith']
  try {
    form = await findForm(course)
    if (form === undefined) {
      report(
        said('Modify')('failed', 'no form of Modify was taken', {
          next: 'report the answers above to the maintainers of pulumi-audiocodes-live'
        })
      )
    } else clearWith = await findClearing(course, form)
  } catch (cause) {
    // What was found before the surprise is still found; a defect of the lab must not keep it from putting back either.
    if (!(cause instanceof Stop))
      report(said('lab')('failed', 'the lab itself failed; what it has changed is put back'))
  }
  if (clearWith === 'neither') {
    report(
      said('clearWith')('warning', 'neither an empty text nor null clears a text', {
        next: 'clear texts in the portal before they are removed from a program'
      })
    )
  }
  const isBack = await putBack(course)
  return {
    ...(form === undefined ? {} : { form }),
    ...(clearWith === undefined ? {} : { clearWith }),
    isBack
  }
}
