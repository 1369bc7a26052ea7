// A dynamic provider as the tutorials write it: functions within the program, a request for each thing to know or to do, and
// nothing shared between the resources.
import * as fs from 'node:fs'
import * as path from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import fetch from 'node-fetch'

interface Site {
  readonly customerGuid: string
  readonly siteName: string
  readonly sbcId: number
  readonly sbcConfigurationType: string
  readonly sbcScripts: { onboardingScript: number; cleanupScript: number; customerVariables: Record<string, string> }
  readonly cacProfile: string
  readonly carrierMainLine: string
  readonly carrierHostName: string
}

interface Sites {
  readonly defaults: Site
  readonly connections: Readonly<Record<string, Partial<Site>>>
}

const settings = new pulumi.Config('audiocodes-live')
const baseUrl = settings.require('baseUrl')
const accessToken = settings.require('accessToken')

const call = async (method: string, where: string, body?: object): Promise<Record<string, unknown>> => {
  const response = await fetch(baseUrl + where, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}

const provider: pulumi.dynamic.ResourceProvider<Site, Site> = {
  create: async (inputs) => {
    const { siteGuid } = await call('POST', `/api/v2/customer/${inputs.customerGuid}/sitelocation/`, {
      siteLocationName: inputs.siteName,
      ovocCustomerType: 'IPGROUP_TYPE',
      sbcId: inputs.sbcId,
      sbcOnboardingScript: inputs.sbcScripts.onboardingScript,
      sbcCleanupScript: inputs.sbcScripts.cleanupScript,
      sbcConfigurationType: 1,
      scriptParameters: {
        ...inputs.sbcScripts.customerVariables,
        CacProfile: inputs.cacProfile,
        CarrierMainLine: inputs.carrierMainLine,
        CarrierHostName: inputs.carrierHostName
      }
    })
    const site = await call('GET', `/api/v2/sitelocation/${String(siteGuid)}`)
    return { id: String(siteGuid), outs: { ...inputs, sbcDeploymentState: site['sbcDeploymentState'] } }
  },
  read: async (id, props) => {
    const site = await call('GET', `/api/v2/sitelocation/${id}`)
    return { id, props: { ...(props as Site), sbcDeploymentState: site['sbcDeploymentState'] } }
  },
  update: async (id, _olds, news) => {
    await call('PATCH', `/api/v2/customer/${news.customerGuid}/sitelocation/${id}`, {
      sbcId: news.sbcId,
      CacProfile: news.cacProfile,
      CarrierMainLine: news.carrierMainLine,
      CarrierHostName: news.carrierHostName
    })
    const site = await call('GET', `/api/v2/sitelocation/${id}`)
    return { outs: { ...news, sbcDeploymentState: site['sbcDeploymentState'] } }
  },
  delete: async (id) => {
    await call('DELETE', `/api/v2/sitelocation/${id}`)
  }
}

class SipConnection extends pulumi.dynamic.Resource {
  constructor(name: string, site: Site) {
    super(provider, name, { ...site })
  }
}

const { defaults, connections } = JSON.parse(fs.readFileSync(path.join(__dirname, 'sites.json'), 'utf8')) as Sites

for (const [name, site] of Object.entries(connections)) new SipConnection(name, { ...defaults, ...site })
