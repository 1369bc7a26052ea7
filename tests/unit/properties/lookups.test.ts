import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import type { Fetch, Program, RawAnswer } from '../../../provider/Env'
import { errorText, whole } from '../../../provider/ErrorText'
import { operation } from '../../../provider/Operations'
import { liveFetch } from '../../../provider/live/Fetch'
import { calls } from '../../../provider/lookups/Calls'
import {
  HEADQUARTERS_GUID,
  STATIC_TOKEN,
  customerGuids,
  pastTaskIds,
  startSimulator,
  tenants
} from '../../../simulator'
import { check } from '../../support/property'
import { startOfTime, testEnv } from '../../support/TestEnv'
import { canaryJson, singsOf } from '../support'
import { mutated } from './support'

/** Every call that reads a list or an object, with arguments that the platform knows. The calls by name show names on purpose. */
const lookups: Readonly<Record<string, Program<unknown>>> = {
  getServices: calls.getServices.program({ allDetails: true }),
  getCustomers: calls.getCustomers.program({}),
  getService: calls.getService.program({ customerGuid: customerGuids.contoso }),
  getSipConnection: calls.getSipConnection.program({ siteGuid: HEADQUARTERS_GUID }),
  getScriptTemplates: calls.getScriptTemplates.program({}),
  getOnlinePstnGateways: calls.getOnlinePstnGateways.program({ customerGuid: customerGuids.contoso }),
  getCallingProfiles: calls.getCallingProfiles.program({}),
  getSbcDevices: calls.getSbcDevices.program({}),
  getLeads: calls.getLeads.program({}),
  getNumbers: calls.getNumbers.program({ msTenantId: tenants.contoso }),
  getTask: calls.getTask.program({ taskId: pastTaskIds.failedUpload })
}

const names = [
  'id',
  'name',
  'shortName',
  'status',
  'data',
  'totalPages',
  'siteLocation',
  'sbcId',
  'fqdn',
  'customVariables'
]

describe('Lookups, and answers with one part exchanged', () => {
  /** What the platform answers to each lookup, in the order of its requests. */
  const answers = new Map<string, ReadonlyArray<RawAnswer>>()
  let baseUrl = ''

  before(async () => {
    const simulator = await startSimulator()
    baseUrl = simulator.url
    for (const [name, lookup] of Object.entries(lookups)) {
      const seen: Array<RawAnswer> = []
      const fetch: Fetch = (request) => async () => {
        const answer = await liveFetch('test')(request)()
        if (E.isRight(answer)) seen.push(answer.right)
        return answer
      }
      const result = await run(lookup, fetch)
      assert.ok(E.isRight(result), `${name}: ${JSON.stringify(result)}`)
      answers.set(name, seen)
    }
    await simulator.close()
  })

  const run = (lookup: Program<unknown>, fetch: Fetch) =>
    operation('lookup', [])(lookup)(
      testEnv({ baseUrl, credentials: { _tag: 'Token', accessToken: STATIC_TOKEN }, maxRetries: 0 }, { fetch }).env
    )()

  for (const [name, lookup] of Object.entries(lookups)) {
    it(`${name}: a value, or an error that shows nothing of the answer`, async () => {
      const valid = answers.get(name) ?? assert.fail(name)
      const anything = fc.oneof(canaryJson(names), fc.constant(undefined))
      const exchanges = fc
        .nat(valid.length - 1)
        .chain((nth) => mutated(JSON.parse(valid[nth]?.body ?? ''), anything).map(({ value }) => ({ nth, value })))
      await check(
        fc.asyncProperty(exchanges, async ({ nth, value }) => {
          let asked = 0
          const fetch: Fetch = () => () => {
            const at = asked++
            const answer = valid[Math.min(at, valid.length - 1)] ?? assert.fail(name)
            return Promise.resolve(
              E.right(at === nth ? { ...answer, body: value === undefined ? '' : JSON.stringify(value) } : answer)
            )
          }
          const result = await run(lookup, fetch)
          if (E.isRight(result)) return
          const said = whole(errorText({ kind: 'lookup', lookup: name }, result.left, false, startOfTime))
          assert.ok(!singsOf(said), said)
        }),
        60
      )
    })
  }
})
