import * as assert from 'node:assert'
import { customerGuids, HEADQUARTERS_GUID, manySites, manySitesCustomer, startSimulator } from '../../simulator'
import type { Simulator, SimulatorOptions, Site, SiteEdit } from '../../simulator'
import { exchange } from './http'
import type { Seen } from './http'
import { acme, contoso, least } from './support'

const json = (seen: Seen | string): { status: number; body: unknown } => {
  if (typeof seen === 'string') throw new Error(`no answer but ${seen}`)
  return { status: seen.status, body: seen.text === '' ? undefined : (JSON.parse(seen.text) as unknown) }
}

const held = (simulator: Simulator, guid: string): Site => {
  const site = simulator.site(guid)
  if (site === undefined) throw new Error(`There is no site ${guid}`)
  return site
}

describe('simulator: server', () => {
  const running: Simulator[] = []
  const start = async (options: SimulatorOptions = {}): Promise<Simulator> => {
    const simulator = await startSimulator(options)
    running.push(simulator)
    return simulator
  }
  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.close()))
  })

  const send = async (simulator: Simulator, method: string, path: string, body?: unknown, headers = {}) =>
    json(await exchange(simulator.origin, method, path, body, headers))
  const addPath = `/tenantui/api/v2/customer/${acme}/sitelocation/`

  it('says where it is', async () => {
    const { url, origin, tokenUrl, port } = await start()
    assert.deepStrictEqual(
      [origin, url, tokenUrl],
      [
        `http://127.0.0.1:${port}`,
        `http://127.0.0.1:${port}/tenantui`,
        `http://127.0.0.1:${port}/aaaaaaaa-0000-4000-8000-000000000001/oauth2/v2.0/token`
      ]
    )
  })

  it('keeps the requests, without the token', async () => {
    const simulator = await start({ now: () => 5000 })
    await send(simulator, 'POST', `${addPath}?a=1?2`, least, { 'X-Correlation-Id': 'c-1', connection: 'close' })
    assert.deepStrictEqual(simulator.requests(), [
      {
        method: 'POST',
        path: addPath,
        query: 'a=1?2',
        headers: {
          authorization: '(left out)',
          'content-type': 'application/json',
          'x-correlation-id': 'c-1',
          connection: 'close',
          host: `127.0.0.1:${simulator.port}`,
          'content-length': '95'
        },
        body: JSON.stringify(least),
        status: 200,
        at: 5000,
        concurrency: 1,
        fault: null
      }
    ])
    assert.strictEqual(JSON.stringify(simulator.requests()).includes('simulator-token'), false)
    simulator.clearRequests()
    assert.deepStrictEqual(simulator.requests(), [])
  })

  it('counts what is in flight at arrival', async () => {
    const simulator = await start({ switches: { latencyMs: 50 } })
    const read = () => send(simulator, 'GET', '/tenantui/api/v2/customer')
    await Promise.all([read(), read(), read()])
    await read()
    await read()
    assert.deepStrictEqual(
      simulator.requests().map(({ concurrency }) => concurrency),
      [1, 2, 3, 1, 1]
    )
  })

  it('runs on the clock that it is given', async () => {
    let now = 1000
    const simulator = await start({ now: () => now, switches: { deleteTaskMs: 60_000 } })
    await send(simulator, 'DELETE', `/tenantui/api/v2/sitelocation/${HEADQUARTERS_GUID}`)
    now = 60_999
    assert.strictEqual(simulator.site(HEADQUARTERS_GUID)?.name, 'headquarters')
    now = 61_000
    assert.strictEqual(simulator.site(HEADQUARTERS_GUID), undefined)
    assert.deepStrictEqual(simulator.state().sites, [])
  })

  it('starts from a state of many sites', async () => {
    const simulator = await start({ state: manySites(50, 2), switches: { states: 'integers' } })
    const { body } = await send(simulator, 'GET', `/tenantui/api/v2/customer/${manySitesCustomer(50)}`)
    assert.deepStrictEqual(
      (body as { SiteLocation: { name: string; sbcDeploymentState: unknown }[] }).SiteLocation.map((each) => [
        each.name,
        each.sbcDeploymentState
      ]),
      [
        ['branch-1', 3],
        ['branch-2', 3]
      ]
    )
    assert.deepStrictEqual([simulator.state().customers.length, simulator.state().sites.length], [54, 101])
  })

  it('shows the tasks in the order in which they were started', async () => {
    let now = 0
    const simulator = await start({ state: manySites(30), now: () => now })
    const guids = simulator.state().sites.map(({ guid }) => guid)
    for (const guid of guids) {
      now += 1
      await send(simulator, 'DELETE', `/tenantui/api/v2/sitelocation/${guid}`)
    }
    assert.deepStrictEqual(
      simulator.state().tasks.map(({ siteGuid }) => siteGuid),
      guids
    )
  })

  it('resets to where it started', async () => {
    const simulator = await start({ switches: { latencyMs: 1 } })
    const before = simulator.state()
    await send(simulator, 'POST', addPath, least)
    simulator.setSwitches({ states: 'strings', latencyMs: 0 })
    simulator.addFault({ fault: { kind: 'html', status: 500 } })
    assert.notDeepStrictEqual(simulator.state(), before)
    simulator.reset()
    assert.deepStrictEqual([simulator.state(), simulator.requests()], [before, []])
  })

  it('refuses a port that is taken, and an unknown switch', async () => {
    const { port } = await start()
    await assert.rejects(startSimulator({ port }), { code: 'EADDRINUSE' })
    await assert.rejects(startSimulator({ switches: { colour: 1 } as object }), /^Error: There is no switch "colour"/)
  })

  it('closes with requests under way', async () => {
    const simulator = await start({ switches: { latencyMs: 60_000 } })
    const waiting = exchange(simulator.origin, 'GET', '/tenantui/api/v2/customer')
    while (simulator.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await simulator.close()
    running.splice(0)
    assert.strictEqual(await waiting, 'ECONNRESET')
  })

  describe('portal', () => {
    it('edits a site: fields replaced, variables merged', async () => {
      const simulator = await start()
      const before = held(simulator, HEADQUARTERS_GUID)
      simulator.editSite(HEADQUARTERS_GUID.toUpperCase(), {
        name: 'hq',
        carrierUserPassword: 'changed',
        customerVariables: { B: 'c' }
      })
      assert.deepStrictEqual(simulator.site(HEADQUARTERS_GUID), {
        ...before,
        name: 'hq',
        carrierUserPassword: 'changed',
        customerVariables: { Region: 'EMEA', B: 'c' }
      })
      const answer = await send(simulator, 'POST', `/tenantui/api/v2/customer/${contoso}/sitelocation/`, {
        ...least,
        siteLocationName: 'hq'
      })
      assert.strictEqual(answer.status, 409)
    })

    it('adds and deletes sites', async () => {
      const simulator = await start()
      const guid = simulator.addSite({ customerGuid: customerGuids.initech, name: 'portal-made', sbcId: 8 })
      const { guid: shown, customerGuid, name, sbcId, configureSbc, onboardingScript } = held(simulator, guid)
      assert.deepStrictEqual(
        [shown, customerGuid, name, sbcId, configureSbc, onboardingScript],
        [guid, customerGuids.initech, 'portal-made', 8, true, null]
      )
      simulator.deleteSite(guid)
      assert.strictEqual(simulator.site(guid), undefined)
      const wanted = 'abcdef01-0000-4000-8000-000000000000'
      assert.strictEqual(simulator.addSite({ customerGuid: acme, name: 'a', guid: wanted }), wanted)
      simulator.editSite(wanted.toUpperCase(), { phones: '1' })
      const { sbcId: first, phones } = held(simulator, wanted.toUpperCase())
      assert.deepStrictEqual([first, phones], [3, '1'])
    })

    const prefix = { dialPlanName: 'p', index: 0, active: true }
    const values: readonly [keyof SiteEdit, readonly unknown[], readonly unknown[]][] = [
      ['name', ['n'], [1, null]],
      ['sbcId', [8], ['8', null, 1.5]],
      ['enableCac', [true, false], ['true', null]],
      ['phones', ['', null], [1, ['1']]],
      ['onboardingScript', [1, null], ['1']],
      ['customerVariables', [{}, { a: 'b' }], [null, 'a', ['b'], { a: 1 }]],
      [
        'dialPlanPrefixes',
        [[], [prefix]],
        [null, {}, [null], [{ ...prefix, dialPlanName: 1 }], [{ ...prefix, index: '0' }], [{ ...prefix, active: 1 }]]
      ],
      ['sbcState', ['AnyWord'], [3]]
    ]
    for (const [name, good, bad] of values) {
      it(`takes values of the right type for ${name}, and no others`, async () => {
        const simulator = await start()
        const taken = (value: unknown): boolean => {
          try {
            simulator.editSite(HEADQUARTERS_GUID, { [name]: value })
            return true
          } catch {
            return false
          }
        }
        assert.deepStrictEqual([good.map(taken), bad.map(taken)], [good.map(() => true), bad.map(() => false)])
      })
    }

    it('shows an unheard-of state as 99 where an integer is shown', async () => {
      const simulator = await start()
      simulator.editSite(HEADQUARTERS_GUID, { sbcState: 'Wobbling' })
      const { body } = await send(simulator, 'GET', `/tenantui/api/v2/sitelocation/${HEADQUARTERS_GUID}`)
      assert.strictEqual((body as { sbcDeploymentState: unknown }).sbcDeploymentState, 99)
    })

    it('refuses what makes no sense', async () => {
      const simulator = await start()
      const why = (act: () => unknown) => {
        try {
          return act()
        } catch (cause) {
          return (cause as Error).message.replace(/: choose among .*/, '')
        }
      }
      assert.deepStrictEqual(
        [
          why(() => simulator.editSite('x', {})),
          why(() => simulator.editSite(HEADQUARTERS_GUID, { colour: 1 } as object)),
          why(() => simulator.editSite(HEADQUARTERS_GUID, { sbcId: 'x' } as object)),
          why(() => simulator.deleteSite('x')),
          why(() => simulator.addSite({ customerGuid: 'x', name: 'a' })),
          why(() => simulator.addSite({ customerGuid: acme } as { customerGuid: string; name: string })),
          why(() => simulator.addSite({ customerGuid: acme, name: 'a', guid: 'x' })),
          why(() => simulator.addSite({ customerGuid: acme, name: 'a', guid: HEADQUARTERS_GUID }))
        ],
        [
          'There is no site x.',
          'A site has no field "colour" to set',
          'Field "sbcId" cannot have a value of this type.',
          'There is no site x.',
          'There is no customer x.',
          'Field "name" cannot have a value of this type.',
          'The guid of a site must be a well-formed guid.',
          `There is a site ${HEADQUARTERS_GUID} already.`
        ]
      )
    })
  })

  describe('admin calls', () => {
    const admin = (simulator: Simulator, method: string, path: string, body?: unknown) =>
      send(simulator, method, `/__simulator/${path}`, body, { authorization: '' })

    it('do what the functions do', async () => {
      const simulator = await start()
      assert.deepStrictEqual(await admin(simulator, 'GET', 'health'), { status: 200, body: { status: 'ok' } })

      const made = await admin(simulator, 'POST', 'sites', { customerGuid: acme, name: 'made' })
      const guid = (made.body as { guid: string }).guid
      assert.strictEqual(simulator.site(guid)?.name, 'made')
      const edited = await admin(simulator, 'POST', `sites/${guid}`, { name: 'edited' })
      assert.deepStrictEqual(edited, { status: 200, body: JSON.parse(JSON.stringify(simulator.site(guid))) as unknown })
      assert.strictEqual(simulator.site(guid)?.name, 'edited')
      assert.deepStrictEqual(await admin(simulator, 'DELETE', `sites/${guid}`), { status: 200, body: {} })
      assert.strictEqual(simulator.site(guid), undefined)

      const switches = await admin(simulator, 'POST', 'switches', { states: 'strings', latencyMs: '3' })
      assert.deepStrictEqual(switches, { status: 200, body: simulator.switches() })
      assert.deepStrictEqual([simulator.switches().states, simulator.switches().latencyMs], ['strings', 3])
      assert.deepStrictEqual(await admin(simulator, 'GET', 'switches'), switches)

      await admin(simulator, 'POST', 'faults', { fault: { kind: 'html', status: 500 } })
      const faults = await admin(simulator, 'POST', 'faults', [
        { match: { method: 'get', path: 'x' }, times: 'always', fault: { kind: 'resetAfter' } }
      ])
      assert.deepStrictEqual(faults.body, [
        { method: null, path: null, nth: 1, seen: 0, left: 1, fault: { kind: 'html', status: 500 } },
        { method: 'GET', path: 'x', nth: 1, seen: 0, left: null, fault: { kind: 'resetAfter' } }
      ])
      assert.deepStrictEqual(await admin(simulator, 'GET', 'faults'), faults)
      await admin(simulator, 'DELETE', 'faults')
      assert.deepStrictEqual(simulator.state().faults, [])

      assert.deepStrictEqual((await admin(simulator, 'GET', 'requests')).body, [])
      await send(simulator, 'GET', '/tenantui/api/v2/customer')
      assert.deepStrictEqual((await admin(simulator, 'GET', 'requests?x')).body, simulator.requests())
      assert.strictEqual(simulator.requests().length, 1)
      await admin(simulator, 'DELETE', 'requests')
      assert.deepStrictEqual(simulator.requests(), [])

      assert.deepStrictEqual(
        (await admin(simulator, 'GET', 'state')).body,
        JSON.parse(JSON.stringify(simulator.state()))
      )
      await admin(simulator, 'POST', 'reset')
      assert.strictEqual(simulator.switches().states, 'documented')
    })

    it('say what is wrong, and then do nothing', async () => {
      const simulator = await start()
      const error = async (method: string, path: string, body?: unknown) => {
        const answer = await admin(simulator, method, path, body)
        return [answer.status, (answer.body as { error: string }).error.slice(0, 40)]
      }
      assert.deepStrictEqual(
        [
          await error('GET', 'nothing'),
          await error('POST', 'switches'),
          await error('POST', 'switches', { colour: 1 }),
          await error('POST', 'faults', [{ fault: { kind: 'resetAfter' } }, { fault: 1 }]),
          await error('DELETE', 'sites/x')
        ],
        [
          [404, 'There is no admin call GET nothing.'],
          [400, 'The body must be a JSON object.'],
          [400, 'There is no switch "colour": choose one '],
          [400, 'A fault rule: "fault" must be an object.'],
          [400, 'There is no site x.']
        ]
      )
      assert.deepStrictEqual(simulator.state().faults, [])
    })
  })
})
