// The requests of a program, without a platform: what it sends is recorded, and the answer is made up.

import * as TE from 'fp-ts/lib/TaskEither.js'
import { operation } from '../../dist/provider/Operations.js'
import { baseUrl, testEnv } from '../../dist/tests/support/TestEnv.js'

/** @typedef {import('../../dist/provider/Settings.js').Settings} Settings */
/** @typedef {{ method: string, path: string, query: Record<string, string>, body: unknown }} Sent */
/** @typedef {{ status: number, body: string }} Answer */

/** Nothing is there: what has a second way to find it then takes that. @type {Answer} */
export const nothing = { status: 404, body: '"not found"' }
/** Lists are empty. @type {Answer} */
export const emptyList = { status: 200, body: '[]' }

/**
 * @template A
 * @param {import('../../dist/provider/Env.js').Program<A>} program
 * @param {Answer} answer to every request
 * @param {Partial<Settings>} settings
 * @returns {Promise<Sent[]>} what it sends, in order
 */
export const sentBy = async (program, answer = nothing, settings = {}) => {
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
  await operation('lookup', [])(program)(env)()
  return sent
}

/** @param {Sent} sent @returns {string} `GET /api/v3/customer?allDetails=…` */
export const shown = ({ method, path, query }) => {
  const names = Object.keys(query).map((name) => `${name}=…`)
  return `${method} ${path}${names.length === 0 ? '' : `?${names.join('&')}`}`
}
