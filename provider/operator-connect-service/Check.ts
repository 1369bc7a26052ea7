import { checking } from '../services/Check'
import { operatorConnectLicenses } from '../services/License'
import { type ArgKey, argCodecs, creationOnly, requiredKeys } from './Args'
import { changeRules } from './Diff'

/** Checks the inputs of an Operator Connect service. */
export const check = checking<ArgKey>({
  codecs: argCodecs,
  required: requiredKeys,
  changeRules,
  creationOnly,
  licenses: operatorConnectLicenses,
  needsSiteLocation: false
})
