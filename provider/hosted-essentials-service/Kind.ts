import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import { isGuid } from '../Codecs'
import { refused } from '../Errors'
import { failing } from '../Operations'
import { isListedAlready, servicesNamed, servicesNamedNow } from '../services/Catalogue'
import { type Kind, serviceThing } from '../services/Kind'
import { hostedLicenses } from '../services/License'
import { type HostedEssentialsServiceArgs, argKeys, optionKeys } from './Args'
import { createBody } from './Body'
import { changeRules } from './Diff'

/** How a Hosted Essentials service (Direct Routing) is found and made. */
export const hostedEssentials: Kind<HostedEssentialsServiceArgs> = {
  type: 'HostedEssentialsService',
  thing: serviceThing('Hosted Essentials service'),
  argKeys,
  optionKeys,
  changeRules,
  licenses: hostedLicenses,
  origin: [],
  turn: ({ msTenantId, shortName }) => `service ${msTenantId} ${shortName}`,
  isTaken: ({ shortName, msTenantId }) => `A service "${shortName}" exists already at Microsoft tenant ${msTenantId}`,
  present: (args) =>
    pipe(
      isGuid(args.adopt) ? isListedAlready(args.adopt) : servicesNamed(args),
      RTE.map((customerGuids) => ({ customerGuids, origin: {} }))
    ),
  mayMake: ({ shortName, siteLocation }) =>
    siteLocation === undefined
      ? failing(
          refused(
            `There is no service "${shortName}" to take over, and a new one needs siteLocation; nothing was sent`,
            'declare siteLocation: { sbcId, onboardingScript, cleanupScript }, or correct shortName and msTenantId'
          )
        )
      : RTE.right(undefined),
  creation: (args, { siteLocationShape }) => ({ path: '/api/v2/customer', body: createBody(args, siteLocationShape) }),
  look: servicesNamedNow,
  hasConnection: () => true,
  connectionName: () => undefined
}
