// The npm packages that the plugin needs, by package-lock.json.

import * as fs from 'node:fs'
import * as path from 'node:path'
import { root } from '../reference/Repository.mjs'

/**
 * An entry of package-lock.json.
 *
 * @typedef {{
 *   version: string, integrity: string, license?: string,
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>
 * }} Locked
 */
/**
 * A package in the archive: where it lies (`node_modules/a`), its name, what the lock file says of it, and where those lie
 * that it needs.
 *
 * @typedef {{ place: string, name: string, locked: Locked, needs: readonly string[] }} Package
 */

/** Of this package the plugin needs the messages of the protocol, which load nothing but google-protobuf and @grpc/grpc-js. */
export const protocol = '@pulumi/pulumi'

/** @type {unknown} */
const locked = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
const lock = /** @type {{ packages: Record<string, Locked> }} */ (locked)

/** @param {string} place @returns {string} `node_modules/a/node_modules/@b/c` -> `@b/c` */
const nameAt = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * Where Node.js finds a package.
 *
 * @param {string} from a place, '' for the plugin itself @param {string} name @returns {string | undefined}
 */
const resolve = (from, name) => {
  const place = path.posix.join(from, 'node_modules', name)
  if (lock.packages[place] !== undefined) return place
  if (from === '') return undefined
  const above = from.lastIndexOf('/node_modules/')
  return resolve(above < 0 ? '' : from.slice(0, above), name)
}

/** @param {string} from @param {string} name @returns {string} */
const found = (from, name) => {
  const place = resolve(from, name)
  if (place === undefined) throw new Error(`package-lock.json has no ${name}, which ${from || 'the plugin'} needs`)
  return place
}

/** @param {string} place @returns {Package} */
const packageAt = (place) => {
  const locked = /** @type {Locked} */ (lock.packages[place])
  const all = Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })
  const wanted = nameAt(place) === protocol ? ['@grpc/grpc-js', 'google-protobuf'] : all
  // Packages with nothing but types are for the compiler.
  const needs = wanted.filter((name) => !name.startsWith('@types/')).map((name) => found(place, name))
  return { place, name: nameAt(place), locked, needs: needs.sort() }
}

/** @param {readonly string[]} names what the plugin itself loads @returns {readonly Package[]} all that it needs, by place */
export const packagesFor = (names) => {
  /** @type {Map<string, Package>} */
  const known = new Map()
  const waiting = names.map((name) => found('', name))
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (known.has(place)) continue
    const one = packageAt(place)
    known.set(place, one)
    for (const need of one.needs) waiting.push(need)
  }
  return [...known.values()].sort((a, b) => (a.place < b.place ? -1 : 1))
}
