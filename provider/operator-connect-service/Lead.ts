import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Program } from '../Env'
import { type ProviderError, mismatch, refused } from '../Errors'
import { type Lead, leads } from '../lookups/Leads'
import { listedNow } from '../lookups/Lists'
import { orMissing } from '../lookups/Missing'

/** The lead that an Operator Connect service is made of. It is read anew each time, since it tells whether a service was made of it. */

/** Whether a service can be made of it. */
export const isActive = ({ status, isNotActive }: Lead): boolean =>
  status?.toLowerCase() === 'active' && isNotActive !== true

const hasService = ({ customerGuid }: Lead): boolean => customerGuid !== undefined

/** The lead that counts when a tenant has several: the active one, and of these one with a service; else the one with a service. */
const first = (all: ReadonlyArray<Lead>): Lead | undefined =>
  all.find((lead) => isActive(lead) && hasService(lead)) ?? all.find(isActive) ?? all.find(hasService) ?? all[0]

const ofAnother = (msTenantId: string): ProviderError =>
  mismatch(
    `The platform was asked for the lead of Microsoft tenant ${msTenantId}, and answered with that of another tenant`
  )

const noLead = (msTenantId: string): ProviderError =>
  refused(
    `Microsoft tenant ${msTenantId} has no lead of Operator Connect; nothing was sent`,
    'correct msTenantId, or have the customer consent to Operator Connect (or make a consentless lead) first'
  )

/** The lead of a tenant (Get Specific OC Lead for Customer); one of another tenant in the answer is an error. */
export const leadOf = (msTenantId: string): Program<Lead> =>
  pipe(
    listedNow(leads({ msTenantId })),
    orMissing(`lead of Microsoft tenant ${msTenantId}`),
    RTE.chain((all) => {
      if (all.some((lead) => lead.msTenantId?.toLowerCase() !== msTenantId)) return RTE.left(ofAnother(msTenantId))
      const lead = first(all)
      return lead === undefined ? RTE.left(noLead(msTenantId)) : RTE.right(lead)
    })
  )

/** The error of a lead of which no service can be made. */
export const notActive = ({ leadId, status }: Lead, msTenantId: string): ProviderError =>
  refused(
    `The lead ${leadId} of Microsoft tenant ${msTenantId} is not active (its status is ${status ?? 'not told'}), so no service can be made of it; nothing was sent`,
    'have the lead activated, or correct msTenantId'
  )
