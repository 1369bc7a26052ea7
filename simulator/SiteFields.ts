/** What a body of Add or Modify may hold: one row a field and place, with the documented spellings and the rule for the value. */
import { membersOf } from './Body'
import { error, flag, integer, ok, scriptId, text, variables } from './Rules'
import type { Rule } from './Rules'
import type { DialPlanPrefix, Site } from './Types'

const name: Rule<string> = (value) =>
  typeof value === 'string' && value.trim() !== '' ? ok(value) : error('The value must be a string that is not blank.')

const customerType: Rule<string> = (value) =>
  value === 'IPGROUP_TYPE' ? ok(value) : error('The value must be IPGROUP_TYPE.')

const configurationType: Rule<number> = (value) =>
  typeof value === 'number' && [0, 1, 2, 3].includes(value) ? ok(value) : error('The value must be 0, 1, 2 or 3.')

const isPrefix = (value: unknown): value is DialPlanPrefix => {
  const members = membersOf(value)
  return (
    members !== undefined &&
    typeof members.get('dialplanname')?.value === 'string' &&
    Number.isInteger(members.get('index')?.value) &&
    [undefined, true, false].includes(members.get('active')?.value as boolean | undefined)
  )
}

const prefixes: Rule<readonly DialPlanPrefix[]> = (value) =>
  Array.isArray(value) && value.every(isPrefix)
    ? ok(
        value.map((prefix) => {
          const members = membersOf(prefix)
          return {
            dialPlanName: String(members?.get('dialplanname')?.value),
            index: Number(members?.get('index')?.value),
            active: members?.get('active')?.value !== false
          }
        })
      )
    : error('The value must be a list of dialPlanName (string), index (integer) and active (boolean).')

const anyText = text(Infinity)

/** What a write says: undefined is left out, null was sent. */
export type Change = Partial<Omit<Site, 'guid' | 'customerGuid' | 'sbcState' | 'm365State' | 'pending' | 'order'>>

/** Where in the body a member stands. */
export type Place = 'top' | 'sbcScripts' | 'm365Scripts' | 'scriptParameters'

/** Add, the documented table of Modify, and the documented sample of Modify. */
export type Shape = 'add' | 'fields' | 'scriptParameters'

export interface Row {
  readonly field: keyof Change
  readonly place: Place
  /** The first one names the member in errors. */
  readonly spellings: readonly string[]
  readonly rule: Rule<unknown>
  readonly shapes: readonly Shape[]
}

const row = <K extends keyof Change>(
  field: K,
  place: Place,
  spellings: readonly string[],
  rule: Rule<NonNullable<Change[K]> | Change[K]>,
  shapes: readonly Shape[]
): Row => ({ field, place, spellings, rule, shapes })

const sample: readonly Shape[] = ['add', 'scriptParameters']
const modify: readonly Shape[] = ['fields', 'scriptParameters']
const table: readonly Shape[] = ['fields']
const all: readonly Shape[] = ['add', ...modify]

const mainLine = ['CarrierMainLine', 'CarrierMailLine', 'CarierMailLine']
const cac = ['CacProfile', 'Cac Profile']
const password = text(50, true)

export const rows: readonly Row[] = [
  row('name', 'top', ['siteLocationName'], name, sample),
  row('name', 'top', ['sbcSiteName'], name, table),
  row('ovocCustomerType', 'top', ['ovocCustomerType'], customerType, sample),
  row('sbcId', 'top', ['sbcId'], integer, all),
  row('configurationType', 'top', ['sbcConfigurationType'], configurationType, all),
  row('enableCac', 'top', ['enableCAC'], flag, modify),
  row('configureSbc', 'top', ['flagConfigureSbc'], flag, modify),
  row('carrierRegistration', 'top', ['flagCarrierRegistration'], flag, modify),
  row('carrierPasswordDpi', 'top', ['carrierPasswordDPI'], anyText, modify),
  row('phones', 'top', ['phones'], anyText, modify),
  row('dialPlanPrefixes', 'top', ['dialPlanPrefixes'], prefixes, modify),

  row('onboardingScript', 'top', ['sbcOnboardingScript'], scriptId, sample),
  row('cleanupScript', 'top', ['sbcCleanupScript'], scriptId, sample),
  row('onboardingScript', 'sbcScripts', ['sbcOnboardingScript'], scriptId, table),
  row('cleanupScript', 'sbcScripts', ['sbcCleanupScript'], scriptId, table),
  row('customerVariables', 'sbcScripts', ['customerVariables'], variables, table),
  row('configureM365Routing', 'm365Scripts', ['flagConfigureM365Routing'], flag, modify),
  row('m365OnboardingScript', 'm365Scripts', ['OnboardingScript'], scriptId, modify),
  row('m365CleanupScript', 'm365Scripts', ['CleanupScript'], scriptId, modify),

  row('proxySet', 'scriptParameters', ['ProxySet'], anyText, sample),
  ...(['top', 'scriptParameters'] as const).flatMap((place) => {
    const shapes = place === 'top' ? table : sample
    return [
      row('cacProfile', place, cac, anyText, shapes),
      row('carrierUserName', place, ['CarrierUserName'], text(60), shapes),
      row('carrierUserPassword', place, ['CarrierUserPassword'], password, shapes),
      row('carrierMainLine', place, mainLine, anyText, shapes),
      row('carrierHostName', place, ['CarrierHostName'], anyText, shapes),
      row('onlinePstnGateway', place, ['OnlinePstnGateway'], anyText, shapes)
    ]
  })
]

/** Which shapes have an object of this name at the top. */
export const containers: { readonly [K in Exclude<Place, 'top'>]: readonly Shape[] } = {
  sbcScripts: table,
  m365Scripts: modify,
  scriptParameters: sample
}

/** Keys of a variables bag that are no variables: Get shows these two fields there, so a body may bring them back. */
export const bagFields: ReadonlyMap<string, Row> = new Map(
  rows
    .filter(({ place, field }) => place === 'top' && (field === 'carrierUserPassword' || field === 'carrierMainLine'))
    .flatMap((each) => each.spellings.map((spelling) => [spelling.toLowerCase(), each] as const))
)
