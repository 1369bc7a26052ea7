/** Long lists, for tests of pages and of size. */
import * as Ids from './Ids'
import { leads, numbers } from './SeedOperatorConnect'
import type { Gateway, Lead, OcNumber, ScriptTemplate } from './Types'

const counted = <A>(count: number, item: (n: number) => A): readonly A[] =>
  Array.from({ length: count }, (_, i) => item(i + 1))

/** `script-1`, `script-2`, ..., with ids from 20001. */
export const manyScripts = (count: number): readonly ScriptTemplate[] =>
  counted(count, (n) => ({
    id: 20_000 + n,
    name: `script-${n}`,
    scriptType: 1,
    description: null,
    relatedScripts: null,
    variables: []
  }))

/** Active leads of `Company 1`, `Company 2`, ..., each with a tenant of its own and without a license. */
export const manyLeads = (count: number): readonly Lead[] =>
  counted(count, (n) => ({
    ...leads[0],
    id: Ids.guid(0, 'lead', n),
    tenantId: Ids.guid(0, 'tenant', n),
    companyName: `Company ${n}`,
    umpCustomerGuid: null
  }))

/** Active numbers `+1555000001`, `+1555000002`, ... of one tenant. */
export const manyNumbers = (count: number, tenantId: string = numbers[0].tenantId): readonly OcNumber[] =>
  counted(count, (n) => ({
    ...numbers[0],
    id: n,
    tenantId,
    telephoneNumber: `+1555${String(n).padStart(6, '0')}`,
    isoCountryCode: 'US'
  }))

/** Gateways `g1.provider.example`, `g2.provider.example`, ... of one customer. */
export const manyGateways = (customerGuid: string, count: number): readonly Gateway[] =>
  counted(count, (n) => ({ customerGuid, fqdn: `g${n}.provider.example`, trunkModel: 'DerivedTrunk' }))
