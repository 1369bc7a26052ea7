import { type Definition, type Resource, resource } from '../Resource'
import { type SipConnectionArgs, secretPlaces } from './Args'
import { check } from './Check'
import { diff } from './Diff'
import * as SipConnection from './SipConnection'
import { type SipConnectionState, stateFrom } from './State'

const definition: Definition<SipConnectionArgs, SipConnectionState> = {
  type: 'SipConnection',
  secrets: secretPlaces,
  canonicalId: (given) => given.toLowerCase(),
  subject: (kind, { customerGuid, siteName, sbcId }, siteGuid) => ({
    kind,
    ...(customerGuid === undefined ? {} : { customerGuid: customerGuid.toLowerCase() }),
    ...(siteName === undefined ? {} : { name: siteName }),
    ...(sbcId === undefined ? {} : { sbcId }),
    ...(siteGuid === undefined ? {} : { siteGuid })
  }),
  check,
  stateFrom,
  diff,
  create: SipConnection.create,
  read: SipConnection.read,
  update: SipConnection.update,
  remove: SipConnection.remove
}

/** The resource `SipConnection`. */
export const sipConnection: Resource = resource(definition)
