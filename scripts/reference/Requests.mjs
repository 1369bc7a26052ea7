// The requests of a program, without a platform: what it sends is recorded, and the answer is made up.

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { operation } from '../../dist/provider/Operations.js'
import { baseUrl, testEnv } from '../../dist/tests/support/TestEnv.js'
import { code } from './Markdown.mjs'

/** @typedef {import('../../dist/provider/Settings.js').Settings} Settings */
/** @typedef {import('../../dist/provider/Errors.js').ProviderError} ProviderError */
/**
 * @template A
 * @typedef {import('../../dist/provider/Env.js').Program<A>} Program
 */
/** @typedef {{ method: string, path: string, query: Record<string, string>, body: unknown }} Sent */
/** @typedef {{ status: number, body: string }} Answer */

/** Nothing is there: what has a second way to find it then takes that. @type {Answer} */
export const nothing = { status: 404, body: '"not found"' }
/** Lists are empty. @type {Answer} */
export const emptyList = { status: 200, body: '[]' }

/** @param {unknown} value @returns {Answer} */
export const answered = (value) => ({ status: 200, body: JSON.stringify(value) })

/**
 * @template A
 * @param {Program<A>} program
 * @param {Answer} answer to every request
 * @param {Partial<Settings>} settings
 * @returns {Promise<{ sent: Sent[], result: import('fp-ts/lib/Either.js').Either<ProviderError, A> }>} what it sends, in
 * order, and how it ends
 */
const run = async (program, answer, settings) => {
  /** @type {Sent[]} */
  const sent = []
  const { env } = testEnv(settings, {
    fetch: ({ method, url, body }) => {
      const { pathname, searchParams } = new URL(url)
      sent.push({
        method,
        path: decodeURIComponent(pathname.slice(new URL(baseUrl).pathname.length)),
        query: Object.fromEntries(searchParams),
        body: body === undefined ? undefined : JSON.parse(body)
      })
      return TE.right({ ...answer, headers: {} })
    }
  })
  return { result: await operation('lookup', [])(program)(env)(), sent }
}

/**
 * @param {Program<unknown>} program
 * @param {Answer} answer to every request
 * @param {Partial<Settings>} settings
 * @returns {Promise<Sent[]>} what it sends, in order
 */
export const sentBy = async (program, answer = nothing, settings = {}) => (await run(program, answer, settings)).sent

/**
 * @template A
 * @param {Program<A>} program
 * @param {Answer} answer to every request
 * @returns {Promise<A | undefined>} what it ends with, unless that is an error
 */
export const resultOf = async (program, answer) => {
  const { result } = await run(program, answer, {})
  return E.isRight(result) ? result.right : undefined
}

/** @param {Sent} sent @returns {string} `GET /api/v3/customer?allDetails=…` */
export const shown = ({ method, path, query }) => {
  const names = Object.keys(query).map((name) => `${name}=…`)
  return `${method} ${path}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

/**
 * @typedef {{ program: Program<unknown>, when: string | string[], answer?: Answer, settings?: Partial<Settings> }} Call a call of the
 * lifecycle, and what its requests are for: all of them, or each in turn
 */

/** @param {Call[]} calls @returns {Promise<string[]>} a line for every request */
export const requestLines = async (calls) => {
  const lines = calls.map(async ({ program, when, answer, settings }) =>
    (await sentBy(program, answer, settings)).map(
      (sent, index) => `${code(shown(sent))}: ${Array.isArray(when) ? (when[index] ?? '') : when}`
    )
  )
  return (await Promise.all(lines)).flat()
}
