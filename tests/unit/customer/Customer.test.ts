import * as assert from 'node:assert'
import * as live from '../../../sdk'

const connection = { siteName: 'berlin', sbcId: 3, sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 } }
const rules = [{ prefix: '+4930555', tag: 'sbc1.example.net' }]
const service = { customerGuid: '22222222-2222-4222-8222-222222222222' }

// No engine runs, so a declaration that got as far as a resource would end with another error.
describe('A customer that is declared wrongly is refused before anything of it is registered', () => {
  for (const [name, args, expected] of [
    [
      'an unknown connection of a dial plan',
      { service, connections: { berlin: connection }, dialPlans: { numbers: { connection: 'munich', rules } } },
      'Customer "acme": dialPlans.numbers.connection: there is no connection "munich"; the connections are berlin'
    ],
    [
      'one that every object seems to have',
      { service, connections: {}, dialPlans: { numbers: { connection: 'constructor', rules } } },
      'Customer "acme": dialPlans.numbers.connection: there is no connection "constructor"; the connections are none'
    ],
    [
      'two kinds of service',
      { service: { ...service, hostedEssentials: {} }, connections: {} },
      'Customer "acme": service: expected one of hostedEssentials, operatorConnect and customerGuid, got customerGuid and hostedEssentials'
    ],
    [
      'a misspelt kind',
      { service: { hosted: {} }, connections: {} },
      'Customer "acme": service: expected one of hostedEssentials, operatorConnect and customerGuid, got hosted'
    ],
    [
      'none',
      { service: { customerGuid: undefined }, connections: {} },
      'Customer "acme": service: expected one of hostedEssentials, operatorConnect and customerGuid, got none'
    ],
    [
      'nothing',
      {},
      'Customer "acme": service: expected one of hostedEssentials, operatorConnect and customerGuid, got none'
    ],
    [
      'no connections',
      { service },
      'Customer "acme": connections: is required; declare {} for a customer that has none here'
    ]
  ] as const) {
    it(name, () => {
      assert.throws(() => new live.Customer('acme', args as unknown as live.CustomerArgs), { message: expected })
    })
  }
})
