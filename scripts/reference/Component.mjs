// What a component makes, and what waits for what: asked of the component itself, on an engine of mocks.

import * as pulumi from '@pulumi/pulumi'
import * as live from '../../dist/sdk/index.js'

/** @typedef {{ types: string[], name: string, waitsFor: string[] }} Child a resource, of one of these types, in the order of the registrations */
/** @typedef {{ getType(): string, getName(): string, getDependenciesList(): string[], getCustom(): boolean }} Registration */
/** @typedef {{ registerResource: (request: Registration, callback: unknown) => unknown }} Monitor */

const guid = 'aaaaaaaa-0000-4000-8000-000000000021'
const scripts = { sbcId: 3, sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }

const siteLocation = { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 }
const hostedEssentials = /** @type {const} */ ({
  shortName: 'contoso',
  ovocCustomerType: 'IPGROUP_TYPE',
  msTenantId: guid,
  siteLocation
})
const operatorConnect = /** @type {const} */ ({ shortName: 'contoso', msTenantId: guid, configuration: 'ipGroup' })

/** What else occurs in a declaration. */
const others = {
  connections: { berlin: { ...scripts, siteName: 'contoso-berlin' } },
  dialPlans: { 'berlin-numbers': { connection: 'berlin', rules: [{ prefix: '+4930555', tag: 'sbc1.example.net' }] } }
}

/** @param {string} type a token @returns {string} the name of the class */
const className = (type) => type.slice(type.lastIndexOf(':') + 1)

/** @returns {Promise<Child[]>} what `new Customer('contoso', …)` makes */
export const madeByCustomer = async () => {
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: (/** @type {{ inputs: Record<string, unknown> }} */ { inputs }) => ({ id: guid, state: inputs })
    },
    'reference',
    'reference',
    false
  )
  /** @type {Map<string, Child>} */
  const made = new Map()
  // The mocks themselves are not told the dependencies.
  const monitor = /** @type {Monitor} */ (/** @type {unknown} */ (pulumi.runtime.getMonitor()))
  const register = monitor.registerResource.bind(monitor)
  monitor.registerResource = (request, callback) => {
    const waitsFor = request.getDependenciesList().map((urn) => urn.slice(urn.lastIndexOf('::') + 2))
    if (request.getCustom()) {
      const [type, name] = [className(request.getType()), request.getName()]
      // The service has the name of the customer, and is of one type or the other.
      const key = name === 'contoso' ? name : `${type} ${name}`
      const types = made.get(key)?.types ?? []
      made.set(key, { types: [...new Set([...types, type])], name, waitsFor })
    }
    return register(request, callback)
  }
  await pulumi.runtime.runInPulumiStack(() => {
    for (const service of [{ hostedEssentials }, { operatorConnect }])
      new live.Customer('contoso', { service, ...others })
    return Promise.resolve()
  })
  await pulumi.runtime.disconnect()
  const children = [...made.values()]
  const order = children.map(({ name }) => name)
  /** @param {string[]} names @returns {string[]} in the order in which they are made */
  const inOrder = (names) => order.filter((name) => names.includes(name))
  return children.map(({ types, name, waitsFor }) => ({ types: types.sort(), name, waitsFor: inOrder(waitsFor) }))
}
