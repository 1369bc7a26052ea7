import * as fc from 'fast-check'
import type { FleetEntry } from '../../../provider/fleet/Args'
import type { Entry } from '../../../provider/fleet/Entries'
import type { Standing, Task } from '../../../provider/fleet/Plan'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { customerGuid, leastArgs, otherCustomerGuid } from '../support'

/** Fleets for tests of the pure parts. */

/** The nth site id, from 1. */
export const nthSite = (n: number): string => `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`

export const connection = (siteName: string, more: Partial<SipConnectionArgs> = {}): SipConnectionArgs => ({
  ...leastArgs,
  siteName,
  ...more
})

export const entry = (name: string, args: FleetEntry = connection(name)): Entry => ({ name, args })

/** A connection that the last run left well. */
export const standing = (name: string, siteGuid: string, more: Partial<Standing> = {}): Standing => ({
  name,
  args: connection(name),
  siteGuid,
  isMade: true,
  outcome: 'ok',
  failedBefore: false,
  ...more
})

/** `update a`. */
export const inShort = ({ kind, name }: Task): string => `${kind} ${name}`

/** Few names, sites, customers and values, so that they meet again. */
const names = ['a', 'b', 'c', 'd', 'branch-10', 'e f']
const siteNames = ['A', 'B', 'C', 'D', 'E']

const args = (): fc.Arbitrary<SipConnectionArgs> =>
  fc
    .record({
      siteName: fc.constantFrom(...siteNames),
      customerGuid: fc.constantFrom(customerGuid, otherCustomerGuid),
      sbcId: fc.constantFrom(3, 5),
      cacProfile: fc.constantFrom(undefined, '5 sessions', '10 sessions')
    })
    .map(({ cacProfile, ...rest }) => ({ ...leastArgs, ...rest, ...(cacProfile === undefined ? {} : { cacProfile }) }))

const siteOf = ({ siteName, customerGuid: customer }: Partial<SipConnectionArgs>): string => `${customer} ${siteName}`

/** Entries of a fleet: no two of one name, and no two of one connection. */
export const entries = (): fc.Arbitrary<ReadonlyArray<Entry>> =>
  fc
    .uniqueArray(fc.record({ name: fc.constantFrom(...names), args: args() }), { selector: ({ name }) => name })
    .map((all) => all.filter((each, index) => all.findIndex((one) => siteOf(one.args) === siteOf(each.args)) === index))

/** What a run left of the entries of a fleet, with some that are no longer declared. */
export const standings = (): fc.Arbitrary<ReadonlyArray<Standing>> =>
  fc
    .tuple(entries(), fc.array(fc.constantFrom('ok', 'failed', 'unmade', 'unknown'), { minLength: 6, maxLength: 6 }))
    .map(([all, fates]) =>
      all.map(({ name, args: inputs }, index) => {
        const fate = fates[index] ?? 'ok'
        return standing(name, nthSite(index + 1), {
          args: inputs,
          ...(fate === 'unmade' ? { siteGuid: undefined, isMade: false, outcome: 'failed' } : {}),
          ...(fate === 'failed' || fate === 'unknown' ? { outcome: fate, wrote: 'update' } : {}),
          failedBefore: fate !== 'ok'
        })
      })
    )
