import { checking } from '../services/Check'
import { hostedLicenses } from '../services/License'
import { type ArgKey, argCodecs, creationOnly, requiredKeys } from './Args'
import { changeRules } from './Diff'

/** Checks the inputs of a Hosted Essentials service. */
export const check = checking<ArgKey>({
  codecs: argCodecs,
  required: requiredKeys,
  changeRules,
  creationOnly,
  licenses: hostedLicenses,
  needsSiteLocation: true
})
