/**
 * A process that previews a Pulumi program with dial plans, on an engine of mocks: `node previewProgram.js <base URL> <mode> <program>`. It prints
 * one JSON line, what was said and what nobody handled.
 */
import * as pulumi from '@pulumi/pulumi'
import * as live from '../../../sdk'
import { HEADQUARTERS_GUID, STATIC_TOKEN, customerGuids } from '../../../simulator'
import { preview } from '../support/PreviewProcess'

const [baseUrl = '', , which = ''] = process.argv.slice(2)

/** Resources that are there already. */
const existing: Readonly<Record<string, string>> =
  which === '' ? { old: `${customerGuids.contoso}/${HEADQUARTERS_GUID}/Zoom` } : { old: HEADQUARTERS_GUID }

const mocks: pulumi.runtime.Mocks = {
  call: () => ({}),
  newResource: ({ name, inputs }) => ({
    id: existing[name],
    state: { ...(inputs as object), dialPlanName: (inputs as { dialPlanName?: string }).dialPlanName ?? 'CustDialPlan' }
  })
}

const at = { customerGuid: customerGuids.contoso, siteGuid: HEADQUARTERS_GUID }
const [a, b] = ['a.example.net', 'b.example.net']
const connection = {
  customerGuid: at.customerGuid,
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
}

const contradicting = (): Promise<void> => {
  new live.DialPlan('one', {
    ...at,
    rules: [
      { prefix: '+49', tag: a },
      { prefix: '+1', tag: a }
    ]
  })
  new live.DialPlan('two', {
    ...at,
    rules: [
      { prefix: '+49', tag: b },
      { prefix: '+12', tag: b }
    ]
  })
  new live.DialPlan('taking', { ...at, rules: [{ prefix: '+7', tag: a }], adopt: true })
  new live.DialPlan('old', { ...at, dialPlanName: 'Zoom', rules: [{ prefix: '+1', tag: b }] })
  new live.DialPlan('unknown', { ...at, dialPlanName: 'Nothing', rules: [{ prefix: '+1', tag: b }] })
  const [first, second] = ['first', 'second'].map(
    (siteName) => new live.SipConnection(siteName, { ...connection, siteName })
  )
  const own = new live.SipConnection('own', {
    ...connection,
    siteName: 'own',
    dialPlanPrefixes: pulumi.output([{ dialPlanName: 'CustDialPlan', index: 0 }])
  })
  const rules = pulumi.secret([{ prefix: '+4930999', tag: 'secret.example.net' }])
  if (first === undefined || second === undefined) throw new Error('there are two')
  const customerGuid = at.customerGuid
  new live.DialPlan('first-a', { customerGuid, siteGuid: first.siteGuid, rules })
  new live.DialPlan('first-b', { customerGuid, siteGuid: first.id, rules })
  new live.DialPlan('second-a', { customerGuid, siteGuid: second.siteGuid, rules })
  new live.DialPlan('either', { customerGuid, siteGuid: pulumi.all([first.id, second.id]).apply(([id]) => id), rules })
  new live.DialPlan('beside', { customerGuid, siteGuid: own.siteGuid, rules: [{ prefix: '+4930999', tag: a }] })
  return Promise.resolve()
}

/** The same ids on two platforms, and a connection of which a site that is not its own can be told: nothing of it contradicts. */
const right = (): Promise<void> => {
  const rules = [{ prefix: '+4930777', tag: a }]
  const another = new live.Provider('another', { baseUrl: 'http://127.0.0.1:7/tenantui' })
  const silent = new live.Provider('silent', { baseUrl: 'http://127.0.0.1:9/tenantui', preflight: 'off' })
  const elsewhere = new live.Provider('elsewhere', { baseUrl, accessToken: STATIC_TOKEN, maxRetries: 0 })
  const siteName = 'beside'
  new live.DialPlan('here', { ...at, rules })
  // It is compared, and the platform is not asked about it.
  new live.DialPlan('there', { ...at, rules, adopt: true }, { provider: another })
  new live.SipConnection(
    'old',
    { ...connection, siteName, dialPlanPrefixes: [{ dialPlanName: 'Zoom', index: 0 }] },
    { provider: silent }
  )
  const { siteGuid, sbcDeploymentState } = new live.SipConnection('new', { ...connection, siteName: 'new' })
  const otherSite = sbcDeploymentState.apply(() => 'the id of another connection')
  new live.DialPlan('of-new', { customerGuid: at.customerGuid, siteGuid, rules })
  new live.DialPlan('of-other', { customerGuid: at.customerGuid, siteGuid: otherSite, rules })
  // The same platform by another instance is the same plan.
  if (which === 'instances') new live.DialPlan('again', { ...at, rules }, { provider: elsewhere })
  return Promise.resolve()
}

void preview(mocks, which === '' ? contradicting : right)
