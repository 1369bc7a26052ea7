import * as assert from 'node:assert'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import {
  type World,
  acme,
  addSaid,
  bare,
  created,
  faultOf,
  onCall,
  plain,
  plainSite,
  story
} from '../support/Simulated'

/** Answers to Add that do not tell which connection was made. */

const count = (world: World, kind: string): number => world.calls().filter((call) => call === kind).length

/** Reads the service details, so that what is added to the portal after is not in the list that the process holds. */
const detailsRead = async (world: World): Promise<void> => {
  await created(world, { ...plain, siteName: 'first' })
  world.forget()
}

describe('lifecycle: create, and looks at what an unclear answer has left', () => {
  story('a look that fails does not end the search', { settings: { maxRetries: 0 } }, async (world) => {
    await detailsRead(world)
    world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { path: '/customer/', times: 2 }))
    const state = await created(world, plain)
    assert.deepStrictEqual(
      { guid: state.siteGuid, calls: world.calls(), posts: count(world, 'POST') },
      {
        guid: world.sites()[1]?.guid,
        calls: ['POST', 'GET details', 'GET details', 'GET details', 'GET'],
        posts: 1
      }
    )
  })

  for (const [name, body, error, patience, sleeps] of [
    [
      'a success without an id',
      { executionMessages: addSaid },
      { _tag: 'Mismatch', text: 'The platform answered Add with success, and lists no such connection' },
      'as long as Add may take',
      [5000, 7500, 11_250, 16_875, 25_312.5]
    ],
    [
      'an Error without an id',
      { executionMessages: [{ level: 'Error', message: 'No free port for made-up-secret.' }] },
      { _tag: 'Failed', words: ['No free port for [secret].'] },
      'three times',
      [5000, 7500]
    ]
  ] as const) {
    story(
      `${name}, and no connection: looked for ${patience}, and an error`,
      { settings: { programTimeout: 90 } },
      async (world) => {
        world.simulator.addFault(onCall('POST', { kind: 'status', status: 200, body }))
        const ended = await errorOf(SipConnection.create(plain), world.env)
        assert.deepStrictEqual(
          { ended, calls: world.calls(), sleeps: world.sleeps },
          {
            ended: { ...error, correlationId: nthId(1), mayHaveChanged: true },
            calls: ['GET details', 'POST', 'GET details', ...sleeps.map(() => 'GET details')],
            sleeps
          }
        )
      }
    )
  }

  story('an Error without an id, and a connection: it is kept with the fault', {}, async (world) => {
    await detailsRead(world)
    const { ovocCustomerType: _type, ...edit } = plainSite
    const guid = world.simulator.addSite(edit)
    world.simulator.addFault(
      onCall('POST', {
        kind: 'status',
        status: 200,
        body: { executionMessages: [{ level: 'Error', message: 'Half done.' }] }
      })
    )
    const result = await valueOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { guid: result.id, fault: faultOf(result), outcome: result.state.lastOperation.outcome },
      {
        guid,
        fault: { _tag: 'Failed', words: ['Half done.'], correlationId: nthId(2), mayHaveChanged: true },
        outcome: 'failed'
      }
    )
  })

  story(
    'several of that name: an error that lists them, and none is changed',
    { switches: { duplicateNames: 'allowed' } },
    async (world) => {
      await detailsRead(world)
      const other = world.simulator.addSite({ customerGuid: acme, name: 'branch-07', sbcId: 5 })
      world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
      const error = await errorOf(SipConnection.create(plain), world.env)
      const guids = world
        .sites()
        .slice(1)
        .map(({ guid }) => guid)
      assert.deepStrictEqual(
        { error, first: guids[0], calls: world.calls() },
        {
          error: {
            _tag: 'Mismatch',
            text:
              `The answer to the creation of connection "branch-07" is not clear, and customer ${acme} has 2 of that name now: ${guids.join(', ')}. ` +
              'None of them was changed. Find out in the portal which one is this, declare adopt: "<site id>", and delete the other',
            correlationId: nthId(2),
            mayHaveChanged: true
          },
          first: other,
          calls: ['POST', 'GET details']
        }
      )
    }
  )

  story('one on another SBC: an error, and it is left alone', {}, async (world) => {
    await detailsRead(world)
    const guid = world.simulator.addSite({ customerGuid: acme, name: 'branch-07', sbcId: 3 })
    const before = world.simulator.site(guid)
    world.simulator.addFault(onCall('POST', { kind: 'resetBefore' }))
    const error = await errorOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { error, site: world.simulator.site(guid), calls: world.calls() },
      {
        error: {
          _tag: 'Mismatch',
          text:
            `The answer to the creation of connection "branch-07" is not clear, and the one of that name (site ${guid}) is on SBC 3 and not on 5: it was made by somebody else, and is left alone. ` +
            'Declare its sbcId and adopt to take it over, or choose another siteName',
          correlationId: nthId(2),
          mayHaveChanged: true
        },
        site: before,
        calls: ['POST', 'GET details']
      }
    )
  })

  story(
    'an id that was there before: that one is left alone, and the new one is kept with the fault',
    {},
    async (world) => {
      const other = await created(world, { ...plain, siteName: 'other' })
      const before = world.simulator.site(other.siteGuid)
      world.simulator.addFault(onCall('POST', { kind: 'otherSite', siteGuid: other.siteGuid }))
      world.forget()
      const result = await valueOf(SipConnection.create(plain), world.env)
      assert.deepStrictEqual(
        {
          fault: faultOf(result),
          guid: result.id,
          outcome: result.state.lastOperation.outcome,
          other: world.simulator.site(other.siteGuid),
          sites: world.sites().slice(1).map(bare)
        },
        {
          fault: {
            _tag: 'Mismatch',
            text: `The platform answered Add with the id of a connection that was there before (site ${other.siteGuid}); that one is left alone`,
            correlationId: nthId(2),
            mayHaveChanged: true
          },
          guid: world.sites()[1]?.guid,
          outcome: 'unknown',
          other: before,
          sites: [plainSite]
        }
      )
    }
  )

  story('an id that was there before, and no new connection: an error after three looks', {}, async (world) => {
    const other = await created(world, { ...plain, siteName: 'other' })
    world.simulator.addFault(
      onCall('POST', { kind: 'status', status: 200, body: { siteGuid: other.siteGuid, executionMessages: addSaid } })
    )
    world.forget()
    const error = await errorOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { tag: error._tag, calls: world.calls(), sites: world.sites().map(({ guid }) => guid) },
      {
        tag: 'Mismatch',
        calls: ['POST', 'GET details', 'GET details', 'GET details'],
        sites: [other.siteGuid]
      }
    )
  })
})
