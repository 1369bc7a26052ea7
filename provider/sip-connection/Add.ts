import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { sitesNamed, sitesOf } from '../Customers'
import type { Env, Program, Site } from '../Env'
import { type ProviderError, exchangeOf, failed, mismatch, refused } from '../Errors'
import { timeToSee } from '../Http'
import { pollPause } from '../Operations'
import { isGuid } from '../Codecs'
import { afterUnclear } from '../Unclear'
import { type SipConnectionArgs } from './Args'
import { errorTexts, type ExecutionMessage, namesAnother, shownId } from '../Answers'
import * as Requests from './Requests'
import { type WriteAnswer } from './Wire'

/**
 * Add, which must neither be repeated blindly nor forgotten: a second `POST` would make a second connection, and a lost answer
 * leaves one that nobody knows of. So whatever is not a clear answer leads to a look at the platform, by name.
 */

/** A connection that exists now, and what was wrong on the way to it. */
export interface Added {
  readonly siteGuid: string
  readonly messages: ReadonlyArray<ExecutionMessage>
  /** The connection exists, but the platform did not say so in the documented way. */
  readonly fault?: ProviderError
  /** It was found by its name, after an answer that did not tell its id. */
  readonly found?: true
}

/** The connections of that name, from a read that begins now. */
const lookNow =
  (args: SipConnectionArgs): Program<ReadonlyArray<Site>> =>
  (env) =>
    sitesNamed(args.customerGuid, args.siteName, env.now())(env)

/** How a connection that exists already is taken over, in words that can be copied. */
export const existsAlready = (
  args: SipConnectionArgs,
  found: ReadonlyArray<Site>,
  sent: 'nothing was sent' | 'the creation was refused' | 'the answer to its creation was lost' = 'nothing was sent'
): ProviderError => {
  const name = `"${args.siteName}" exists already at customer ${args.customerGuid}`
  const [only] = found
  return found.length === 1 && only !== undefined
    ? refused(
        `A connection ${name} (site ${only.id}); ${sent}`,
        `to take it over, declare adopt: "${only.id}" (or adopt: true) with enableCac and carrierRegistration, or import it from a file; ` +
          'to make another one, choose another siteName. If two resources of this program declare the name, remove one'
      )
    : refused(
        `${found.length} connections ${name}: ${found.map(({ id }) => id).join(', ')}; ${sent}`,
        `declare which one is meant: adopt: "<site id>"`
      )
}

/** Somebody else made one of the same name at the same time: which is ours cannot be told. */
const severalNow = (args: SipConnectionArgs, found: ReadonlyArray<Site>): ProviderError =>
  mismatch(
    `The answer to the creation of connection "${args.siteName}" is not clear, and customer ${args.customerGuid} has ${found.length} of that name now: ${found.map(({ id }) => id).join(', ')}. ` +
      'None of them was changed. Find out in the portal which one is this, declare adopt: "<site id>", and delete the other'
  )

/** Somebody else made one of that name meanwhile, on another SBC: it is not ours to change. */
const notOurs = (args: SipConnectionArgs, site: Site): ProviderError =>
  mismatch(
    `The answer to the creation of connection "${args.siteName}" is not clear, and the one of that name (site ${site.id}) is on SBC ${site.sbcId ?? 'unknown'} and not on ${args.sbcId}: it was made by somebody else, and is left alone. ` +
      'Declare its sbcId and adopt to take it over, or choose another siteName'
  )

/** How long a connection is looked for. */
type Patience =
  /** The end of the `POST` is not known: as long as the `POST` itself might have taken. */
  | 'long'
  /** The platform has answered: a few looks, since a list may lag behind. */
  | 'short'

/**
 * Looks for the connection again and again. A look that fails does not end the search.
 *
 * @returns the connection that the `POST` made; `none` when there is still none at the end
 */
const lookFor =
  (args: SipConnectionArgs, patience: Patience): Program<Site | 'none'> =>
  (env: Env) =>
  async () => {
    const longest = Math.min(env.now() + env.settings.programTimeout * 1000, env.operation.deadline)
    for (let round = 0; ; round++) {
      const found = await lookNow(args)(env)()
      if (E.isRight(found)) {
        const [first, ...others] = found.right
        if (others.length > 0) return E.left(severalNow(args, found.right))
        if (first !== undefined)
          return first.sbcId === undefined || first.sbcId === args.sbcId ? E.right(first) : E.left(notOurs(args, first))
      }
      const pause = pollPause(env, round)
      const ends = env.cancelled() || env.now() + pause > longest || (patience === 'short' && round === 2)
      if (ends) return E.isRight(found) ? E.right('none') : found
      await env.sleep(pause)
    }
  }

