// What the provider gives out has the types of the schema: the results of all lookups.

import * as assert from 'node:assert/strict'
import type { Program } from '../../provider/Env'
import { calls } from '../../provider/lookups/Calls'
import { resultProperties } from '../../provider/schema/Results'
import { tokenOf } from '../../provider/schema/Tokens'
import { HEADQUARTERS_GUID, STATIC_TOKEN, type Simulator, customerGuids, startSimulator } from '../../simulator'
import { looked } from '../http/support/Lookups'
import '../http/support/Scripted'
import { testEnv } from '../support/TestEnv'
import { objectMisfits, schema } from '../unit/schema/support/Fits'

const initechTenant = 'a0a0a0a0-0001-4000-8000-000000000003'

type Name = keyof typeof calls

/** Arguments that find something. */
const args: { readonly [K in Name]: ReadonlyArray<object> } = {
  getServices: [{}, { allDetails: true }],
  getCustomers: [{}],
  getService: [{ customerGuid: customerGuids.contoso }],
  getSipConnection: [{ siteGuid: HEADQUARTERS_GUID }],
  getScriptTemplates: [{}],
  getOnlinePstnGateways: [{ customerGuid: customerGuids.acme }],
  getCallingProfiles: [{}],
  getSbcDevices: [{}],
  getLeads: [{}],
  getNumbers: [{ msTenantId: initechTenant }],
  getTask: [{ taskId: 'tsk_msjob_ffffffff-0000-4000-8000-000000000002' }],
  customerGuid: [{ shortName: 'acme' }],
  scriptId: [{ name: 'trunk-onboarding' }],
  sbcId: [{ nameOrFqdn: 'sbc3.provider.example' }]
}

describe('The result of', () => {
  let simulator: Simulator
  before(async () => {
    simulator = await startSimulator()
  })
  after(() => simulator.close())

  for (const name of Object.keys(calls) as ReadonlyArray<Name>) {
    it(`${name} has the type that the schema tells`, async () => {
      const { outputs } = schema.functions[tokenOf(name)] ?? assert.fail(`the schema has no ${name}`)
      const world = testEnv({ baseUrl: simulator.url, credentials: { _tag: 'Token', accessToken: STATIC_TOKEN } })
      for (const each of args[name]) {
        const program = calls[name].program as (args: object) => Program<unknown>
        const result = resultProperties(name, await looked(program(each), world))
        assert.deepEqual(objectMisfits(result, outputs), [])
        // An empty list would fit any type.
        assert.ok(
          Object.values(result).some((value) => !Array.isArray(value) || value.length > 0),
          'nothing was found'
        )
      }
    })
  }
})
