import * as assert from 'node:assert'
import type { ArgKey, SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { HEADQUARTERS_GUID, type NewSite, type Site } from '../../../simulator'
import { type Program, type Slot, acme, canaries, slots } from './Program'

/** What the platform must hold. */

export const bystanderGuid = '55555555-5555-4555-8555-555555555555'

/** A connection that is none of ours, at the customer of ours. */
export const bystander: NewSite = {
  guid: bystanderGuid,
  customerGuid: acme,
  name: 'bystander',
  sbcId: 5,
  cacProfile: '50 sessions',
  carrierUserName: 'u-bystander',
  carrierUserPassword: canaries.bystander,
  carrierMainLine: 'bystander',
  carrierHostName: 'bystander.example.net',
  onboardingScript: 12001,
  cleanupScript: 12002,
  customerVariables: { Bystander: 'yes' },
  phones: '+4989777'
}

const foreign = [bystanderGuid, HEADQUARTERS_GUID]

/** The connections that are none of ours. */
export const foreignSites = (sites: ReadonlyArray<Site>): ReadonlyArray<Site> =>
  sites.filter(({ guid }) => foreign.includes(guid))

/** Ours: all others. */
export const ownSites = (sites: ReadonlyArray<Site>): ReadonlyArray<Site> =>
  sites.filter(({ guid }) => !foreign.includes(guid))

/** The connection of a slot, whatever it is called at the moment. */
export const siteOf = (sites: ReadonlyArray<Site>, slot: Slot): Site | undefined =>
  ownSites(sites).find(({ name }) => name.startsWith(`${slot}-`))

const configurationNumbers = { Unknown: 0, SipTrunk: 1, IpPbx: 2, Byoc: 3 }

type Held = Readonly<Record<string, unknown>>

/** What the platform keeps for each declared input. */
const kept: { readonly [K in ArgKey]?: (value: NonNullable<SipConnectionArgs[K]>) => Held } = {
  customerGuid: (customerGuid) => ({ customerGuid }),
  siteName: (name) => ({ name }),
  sbcId: (sbcId) => ({ sbcId }),
  sbcConfigurationType: (type) => ({ configurationType: configurationNumbers[type] }),
  configureSbc: (configureSbc) => ({ configureSbc }),
  enableCac: (enableCac) => ({ enableCac }),
  cacProfile: (cacProfile) => ({ cacProfile }),
  carrierRegistration: (carrierRegistration) => ({ carrierRegistration }),
  carrierUserName: (carrierUserName) => ({ carrierUserName }),
  carrierUserPassword: (carrierUserPassword) => ({ carrierUserPassword }),
  carrierPasswordDpi: (carrierPasswordDpi) => ({ carrierPasswordDpi }),
  carrierMainLine: (carrierMainLine) => ({ carrierMainLine }),
  carrierHostName: (carrierHostName) => ({ carrierHostName }),
  phones: (phones) => ({ phones: phones.join(',') }),
  dialPlanPrefixes: (dialPlanPrefixes) => ({ dialPlanPrefixes }),
  sbcScripts: ({ onboardingScript, cleanupScript }) => ({ onboardingScript, cleanupScript }),
  m365Scripts: ({ configureM365Routing, onboardingScript, cleanupScript }) => ({
    configureM365Routing,
    ...(onboardingScript === undefined ? {} : { m365OnboardingScript: onboardingScript }),
    ...(cleanupScript === undefined ? {} : { m365CleanupScript: cleanupScript })
  }),
  onlinePstnGateway: (onlinePstnGateway) => ({ onlinePstnGateway }),
  proxySet: (proxySet) => ({ proxySet })
}

const declaredValues = (args: SipConnectionArgs): Held =>
  (Object.entries(kept) as unknown as ReadonlyArray<readonly [ArgKey, (value: unknown) => Held]>).reduce<Held>(
    (all, [key, row]) => (args[key] === undefined ? all : { ...all, ...row(args[key]) }),
    {}
  )

/** What an input that is declared no more leaves behind; the others have no documented way to clear them. */
const cleared: { readonly [K in ArgKey]?: keyof Site } = {
  configureSbc: 'configureSbc',
  enableCac: 'enableCac',
  carrierRegistration: 'carrierRegistration',
  cacProfile: 'cacProfile',
  carrierUserName: 'carrierUserName',
  carrierUserPassword: 'carrierUserPassword',
  carrierPasswordDpi: 'carrierPasswordDpi',
  carrierMainLine: 'carrierMainLine',
  carrierHostName: 'carrierHostName',
  onlinePstnGateway: 'onlinePstnGateway',
  phones: 'phones',
  dialPlanPrefixes: 'dialPlanPrefixes'
}

const isBlank = (value: unknown): boolean =>
  value === null || value === '' || value === true || (Array.isArray(value) && value.length === 0)

/** Inputs that are not declared and still have a value, which nobody but us has given them. */
const notCleared = (args: SipConnectionArgs, site: Site, loose: ReadonlySet<string>): ReadonlyArray<string> =>
  Object.entries(cleared).flatMap(([key, field]) =>
    args[key as ArgKey] === undefined && !loose.has(key) && !isBlank(site[field]) ? [key] : []
  )

/** Variables beside the declared ones, without those that only others have given. */
const otherVariables = (args: SipConnectionArgs, site: Site, loose: ReadonlySet<string>): Held => {
  const declared = args.sbcScripts?.customerVariables ?? {}
  return Object.fromEntries(
    Object.entries(site.customerVariables).filter(
      ([name, value]) =>
        declared[name] === undefined && value !== '' && !(loose.has('sbcScripts') || loose.has(`variable ${name}`))
    )
  )
}

/** The connections that the program declares, by slot, as the platform must hold them. */
const wanted = (program: Program): Held =>
  Object.fromEntries(
    slots.flatMap((slot) => {
      const args = program[slot]
      if (args === undefined) return []
      const variables = args.sbcScripts?.customerVariables ?? {}
      return [[slot, { ...declaredValues(args), variables, deployed: true, notCleared: [], otherVariables: {} }]]
    })
  )

/** The same of what the platform holds; a connection that is not declared is shown by its name. */
const held = (program: Program, sites: ReadonlyArray<Site>, loose: ReadonlyMap<Slot, ReadonlySet<string>>): Held => {
  const taken = new Set<string>()
  const found = slots.flatMap((slot) => {
    const [args, site] = [program[slot], siteOf(sites, slot)]
    if (args === undefined || site === undefined) return []
    taken.add(site.guid)
    const free = loose.get(slot) ?? new Set<string>()
    const all = site as unknown as Held
    const fields = Object.fromEntries(Object.keys(declaredValues(args)).map((key) => [key, all[key]]))
    const variables = Object.fromEntries(
      Object.keys(args.sbcScripts?.customerVariables ?? {}).map((name) => [name, site.customerVariables[name]])
    )
    return [
      [
        slot,
        {
          ...fields,
          variables,
          // Where the SBC is not to be configured, no change mends a deployment that has failed.
          deployed: site.sbcState === 'Deployed' || !site.configureSbc,
          notCleared: notCleared(args, site, free),
          otherVariables: otherVariables(args, site, free)
        }
      ] as const
    ]
  })
  const left = ownSites(sites).filter(({ guid }) => !taken.has(guid))
  const over = left.map(({ guid, name }): readonly [string, unknown] => [`left over: ${name}`, guid])
  return Object.fromEntries<unknown>([...found, ...over])
}

/** Fails unless the platform holds exactly what is declared: one connection a declaration, and nothing left over of ours. */
export const assertHolds = (
  program: Program,
  sites: ReadonlyArray<Site>,
  loose: ReadonlyMap<Slot, ReadonlySet<string>>
): void => {
  assert.deepStrictEqual(held(program, sites, loose), wanted(program), 'the platform holds what is declared')
}

/** Fails when two connections of ours have one name at one customer. */
export const assertNoTwins = (sites: ReadonlyArray<Site>): void => {
  const names = ownSites(sites).map(({ customerGuid, name }) => `${customerGuid} ${name}`)
  assert.deepStrictEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
    'connections that exist twice'
  )
}
