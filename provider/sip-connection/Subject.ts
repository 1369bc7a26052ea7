import type { Subject } from '../ErrorText'
import type { SipConnectionArgs } from './Args'

/** What a message about a connection says it is about. */
export const subject = (
  kind: Subject['kind'],
  { customerGuid, siteName, sbcId }: Partial<SipConnectionArgs>,
  siteGuid?: string
): Subject => ({
  kind,
  ...(customerGuid === undefined ? {} : { customerGuid: customerGuid.toLowerCase() }),
  ...(siteName === undefined ? {} : { name: siteName }),
  ...(sbcId === undefined ? {} : { sbcId }),
  ...(siteGuid === undefined ? {} : { siteGuid })
})
