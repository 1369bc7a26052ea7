import { few } from '../Words'
import { sbcText } from '../lookups/Names'
import type { SbcDevice } from '../lookups/SbcDevices'
import { type Declaration, configuresSbc, ifKnown } from './Declaration'

/** Whether the SBC is there, and has the CAC profile. Pure. */

/** The SBCs that the platform tells. */
export interface Inventory {
  readonly sbcs: ReadonlyArray<SbcDevice>
  /** Whether they are all: Get SBC Devices was asked. What other calls name need not be all. */
  readonly isWhole: boolean
}

const listed = (sbcs: ReadonlyArray<SbcDevice>): string => few(sbcs.map(sbcText))

const missing = ({ args }: Declaration, { sbcs }: Inventory): number | undefined => {
  const sbcId = ifKnown(args.sbcId)
  // No SBC at all: more likely a right that lacks than a platform without SBCs.
  return sbcId === undefined || sbcs.length === 0 || sbcs.some((sbc) => sbc.sbcId === sbcId) ? undefined : sbcId
}

export const sbcFindings = (declaration: Declaration, inventory: Inventory): ReadonlyArray<string> => {
  const sbcId = inventory.isWhole ? missing(declaration, inventory) : undefined
  return sbcId === undefined ? [] : [`sbcId: there is no SBC ${sbcId}; Get SBC Devices lists ${listed(inventory.sbcs)}`]
}

/**
 * An SBC that nothing names may be one whose first connection this is, so it is no fault. The notice is the same for all connections of
 * that SBC.
 */
export const sbcNotices = (declaration: Declaration, inventory: Inventory): ReadonlyArray<string> => {
  const sbcId = inventory.isWhole ? undefined : missing(declaration, inventory)
  return sbcId === undefined
    ? []
    : [
        `SBC ${sbcId} is named neither by a calling profile nor by a SIP connection, which is right if this is its first one. Named are ${listed(inventory.sbcs)}`
      ]
}

/** Case and blanks are left to the platform. */
const folded = (profile: string): string => profile.toLowerCase().replace(/\s+/g, ' ').trim()

export const cacFindings = (declaration: Declaration, { sbcs, isWhole }: Inventory): ReadonlyArray<string> => {
  const { enableCac, cacProfile, sbcId } = declaration.args
  const profile = ifKnown(cacProfile)
  const isUsed = (enableCac === undefined || enableCac === true) && configuresSbc(declaration)
  if (!isWhole || profile === undefined || !isUsed) return []
  const sbc = sbcs.find((each) => each.sbcId === sbcId)
  const profiles = sbc?.cacProfiles ?? []
  return sbc === undefined || profiles.length === 0 || profiles.some((each) => folded(each) === folded(profile))
    ? []
    : [`cacProfile: SBC ${sbcText(sbc)} has no profile "${profile}"; it has ${few(profiles)}`]
}
