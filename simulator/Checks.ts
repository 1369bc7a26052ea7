/** Checks that several calls share: each gives what was wanted, or the answer that refuses. */
import { membersOf, parsed } from './Body'
import type { Members } from './Body'
import * as Ids from './Ids'
import * as Problems from './Problems'
import type { FieldErrors } from './Problems'
import type { Change } from './SiteFields'
import { siteGuidsNamed } from './State'
import type { Answer, Call, State } from './Types'

/** The members of a body, or the answer that refuses a body without any. */
export const bodyMembers = (call: Call): { readonly members: Members } | { readonly refusal: Answer } => {
  if (!/json/i.test(call.contentType)) {
    const detail = 'The body must be application/json.'
    return { refusal: Problems.problem(415, 'Unsupported Media Type', detail, 'UnsupportedMedia', call) }
  }
  const value = parsed(call.body)
  const members = membersOf(value)
  if (members !== undefined) return { members }
  const why = value === undefined ? 'The body is not valid JSON.' : 'The body must be an object.'
  return { refusal: Problems.validation({ $: [why] }, call) }
}

export const validGuid = (name: string, given: unknown, call: Call): string | Answer =>
  Ids.asGuid(given) ?? Problems.validation({ [name]: ['The value is not a valid guid.'] }, call)

/** SBC and scripts that a body names and nobody knows. */
export const unknownReferences = (state: State, change: Change): FieldErrors => {
  const script = (name: string, id: number | null | undefined) =>
    id === undefined || id === null || state.scripts.some((each) => each.id === id)
      ? []
      : [[name, [`There is no script template ${id}.`]] as const]
  const sbc = change.sbcId
  return Object.fromEntries<readonly string[]>([
    ...(sbc === undefined || state.sbcs.some(({ id }) => id === sbc)
      ? []
      : [['sbcId', [`There is no SBC ${sbc}.`]] as const]),
    ...script('sbcOnboardingScript', change.onboardingScript),
    ...script('sbcCleanupScript', change.cleanupScript),
    ...script('OnboardingScript', change.m365OnboardingScript),
    ...script('CleanupScript', change.m365CleanupScript)
  ])
}

/** 409 when another connection of the customer has this name already. */
export const duplicate = (call: Call, customerGuid: string, name: string): Answer | undefined =>
  call.state.switches.duplicateNames === 'refused' && siteGuidsNamed(call.state, customerGuid, name).length > 0
    ? Problems.problem(
        409,
        'Conflict',
        'The customer has a site location of this name already.',
        'DuplicateSiteName',
        call
      )
    : undefined
