/** The sites of our customers. A pull request that adds a line gets a preview; merging it rolls the connection out. */
export interface PipelineSite {
  readonly siteName: string
  readonly customerGuid: string
  readonly sbcId: number
  readonly sbcScripts: { readonly onboardingScript: number; readonly cleanupScript: number }
  /** Calls at a time. */
  readonly sessions: number
  /** User part of the address of record. */
  readonly mainLine: string
}

const acme = '11111111-1111-4111-8111-111111111111'
const munich = { sbcId: 3, sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }

export const sites: ReadonlyArray<PipelineSite> = [
  { siteName: 'berlin', customerGuid: acme, ...munich, sessions: 20, mainLine: '+4930555100' },
  { siteName: 'hamburg', customerGuid: acme, ...munich, sessions: 10, mainLine: '+4940555100' }
]
