import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { failing } from '../Operations'
import { type Kind, serviceThing } from '../services/Kind'
import { operatorConnectLicenses } from '../services/License'
import { type OperatorConnectServiceArgs, argKeys, optionKeys } from './Args'
import { createBody } from './Body'
import { changeRules } from './Diff'
import { isActive, leadOf, notActive } from './Lead'

const guidsOf = (customerGuid: string | undefined): ReadonlyArray<string> =>
  customerGuid === undefined ? [] : [customerGuid]

/** How an Operator Connect service is found and made: the lead of the tenant names it. */
export const operatorConnect: Kind<OperatorConnectServiceArgs> = {
  type: 'OperatorConnectService',
  thing: serviceThing('Operator Connect service'),
  argKeys,
  optionKeys,
  changeRules,
  licenses: operatorConnectLicenses,
  origin: ['leadId', 'jobId'],
  turn: ({ msTenantId }) => `lead ${msTenantId}`,
  isTaken: ({ msTenantId }) => `The lead of Microsoft tenant ${msTenantId} has a service already`,
  present: ({ msTenantId }) =>
    pipe(
      leadOf(msTenantId),
      RTE.chain((lead) =>
        lead.customerGuid === undefined && !isActive(lead)
          ? failing(notActive(lead, msTenantId))
          : RTE.right({ customerGuids: guidsOf(lead.customerGuid), origin: { leadId: lead.leadId } })
      )
    ),
  mayMake: () => RTE.right(undefined),
  creation: (args, { siteLocationShape }) => ({ path: '/api/v3/customer', body: createBody(args, siteLocationShape) }),
  look: ({ msTenantId }) =>
    pipe(
      leadOf(msTenantId),
      RTE.map(({ customerGuid }) => guidsOf(customerGuid))
    ),
  hasConnection: ({ configuration, siteLocation }) => configuration === 'ipGroup' || siteLocation !== undefined,
  connectionName: ({ siteLocation }) => siteLocation?.siteLocationName
}
