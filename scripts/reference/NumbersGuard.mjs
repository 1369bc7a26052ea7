// What only the guard knows of its inputs: which calls they are asked with, and what of the answer they are compared with.

import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { getService } from '../../dist/provider/lookups/Service.js'
import { getNumbersV2, getNumbersV3 } from '../../dist/provider/lookups/Numbers.js'
import { mayGo } from '../../dist/provider/numbers-guard/Numbers.js'
import { leaves, withOther } from './Probe.mjs'
import { answered, emptyList, requestLines, resultOf, sentBy } from './Requests.mjs'
import { alternatives } from './Wire.mjs'

/** @typedef {import('../../dist/provider/numbers-guard/Args.js').NumbersGuardArgs} Args */
/** @typedef {import('./Wire.mjs').Values} Values */

/** @param {Values} args @returns {Args} */
const asArgs = (args) => /** @type {Args} */ (/** @type {unknown} */ (args))

/** @param {Args} args @param {unknown} number a row of the list @returns {Promise<boolean>} */
const isInTheWay = async (args, number) =>
  (await resultOf(RTE.map(() => true)(mayGo(args)), answered([number]))) === undefined

/** @param {Args} args @returns {Promise<ReadonlyMap<string, string[]>>} by input: the fields of a number that it is compared with */
const comparedWith = async (args) => {
  const number = {
    telephoneNumber: '+493012345',
    acquiredNumberStatus: 'Active',
    umpCustomerGuid: args.customerGuid,
    ocSipConnectionName: args.connections[0]
  }
  if (!(await isInTheWay(args, number))) throw new Error('the sample of a number is in the way of nothing')
  /** @type {Map<string, string[]>} */
  const found = new Map()
  for (const { keys, path, value } of leaves(number)) {
    for (const other of alternatives(value)) {
      const changed = withOther(number, keys, other)
      if (await isInTheWay(args, changed)) continue
      for (const [key, mine] of Object.entries(args)) {
        const follows = { ...args, [key]: Array.isArray(mine) ? [other] : other }
        if (await isInTheWay(follows, changed)) found.set(key, [...new Set([...(found.get(key) ?? []), path])])
      }
    }
  }
  return found
}

/** @type {Readonly<Record<string, string>>} */
const removed = {
  msTenantId: 'the tenant that the details of the service name counts',
  connections: 'a name that is taken out: the numbers are read first, and the update fails when one refers to it',
  allow: 'the numbers keep the connections again'
}

/** @param {import('./Wire.mjs').Samples} samples @returns {Promise<import('./Resource.mjs').Own>} */
export const numbersGuard = async (samples) => {
  const { customerGuid, msTenantId, connections } = asArgs(samples.all)
  return {
    ways: [
      {
        heading: 'details of the service',
        page: 'Get Details for Specific Service',
        write: (args) => sentBy(getService(asArgs(args)), emptyList)
      },
      {
        heading: 'list of numbers',
        page: 'Get Operator Connect Customer Numbers',
        write: (args) => sentBy(mayGo(asArgs(args)), emptyList)
      }
    ],
    read: await comparedWith({ customerGuid, ...(msTenantId === undefined ? {} : { msTenantId }), connections }),
    readHeading: 'compared with',
    removed: (name) => removed[name] ?? '',
    requests: await requestLines([
      {
        program: getService({ customerGuid: '{customerGuid}' }),
        when: 'the Microsoft tenant, where it is not declared',
        answer: emptyList
      },
      { program: getNumbersV3({ msTenantId: '{msTenantId}' }), when: 'the numbers, with their connections' },
      { program: getNumbersV2('{msTenantId}'), when: 'the numbers, where the platform does not have the call above' }
    ])
  }
}
