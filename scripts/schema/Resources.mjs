// The registered resources, and what their classes and the types of their inputs say.

import { resources as registered } from '../../dist/provider/resources.js'
import { exported } from '../reference/Declarations.mjs'
import { declaredFields, described } from './Declared.mjs'

/** @typedef {import('../../dist/provider/schema/Resources.js').DeclaredResource} DeclaredResource */
/** @typedef {import('../../dist/provider/Resource.js').Resource} Resource */

/** @returns {DeclaredResource[]} */
export const resources = () => {
  const all = exported()
  /** @param {string} name */
  const named = (name) => {
    const found = all.find((each) => each.name === name)
    if (found === undefined)
      throw new Error(`${name}: is registered in provider/resources.ts, and the sdk has no such thing`)
    return found
  }
  return Object.values(/** @type {Readonly<Record<string, Resource>>} */ (registered)).map((resource) => {
    const { symbol, doc } = named(resource.type)
    return {
      resource,
      text: described(doc.text),
      inputs: declaredFields(named(`${resource.type}Args`).symbol),
      outputs: declaredFields(symbol)
    }
  })
}
