import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { decode } from '../../../provider/Decode'
import { SiteAnswer } from '../../../provider/sip-connection/Wire'

/** A made-up answer of Get SIP Connections in the shape of the vendor's sample, with its oddities. */
export const sample = {
  tenantId: '33333333-3333-4333-8333-333333333333',
  m365DeploymentState: null,
  sbcDeploymentState: 3,
  siteName: 'branch-07',
  onlinePstnGateway: 'branch-07.sbc1.example.net',
  sbcInfo: {
    sbcConfigurationType: 0,
    cacProfile: '20 sessions',
    carrierHostName: 'sip.example.net',
    carrierId: 'Trunk-A',
    carrierMainLine: null,
    carrierUserName: 'u-100',
    flagConfigureSbc: true,
    sbcId: 3,
    sbcScripts: {
      onboardingScript: 12001,
      cleanupScript: 12002,
      customerVariables: {
        CarrierUserPassword: 'made-up-password',
        CarierMailLine: 'main',
        'CustomVar.Variable1': 'x'
      }
    }
  },
  m365Info: {
    m365Scripts: {
      flagConfigureM365Routing: false,
      onboardingScript: null,
      cleanupScript: null,
      customerVariables: null
    }
  },
  pendingTasks: []
} as const

type Patch = Readonly<Record<string, unknown>>

/** The sample with parts of it replaced. */
export const answerWith = (change: {
  readonly top?: Patch
  readonly sbcInfo?: Patch
  readonly scripts?: Patch
  readonly bag?: Patch
  readonly m365?: Patch
}): SiteAnswer => {
  const { sbcInfo, m365Info } = sample
  const result = decode(SiteAnswer, {
    ...sample,
    sbcInfo: {
      ...sbcInfo,
      sbcScripts: {
        ...sbcInfo.sbcScripts,
        customerVariables: { ...sbcInfo.sbcScripts.customerVariables, ...change.bag },
        ...change.scripts
      },
      ...change.sbcInfo
    },
    m365Info: { m365Scripts: { ...m365Info.m365Scripts, ...change.m365 } },
    ...change.top
  })
  assert.ok(E.isRight(result), `the sample is not as documented: ${E.isLeft(result) ? result.left.join('; ') : ''}`)
  return result.right
}
