// The page of the provider's configuration, from its table.

import { configNamespace, settingKeys, settingSpecs } from '../../dist/provider/Settings.js'
import { constructorOf } from './Declarations.mjs'
import { defaultIn, flat, withoutDefault } from './Docstring.mjs'
import { examplesFor } from './Examples.mjs'
import { block, code, page, prose, section, table } from './Markdown.mjs'
import { general } from './Permissions.mjs'
import { parameterList } from './Types.mjs'

/** @typedef {import('./Declarations.mjs').Exported} Exported */
/** @typedef {import('../../dist/provider/Settings.js').SettingSpec} SettingSpec */

/** @param {SettingSpec['kind']} kind @returns {string} what is right for a setting */
const type = (kind) => {
  switch (kind._tag) {
    case 'Text':
    case 'Token':
      return 'text'
    case 'Url':
      return 'URL'
    case 'Urls':
      return 'URLs'
    case 'Flag':
      return '`true`, `false`'
    case 'Choice':
      return kind.choices.map(code).join(', ')
    case 'Number':
      return `${kind.whole ? 'whole number' : 'number'}, ${kind.min} to ${kind.max}`
  }
}

/** @param {SettingSpec['kind']} kind */
const unit = (kind) => (kind._tag === 'Number' ? kind.unit : '')

/** @param {Exported} provider the class of an explicit instance @param {Exported} args what it takes @returns {string} */
export const configurationPage = ({ symbol, doc }, args) => {
  const { parameters, doc: made } = constructorOf(symbol)
  const credentials = settingKeys.filter((key) => settingSpecs[key].credential)
  return page(
    '# Configuration',
    `Stack config ${code(`${configNamespace}:<key>`)}, else the environment variable, else the default. For ` +
      `${credentials.map(code).join(', ')} it is the other way round, the environment wins.`,
    section(
      2,
      'Settings',
      table(
        ['key', 'environment variable', 'values', 'unit', 'default', 'secret', 'meaning'],
        settingKeys.map((key) => {
          const { kind, env, secret, fallback, doc } = settingSpecs[key]
          return [
            code(key),
            code(env),
            type(kind),
            unit(kind),
            fallback === undefined ? prose(defaultIn(doc)) : code(fallback),
            secret ? 'yes' : '',
            prose(withoutDefault(doc))
          ]
        })
      )
    ),
    section(2, 'Permissions', general),
    section(
      2,
      'Provider',
      prose(doc.text),
      block('ts', `new ${symbol.name}(${parameterList(parameters)})`),
      prose(args.doc.text),
      table(
        ['parameter', 'meaning'],
        made.params.map((each) => [code(each.name), prose(flat(each.text))])
      ),
      examplesFor(symbol)
    )
  )
}
