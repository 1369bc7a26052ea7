// What only a connection knows of its inputs: the calls that carry them, and what is sent when they are removed.

import * as E from 'fp-ts/lib/Either.js'
import { sitesOf } from '../../dist/provider/Customers.js'
import { decode } from '../../dist/provider/Decode.js'
import { settingSpecs } from '../../dist/provider/Settings.js'
import { getTask } from '../../dist/provider/Tasks.js'
import { argKeys } from '../../dist/provider/sip-connection/Args.js'
import { modifyBody } from '../../dist/provider/sip-connection/Body.js'
import { liveArgs } from '../../dist/provider/sip-connection/Live.js'
import { deleteSite, getSite, patchSite, postSite } from '../../dist/provider/sip-connection/Requests.js'
import { SiteAnswer } from '../../dist/provider/sip-connection/Wire.js'
import { sample as siteAnswer } from '../../dist/tests/unit/sip-connection/answers.js'
import { code } from './Markdown.mjs'
import { differences, leaves, withOther } from './Probe.mjs'
import { nothing, requestLines, sentBy } from './Requests.mjs'
import { readFrom } from './Wire.mjs'

/** @typedef {import('../../dist/provider/sip-connection/Args.js').SipConnectionArgs} Args */
/** @typedef {import('../../dist/provider/sip-connection/Args.js').ArgKey} ArgKey */
/** @typedef {import('../../dist/provider/Settings.js').Settings} Settings */
/** @typedef {import('./Wire.mjs').Values} Values */

const siteGuid = '{siteGuid}'

/** @param {Values} args @returns {Args} */
const asArgs = (args) => /** @type {Args} */ (/** @type {unknown} */ (args))

/** @param {Args} args an update of all of them */
const modification = (args) => ({ args, removed: [], previous: {}, live: {} })

/** @param {Settings['modifyBody']} form @returns {(args: Values) => Promise<unknown>} */
const modify = (form) => (args) =>
  sentBy(patchSite(siteGuid, modification(asArgs(args)), []), nothing, { modifyBody: form })

/** @param {Args} args @returns {Promise<ReadonlyMap<string, string[]>>} */
const read = ({ sbcScripts }) => {
  // Variables are read under the names that are declared.
  const first = Object.keys(sbcScripts?.customerVariables ?? {})[0] ?? ''
  const answer = withOther(siteAnswer, ['sbcInfo', 'sbcScripts', 'customerVariables', first], 'another')
  return readFrom(answer, (each) => {
    const site = decode(SiteAnswer, each)
    const scripts = sbcScripts === undefined ? {} : { sbcScripts }
    return Promise.resolve(E.isLeft(site) ? undefined : liveArgs(site.right, scripts, argKeys))
  })
}

/**
 * @param {Args} all
 * @param {ArgKey} key
 * @param {Settings['modifyBody']} form
 * @param {Settings['clearWith']} clearWith
 * @returns {unknown} what is sent for an input that is no longer declared; undefined: nothing
 */
const sentWhenRemoved = (all, key, form, clearWith) => {
  const args = asArgs(Object.fromEntries(Object.entries(all).filter(([each]) => each !== key)))
  /** @param {ReadonlyArray<ArgKey>} removed */
  const body = (removed) => modifyBody({ args, removed, previous: {}, live: {} }, { modifyBody: form, clearWith })
  const [kept, cleared] = [body([]), body([key])]
  const [path] = differences(kept, cleared)
  return leaves(cleared).find((leaf) => leaf.path === path)?.value
}

/** @param {Args} all @returns {(name: string) => string} */
const removed = (all) => (name) => {
  const key = argKeys.find((each) => each === name)
  if (key === undefined) throw new Error(`${name} is declared, and the code knows no such input`)
  const withTable = sentWhenRemoved(all, key, 'fields', 'empty')
  const form = withTable === undefined ? 'scriptParameters' : 'fields'
  const [empty, other] = [sentWhenRemoved(all, key, form, 'empty'), sentWhenRemoved(all, key, form, 'null')]
  if (empty === undefined) return ''
  const value = (/** @type {unknown} */ each) => code(JSON.stringify(each))
  const sent =
    JSON.stringify(empty) === JSON.stringify(other)
      ? value(empty)
      : `${value(empty)}, or ${value(other)} with \`clearWith: null\``
  return `sent as ${sent}${form === 'fields' ? '' : ` (with \`modifyBody: ${form}\`)`}`
}

/** @param {Args} all @returns {Promise<string[]>} the requests of its lifecycle */
const requests = (all) => {
  const args = { ...all, customerGuid: '{customerGuid}' }
  const { choices } = /** @type {{ choices: ReadonlyArray<Settings['siteIdPlacement']> }} */ (
    settingSpecs.siteIdPlacement.kind
  )
  return requestLines([
    {
      program: sitesOf(args.customerGuid),
      when: [
        'whether there is a connection of that name, one read for all connections of a customer; whether one is gone',
        'the same, where the call above does not list the connections'
      ]
    },
    { program: postSite(args), when: 'makes the connection' },
    {
      program: getSite(siteGuid),
      when: 'proves a write, and waits for the end of the tasks; a refresh; before a change'
    },
    { program: getTask('{taskId}'), when: 'waits for the end of a task' },
    ...choices.map((siteIdPlacement) => ({
      program: patchSite(siteGuid, modification(args), []),
      when: `changes the connection, with \`siteIdPlacement: ${siteIdPlacement}\``,
      settings: { siteIdPlacement }
    })),
    { program: deleteSite(siteGuid, args), when: 'deletes the connection' }
  ])
}

/** @param {import('./Wire.mjs').Samples} samples @returns {Promise<import('./Resource.mjs').Own>} */
export const sipConnection = async (samples) => {
  const all = asArgs(samples.all)
  return {
    ways: [
      { heading: 'Add', write: (args) => sentBy(postSite(asArgs(args))) },
      { heading: 'Modify', write: modify('fields') },
      { heading: 'Modify with `modifyBody: scriptParameters`', write: modify('scriptParameters') }
    ],
    read: await read(all),
    removed: removed(all),
    deletion: "the engine's `protect` and `retainOnDelete` serve; a [`NumbersGuard`](NumbersGuard.md) for its numbers",
    requests: await requests(all)
  }
}
