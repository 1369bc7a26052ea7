// All pages, by their path within the folder of the reference.

import * as path from 'node:path'
import * as prettier from 'prettier'
import { commandPage } from './CommandPage.mjs'
import { commands } from './Commands.mjs'
import { configurationPage } from './ConfigurationPage.mjs'
import { exported } from './Declarations.mjs'
import { pagesIn, sourceIn } from './Docstring.mjs'
import { functionPage } from './FunctionPage.mjs'
import { indexPage } from './IndexPage.mjs'
import { anchor, code } from './Markdown.mjs'
import { root } from './Repository.mjs'
import { componentPage, isComponent } from './ComponentPage.mjs'
import { dialPlan } from './DialPlan.mjs'
import { numbersGuard } from './NumbersGuard.mjs'
import { factsOf } from './Resource.mjs'
import { isResource, resourcePage, steeringInputs } from './ResourcePage.mjs'
import { hostedEssentialsService, operatorConnectService } from './Services.mjs'
import { sipConnection } from './SipConnection.mjs'
import { fleetPage } from './SipConnectionFleet.mjs'

/** @typedef {import('./Declarations.mjs').Exported} Exported */
/** @typedef {import('typescript').Symbol} Symbol */
/** @typedef {Map<string, string>} Pages texts by path */

/** @typedef {import('./Resource.mjs').Kind} Kind */

/**
 * What only the resources themselves know. One without a line here is an error of the compiler. A fleet has a page of its own kind.
 *
 * @type {Readonly<Record<Exclude<Kind, 'sipConnectionFleet'>, (samples: import('./Wire.mjs').Samples) => Promise<import('./Resource.mjs').Own>>>}
 */
const own = { sipConnection, dialPlan, numbersGuard, hostedEssentialsService, operatorConnectService }

const all = exported()

/** @param {string} name @returns {Exported} */
const named = (name) => {
  const found = all.find((each) => each.name === name)
  if (found === undefined) throw new Error(`the package exports no ${name}`)
  return found
}

/** `getServices` and `getServicesOutput` share a page. @param {Exported} exported */
const isForOutputs = ({ name }) =>
  name.endsWith('Output') && all.some((each) => each.name === name.slice(0, -'Output'.length))

const functions = all.filter((each) => each.kind === 'function' && !isForOutputs(each))
const resources = all.filter(isResource)
const components = all.filter(isComponent)

/** @param {string} name */
const functionPath = (name) => `functions/${name}.md`
/** @param {string} name */
const resourcePath = (name) => `resources/${name}.md`
/** @param {string} name */
const commandPath = (name) => `commands/${name}.md`
const configurationPath = 'configuration.md'
const indexPath = 'README.md'

/** @type {import('./ResourcePage.mjs').Suppliers} */
const suppliers = (pages, input) =>
  functions
    .filter(({ name, doc }) => {
      const [first] = pagesIn(sourceIn(doc.text))
      const isList = name.startsWith('get') && first !== undefined && pages.includes(first)
      return isList || name === input
    })
    .map(({ name }) => `[${code(name)}](../${functionPath(name)})`)

/** @typedef {{ path: string, text: string, types: Symbol[], exported: string[] }} Made */

/** @param {Exported} resource @returns {Promise<Made>} */
const madeResource = async (resource) => {
  const { name } = resource
  if (name === 'SipConnectionFleet')
    return { path: resourcePath(name), exported: [name], ...(await fleetPage(resource, named(`${name}Args`))) }
  const kind = /** @type {(keyof typeof own)[]} */ (Object.keys(own)).find(
    (key) => key.toLowerCase() === name.toLowerCase()
  )
  if (kind === undefined) throw new Error(`${name} is a resource without facts: see scripts/reference/Pages.mjs`)
  const args = named(`${name}Args`)
  const facts = await factsOf(kind, steeringInputs(resource, args), own[kind])
  return { path: resourcePath(name), exported: [name], ...(await resourcePage(resource, args, facts, suppliers)) }
}

/** @param {Exported} component @returns {Promise<Made>} */
const madeComponent = async (component) => {
  const { name } = component
  const page = await componentPage(
    component,
    named(`${name}Args`),
    resources.map(({ name }) => name)
  )
  return { path: resourcePath(name), exported: [name], ...page }
}

/** @param {Exported} exported @returns {Promise<Made>} */
const madeFunction = async (exported) => {
  const { name } = exported
  const forOutputs = all.find((each) => each.name === `${name}Output` && isForOutputs(each))
  const page = await functionPage(exported, forOutputs)
  return { path: functionPath(name), exported: [name, ...(forOutputs === undefined ? [] : [forOutputs.name])], ...page }
}

/** @returns {Made} */
const madeConfiguration = () => {
  const [provider, args] = [named('Provider'), named('ProviderArgs')]
  return {
    path: configurationPath,
    text: configurationPage(provider, args),
    types: [args.symbol],
    exported: [provider.name]
  }
}

/** @param {Made} page @param {string} name @returns {boolean} whether it has a section about something */
const hasSection = ({ text }, name) => new RegExp(`^#+ ${name}$`, 'im').test(text)

/** @param {Made[]} made @returns {Map<string, string>} where everything stands that the package exports */
const placeByExport = (made) => {
  const found = all.map(({ name, symbol }) => {
    const about = made.filter((each) => each.exported.includes(name) || each.types.includes(symbol))
    const page = about.find((each) => hasSection(each, name)) ?? about[0]
    if (page === undefined) throw new Error(`${name} is exported, and stands on no page`)
    const isWhole = page.exported.includes(name) || !hasSection(page, name)
    return /** @type {const} */ ([name, isWhole ? page.path : `${page.path}#${anchor(name)}`])
  })
  return new Map(found)
}

const notice = '<!-- Generated from the code; what is wrong here is put right there. -->'

/** @returns {Promise<Pages>} */
export const pages = async () => {
  const made = [
    ...(await Promise.all(resources.map(madeResource))),
    ...(await Promise.all(components.map(madeComponent))),
    ...(await Promise.all(functions.map(madeFunction))),
    madeConfiguration()
  ]
  const tools = await commands()
  const index = indexPage({
    all,
    resources: [...components, ...resources],
    functions,
    commands: tools,
    places: placeByExport(made)
  })
  const texts = [
    { path: indexPath, text: index },
    ...made,
    ...tools.map((command) => ({ path: commandPath(command.name()), text: commandPage(command) }))
  ]
  const style = (await prettier.resolveConfig(path.join(root, 'README.md'))) ?? {}
  const formatted = texts.map(
    async ({ path, text }) =>
      /** @type {const} */ ([path, await prettier.format(`${notice}\n\n${text}`, { ...style, parser: 'markdown' })])
  )
  return new Map(await Promise.all(formatted))
}
