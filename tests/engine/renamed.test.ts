import * as assert from 'node:assert'
import { HEADQUARTERS_GUID } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { acme, complaint, contoso, startWorld } from './World'

/** A connection and a dial plan whose names in the program are those of the configuration; `failing` makes a run end early. */
const program = `
const pulumi = require('@pulumi/pulumi')
const live = require('pulumi-audiocodes-live')
const config = new pulumi.Config()
const name = config.require('name')
const at = { customerGuid: '${contoso}', siteGuid: '${HEADQUARTERS_GUID}' }
const rules = [{ prefix: '+4930555', tag: 'sbc3.provider.example' }]
new live.SipConnection('connection-' + name, {
  customerGuid: '${acme}',
  siteName: 'kept',
  sbcId: 3,
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 },
  adopt: true,
  enableCac: false,
  carrierRegistration: false
})
new live.DialPlan('plan-' + name, { ...at, rules, adopt: true })
if (config.get('failing') === 'true') new live.DialPlan('failing', { ...at, dialPlanName: 'Nothing', rules })
`

describe('What was renamed in the program', function () {
  this.timeout(60_000)

  it('is kept when the run fails between its adoption and the deletion of the old resource', async () => {
    const { simulator, stack, end } = await startWorld({ program })
    const there = () => [
      simulator.dialPlan(HEADQUARTERS_GUID, 'CustDialPlan').map(({ prefix }) => prefix),
      simulator
        .state()
        .sites.filter(({ customerGuid }) => customerGuid === acme)
        .map(({ name }) => name)
    ]
    try {
      await stack.setConfig('name', 'old')
      succeeded(await stack.up())
      await stack.setConfig('name', 'new')
      await stack.setConfig('failing', 'true')
      assert.match(complaint(await stack.up()), /knows no dial plan "Nothing"/)
      await stack.setConfig('failing', 'false')
      succeeded(await stack.up())
      assert.deepStrictEqual(there(), [['+4930555'], ['kept']])
      succeeded(await stack.destroy())
      assert.deepStrictEqual(there(), [[], []])
    } finally {
      await end()
    }
  })
})
