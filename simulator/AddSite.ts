import { bodyMembers, duplicate, unknownReferences, validGuid } from './Checks'
import * as Ids from './Ids'
import * as Problems from './Problems'
import type { FieldErrors } from './Problems'
import { decoded } from './SiteBody'
import type { Change } from './SiteFields'
import { blankSite, nextNumber, withNewSite } from './State'
import * as Table from './Table'
import type { Answer, Call, Result, Site } from './Types'

const information = (message: string) => ({ level: 'Information', message })

/** What a write reports; while its task runs, the SBC is not programmed yet. */
export const programming = (first: readonly string[], configureSbc: boolean, running: boolean) =>
  [
    ...first,
    ...(configureSbc ? ['Starting SBC Programming.'] : []),
    ...(configureSbc && !running ? ['Sbc is programmed'] : []),
    'Site location information saved.'
  ].map(information)

/** The members that Add cannot do without. */
export const missingOfSite = (change: Change): FieldErrors =>
  Object.fromEntries(
    [
      ['siteLocationName', change.name] as const,
      ['sbcId', change.sbcId] as const,
      ['sbcOnboardingScript', change.onboardingScript] as const,
      ['sbcCleanupScript', change.cleanupScript] as const
    ].flatMap(([name, value]) => (value === undefined || value === null ? [[name, ['The field is required.']]] : []))
  )

const isEmpty = (errors: FieldErrors): boolean => Object.keys(errors).length === 0

/** `POST /api/v2/customer/{customerGuid}/sitelocation/` */
export const addSite = (call: Call): Result => {
  const { state, now } = call
  const refuse = (answer: Answer): Result => [state, answer]

  const customerGuid = validGuid('customerGuid', call.params[0] ?? '', call)
  if (typeof customerGuid !== 'string') return refuse(customerGuid)
  const body = bodyMembers(call)
  if ('refusal' in body) return refuse(body.refusal)
  const { change, errors } = decoded(body.members, ['add'], state.switches.unknownFields === 'refused')
  const { name, sbcId } = change
  const missing = { ...missingOfSite(change), ...errors }
  if (name === undefined || sbcId === undefined || !isEmpty(missing)) {
    return refuse(Problems.validation(missing, call))
  }
  if (Table.get(state.customers, customerGuid) === undefined) return refuse(Problems.notFound('Customer', customerGuid))
  const unknown = unknownReferences(state, change)
  if (!isEmpty(unknown)) return refuse(Problems.validation(unknown, call))
  const twice = duplicate(call, customerGuid, name)
  if (twice !== undefined) return refuse(twice)

  const { addTaskMs, addAnswer } = state.switches
  const [counted, order] = nextNumber(state)
  const guid = Ids.guid(state.seed, 'site', order)
  const site: Site = {
    ...blankSite,
    ...change,
    name,
    sbcId,
    guid,
    customerGuid,
    order
  }
  const executionMessages = programming(
    ['Checking SBC IP Group Programming.', 'SBC not programmed yet.'],
    site.configureSbc,
    addTaskMs > 0
  )
  return [
    withNewSite(counted, site, now),
    Problems.json(
      200,
      addAnswer === 'bare'
        ? 1
        : addAnswer === 'withoutSiteGuid'
          ? { customerGuid, executionMessages }
          : { customerGuid, siteGuid: guid, executionMessages }
    )
  ]
}
