// What the code knows of the inputs of a connection, as data or by what it does.

import { argKeys, optionKeys, requiredKeys, secretKeys } from '../../dist/provider/sip-connection/Args.js'
import { changeRules } from '../../dist/provider/sip-connection/Diff.js'
import { addOnlyKeys } from '../../dist/provider/sip-connection/Fields.js'
import { deleteSite, getSite, patchSite, postSite } from '../../dist/provider/sip-connection/Requests.js'
import { getTask } from '../../dist/provider/Tasks.js'
import { settingSpecs } from '../../dist/provider/Settings.js'
import { sitesOf } from '../../dist/provider/Customers.js'
import { code } from './Markdown.mjs'
import { sentBy, shown } from './Requests.mjs'
import { allowNeeded, allInputs, modification, sentAs, sentWhenRemoved, wireNames } from './Wire.mjs'

/** @typedef {import('../../dist/provider/sip-connection/Args.js').ArgKey} ArgKey */
/** @typedef {import('../../dist/provider/Settings.js').Settings} Settings */
/** @typedef {import('./ResourcePage.mjs').Facts} Facts */

/** @param {string} name @returns {ArgKey} */
const keyOf = (name) => {
  const key = argKeys.find((each) => each === name)
  if (key === undefined) throw new Error(`${name} is declared, and the code knows no such input`)
  return key
}

/** @param {string[]} words @returns {string} */
const needsWord = (words) =>
  words.length === 0 ? '' : `needs ${code(`allow: [${words.map((word) => `'${word}'`).join(', ')}]`)}`

const kinds = {
  update: 'update',
  replace: '**replaces the connection**',
  option: 'nothing is sent; the state is rewritten'
}

/** @param {ArgKey} key @returns {string} */
const change = (key) => {
  const { change, removal } = allowNeeded(key)
  const notes = [
    needsWord(change),
    removal.length === 0 || change.length > 0 ? '' : `its removal ${needsWord(removal)}`,
    addOnlyKeys.some((each) => each === key) ? 'needs `modifyBody: scriptParameters`' : ''
  ]
  return [kinds[changeRules[key]], ...notes].filter((each) => each !== '').join('; ')
}

/** @param {unknown} value @returns {string} */
const value = (value) => code(JSON.stringify(value))

/** @param {ArgKey} key @returns {string} what happens when it is no longer declared */
const removed = (key) => {
  if (requiredKeys.includes(key) || optionKeys.includes(key)) return ''
  const withTable = sentWhenRemoved(key, 'fields', 'empty')
  const form = withTable === undefined ? 'scriptParameters' : 'fields'
  const [empty, other] = [sentWhenRemoved(key, form, 'empty'), sentWhenRemoved(key, form, 'null')]
  if (empty === undefined) return 'nothing is sent; it is not managed any more'
  const sent =
    JSON.stringify(empty) === JSON.stringify(other)
      ? value(empty)
      : `${value(empty)}, or ${value(other)} with \`clearWith: null\``
  return `sent as ${sent}${form === 'fields' ? '' : ` (with \`modifyBody: ${form}\`)`}`
}

const siteGuid = '{siteGuid}'

/** @returns {Promise<string[]>} the requests of its lifecycle */
const requests = async () => {
  const args = { ...allInputs, customerGuid: '{customerGuid}' }
  const { choices } = /** @type {{ choices: ReadonlyArray<Settings['siteIdPlacement']> }} */ (
    settingSpecs.siteIdPlacement.kind
  )
  const placed = choices.map(async (siteIdPlacement) => {
    const sent = await sentBy(patchSite(siteGuid, modification(args), []), undefined, { siteIdPlacement })
    return sent.map((each) => `${code(shown(each))} (\`siteIdPlacement: ${siteIdPlacement}\`)`)
  })
  /** @type {import('../../dist/provider/Env.js').Program<unknown>[]} */
  const others = [sitesOf(args.customerGuid), postSite(args), getSite(siteGuid), getTask('{taskId}')]
  const last = deleteSite(siteGuid, args)
  const plain = (await Promise.all([...others, last].map((program) => sentBy(program)))).map((all) =>
    all.map((each) => code(shown(each)))
  )
  return [...plain.slice(0, -1).flat(), ...(await Promise.all(placed)).flat(), ...plain.slice(-1).flat()]
}

/** @returns {Promise<Facts>} */
export const sipConnection = async () => ({
  keys: argKeys,
  required: requiredKeys,
  secret: secretKeys,
  notOutputs: optionKeys,
  change: (name) => change(keyOf(name)),
  removed: (name) => removed(keyOf(name)),
  sentAs: (name, words) => sentAs(keyOf(name), words),
  wireHeadings: ['Add', 'Modify', 'Modify with `modifyBody: scriptParameters`', 'read back'],
  wire: (await wireNames()).map(({ input, add, fields, scriptParameters, read }) => ({
    input,
    names: [[add], [fields], [scriptParameters], read]
  })),
  requests: await requests()
})