/** What is known of a connection before it is found. */
interface Unclear {
  readonly patience: Patience
  readonly messages: ReadonlyArray<ExecutionMessage>
  /** The error to end with when there is no connection. */
  readonly whenNone: ProviderError
  /** An error that stays one even when there is a connection. */
  readonly fault?: ProviderError
}

/** An end without a usable site id: the connection is looked for. */
export const findAdded =
  (args: SipConnectionArgs, { patience, messages, whenNone, fault }: Unclear): Program<Added> =>
  (env) =>
  async () => {
    const found = await lookFor(args, patience)(env)()
    if (E.isLeft(found))
      return E.left(found.left._tag === 'Mismatch' ? found.left : unresolved(args, whenNone, found.left))
    if (found.right === 'none') return E.left(whenNone)
    return E.right({ siteGuid: found.right.id, messages, found: true, ...(fault === undefined ? {} : { fault }) })
  }

/** The look itself failed: both errors are told, since the connection may exist. */
const unresolved = (args: SipConnectionArgs, fault: ProviderError, look: ProviderError): ProviderError =>
  mismatch(
    `Whether connection "${args.siteName}" was created is not known: the end of the POST was not, and the look at the service details failed (${look._tag}). ` +
      'The next run looks again, and creates no second one',
    exchangeOf(fault) ?? exchangeOf(look)
  )

/** A clear answer, or a look at what an unclear one has left. */
const resolve = (
  args: SipConnectionArgs,
  before: ReadonlyArray<Site>,
  posted: E.Either<ProviderError, WriteAnswer>
): Program<Added> => {
  if (E.isLeft(posted))
    return afterUnclear(posted.left, ['connection', args.siteName], (look) =>
      findAdded(args, { patience: 'long', messages: [], ...look })
    )
  const { customerGuid, siteGuid, executionMessages: messages = [] } = posted.right
  if (namesAnother(customerGuid, args.customerGuid)) {
    const fault = mismatch(
      `Add was sent for customer ${args.customerGuid}, and the platform answered for customer ${shownId(customerGuid)} (site ${shownId(siteGuid)}): check in the portal what was made there`
    )
    return findAdded(args, { patience: 'short', messages, whenNone: fault, fault })
  }
  if (isGuid(siteGuid) && before.some(({ id }) => id === siteGuid)) {
    const fault = mismatch(
      `The platform answered Add with the id of a connection that was there before (site ${siteGuid}); that one is left alone`
    )
    return findAdded(args, { patience: 'short', messages, whenNone: fault, fault })
  }
  // What is no uuid is no address, and as an id of the state it would be shown.
  if (isGuid(siteGuid)) return RTE.right({ siteGuid, messages })
  return (env) => {
    const said = errorTexts(messages, env.operation.scrub)
    const whenNone =
      said.length > 0 ? failed(said) : mismatch('The platform answered Add with success, and lists no such connection')
    // After a success there must be one, however long the list lags behind.
    return findAdded(args, { patience: said.length > 0 ? 'short' : 'long', messages, whenNone })(env)
  }
}

/**
 * Creates a connection. Nothing may have that name at the customer yet.
 *
 * 409 may mean that the SBC is busy or that the name has been taken meanwhile: a look at the platform tells, and the
 * `POST` is sent again only while there is none.
 */
export const add =
  (args: SipConnectionArgs): Program<Added> =>
  (env) =>
  async () => {
    const before = await sitesOf(args.customerGuid)(env)()
    if (E.isLeft(before)) return before
    for (let round = 0; ; round++) {
      const posted = await Requests.postSite(args)(env)()
      if (!E.isLeft(posted) || posted.left._tag !== 'Conflict') {
        return resolve(args, before.right, posted)(env)()
      }
      const found = await lookNow(args)(env)()
      if (E.isLeft(found)) return found
      if (found.right.length > 0) return E.left(existsAlready(args, found.right, 'the creation was refused'))
      const pause = pollPause(env, round)
      if (env.now() + pause + timeToSee(env, 'POST') >= env.operation.deadline) return posted
      await env.sleep(pause)
    }
  }
