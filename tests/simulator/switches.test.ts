import * as assert from 'node:assert'
import { initialState, step, switchNames } from '../../simulator'
import type { Switches } from '../../simulator'
import { acme, added, at, get, kept, least, modify, most, request, session } from './support'

/** What a Modify with this body makes of a site that has everything Add takes. */
const site = (switches: Partial<Switches>, body: object) => {
  const s = session(switches)
  const guid = added(s)
  const { status } = modify(s, guid, body)
  return { status, site: kept(s, guid) }
}

describe('simulator: switches', () => {
  const shown: readonly [Partial<Switches>, string, unknown][] = [
    [{ mainLine: 'bag' }, 'sbcInfo.carrierMainLine', null],
    [{ mainLine: 'bag' }, 'sbcInfo.sbcScripts.customerVariables.CarierMailLine', 'main'],
    [{ mainLine: 'field' }, 'sbcInfo.carrierMainLine', 'main'],
    [{ mainLine: 'field' }, 'sbcInfo.sbcScripts.customerVariables.CarierMailLine', undefined],
    [{ mainLine: 'both' }, 'sbcInfo.carrierMainLine', 'main'],
    [{ mainLine: 'both' }, 'sbcInfo.sbcScripts.customerVariables.CarierMailLine', 'main'],
    [{ readConfigurationType: 'zero' }, 'sbcInfo.sbcConfigurationType', 0],
    [{ readConfigurationType: 'number' }, 'sbcInfo.sbcConfigurationType', 1],
    [{ readConfigurationType: 'string' }, 'sbcInfo.sbcConfigurationType', 'SipTrunk'],
    [{ passwordEcho: 'clear' }, 'sbcInfo.sbcScripts.customerVariables.CarrierUserPassword', 'made-up'],
    [{ passwordEcho: 'masked' }, 'sbcInfo.sbcScripts.customerVariables.CarrierUserPassword', '********'],
    [
      { passwordEcho: 'absent' },
      'sbcInfo.sbcScripts.customerVariables',
      { CarierMailLine: 'main', Carrier: 'Blue', Extra: 'x' }
    ],
    // The script knows Region, Carrier, SbcName: what it does not know comes after them.
    [
      { variableNames: 'positional', passwordEcho: 'absent' },
      'sbcInfo.sbcScripts.customerVariables',
      { CarierMailLine: 'main', 'CustomVar.Variable2': 'Blue', 'CustomVar.Variable4': 'x' }
    ],
    [{ gatewayPrefix: true }, 'onlinePstnGateway', 'branch-07.sbc5.provider.example'],
    [{ gatewayPrefix: false }, 'onlinePstnGateway', 'sbc5.provider.example'],
    [{ states: 'documented' }, 'sbcDeploymentState', 3],
    [{ states: 'integers' }, 'sbcDeploymentState', 3],
    [{ states: 'strings' }, 'sbcDeploymentState', 'Deployed']
  ]
  for (const [switches, path, expected] of shown) {
    it(`${JSON.stringify(switches)}: Get shows ${path}`, () => {
      const s = session(switches)
      assert.deepStrictEqual(at(get(s, added(s)), path), expected)
    })
  }

  const details: readonly [Switches['states'], unknown][] = [
    ['documented', 'Deployed'],
    ['strings', 'Deployed'],
    ['integers', 3]
  ]
  for (const [states, expected] of details) {
    it(`states=${states}: the details show`, () => {
      const s = session({ states })
      added(s)
      const { SiteLocation } = s.send('GET', `v3/customer/${acme}?allDetails=true`).body as { SiteLocation: object[] }
      assert.deepStrictEqual(at(SiteLocation[0], 'sbcDeploymentState'), expected)
    })
  }

  describe('siteIdPlacement', () => {
    const ways = {
      path: (guid: string) => [`/${guid}`, {}] as const,
      query: (guid: string) => [`/?SbcSiteGuid=${guid}`, {}] as const,
      body: (guid: string) => ['/', { SbcSiteGuid: guid }] as const
    }
    const placements = ['path', 'query', 'body'] as const
    for (const accepted of placements) {
      for (const used of placements) {
        it(`${accepted}: an id in the ${used}`, () => {
          const s = session({ siteIdPlacement: accepted })
          const [rest, more] = ways[used](added(s))
          const { status, body } = s.send('PATCH', `v2/customer/${acme}/sitelocation${rest}`, { sbcId: 3, ...more })
          const errors = { sbcSiteGuid: [`The site id must be in the ${accepted} and nowhere else.`] }
          assert.deepStrictEqual([status, at(body, 'errors')], used === accepted ? [200, undefined] : [400, errors])
        })
      }
      it(`${accepted}: an id everywhere, and nowhere`, () => {
        const s = session({ siteIdPlacement: accepted })
        const guid = added(s)
        const send = (rest: string, body: object) =>
          s.send('PATCH', `v2/customer/${acme}/sitelocation${rest}`, body).status
        assert.deepStrictEqual([send(`/${guid}?sbcSiteGuid=${guid}`, { sbcSiteGuid: guid }), send('/', {})], [400, 400])
      })
    }
  })

  describe('modifyBody', () => {
    const fields = { sbcSiteName: 'n', CarrierUserName: 'u', sbcScripts: { sbcCleanupScript: 10700 } }
    const sample = { siteLocationName: 'n', sbcCleanupScript: 10700, scriptParameters: { CarrierUserName: 'u' } }
    const unplaced = { enableCAC: false, phones: '+1555', m365Scripts: { flagConfigureM365Routing: true } }
    const no = (...names: string[]) =>
      Object.fromEntries(names.map((name) => [name, ['This member is not part of this body.']]))
    const table: readonly [Switches['modifyBody'], object, number, unknown][] = [
      ['both', fields, 200, undefined],
      ['both', sample, 200, undefined],
      ['both', { ...sample, ...unplaced }, 200, undefined],
      ['fields', { ...fields, ...unplaced }, 200, undefined],
      ['fields', sample, 400, no('siteLocationName', 'sbcCleanupScript', 'scriptParameters')],
      ['scriptParameters', { ...sample, ...unplaced }, 200, undefined],
      ['scriptParameters', fields, 400, no('sbcSiteName', 'CarrierUserName', 'sbcScripts')]
    ]
    for (const [modifyBody, body, status, errors] of table) {
      it(`${modifyBody}: ${JSON.stringify(body)}`, () => {
        const s = session({ modifyBody })
        const answer = modify(s, added(s), body)
        assert.deepStrictEqual([answer.status, at(answer.body, 'errors')], [status, errors])
      })
    }
  })

  describe('modify', () => {
    const body = { sbcSiteName: 'branch-07', sbcId: 5, CarrierUserName: 'u-2' }
    const partial = {
      configurationType: 1,
      enableCac: false,
      cacProfile: '5 sessions',
      carrierUserName: 'u-2',
      carrierUserPassword: 'made-up',
      proxySet: 'SIPTrunk',
      onboardingScript: 12001,
      customerVariables: { Carrier: 'Blue', Extra: 'x' },
      configureM365Routing: false
    }
    const pick = (from: object, like: object) =>
      Object.fromEntries(Object.keys(like).map((name) => [name, (from as Record<string, unknown>)[name]]))

    it('partial: keeps what is left out', () => {
      const s = session({ modify: 'partial' })
      const guid = added(s)
      modify(s, guid, { enableCAC: false })
      modify(s, guid, body)
      assert.deepStrictEqual(pick(kept(s, guid), partial), partial)
    })

    it('full: puts what is left out back to its default', () => {
      const result = site({ modify: 'full' }, body)
      const expected = {
        configurationType: 0,
        enableCac: true,
        cacProfile: null,
        carrierUserName: 'u-2',
        carrierUserPassword: null,
        proxySet: null,
        onboardingScript: null,
        customerVariables: {},
        configureM365Routing: true
      }
      assert.deepStrictEqual([result.status, pick(result.site, expected)], [200, expected])
    })

    it('full: the documented table cannot lose the proxy set, having no place for it', () => {
      assert.strictEqual(site({ modify: 'full', modifyBody: 'fields' }, body).site.proxySet, 'SIPTrunk')
    })

    it('full: asks for name and SBC', () => {
      const s = session({ modify: 'full' })
      const answer = modify(s, added(s), { enableCAC: true })
      const required = ['The field is required.']
      assert.deepStrictEqual(at(answer.body, 'errors'), { sbcSiteName: required, sbcId: required })
    })
  })

  describe('clearing', () => {
    const table: readonly [Switches['clearing'], string | null, string | null][] = [
      ['both', '', ''],
      ['both', null, null],
      ['empty', '', ''],
      ['empty', null, '5 sessions'],
      ['null', '', '5 sessions'],
      ['null', null, null],
      ['ignored', '', '5 sessions'],
      ['ignored', null, '5 sessions']
    ]
    for (const [clearing, CacProfile, expected] of table) {
      for (const modifying of ['partial', 'full'] as const) {
        it(`${clearing}, ${modifying}: ${JSON.stringify(CacProfile)}`, () => {
          const body = { sbcSiteName: 'branch-07', sbcId: 5, CacProfile }
          assert.strictEqual(site({ clearing, modify: modifying }, body).site.cacProfile, expected)
        })
      }
    }
  })

  describe('variables', () => {
    const old = { Carrier: 'Blue', Extra: 'x' }
    const table: readonly [Switches['variables'], object, object][] = [
      ['replace', { sbcScripts: { customerVariables: { Extra: 'y' } } }, { Extra: 'y' }],
      ['replace', { sbcScripts: { customerVariables: {} } }, {}],
      ['replace', { scriptParameters: { Extra: 'y' } }, { Extra: 'y' }],
      ['replace', { scriptParameters: { CacProfile: 'c' } }, old],
      ['merge', { sbcScripts: { customerVariables: { Extra: 'y' } } }, { Carrier: 'Blue', Extra: 'y' }],
      ['merge', { sbcScripts: { customerVariables: {} } }, old]
    ]
    for (const [variables, body, expected] of table) {
      it(`${variables}: ${JSON.stringify(body)}`, () => {
        assert.deepStrictEqual(site({ variables }, body).site.customerVariables, expected)
      })
    }
  })

  it('unknownFields', () => {
    const body = { ...least, colour: 'blue', enableCAC: true }
    const status = (unknownFields: Switches['unknownFields']) =>
      session({ unknownFields }).send('POST', `v2/customer/${acme}/sitelocation/`, body).status
    assert.deepStrictEqual([status('refused'), status('ignored')], [400, 200])
  })

  it('duplicateNames', () => {
    const s = session({ duplicateNames: 'allowed' })
    const [first, second] = [added(s), added(s)]
    const ids = () => (s.send('GET', `v2/customer/${acme}`).body as { SiteLocation: { id: string }[] }).SiteLocation
    assert.deepStrictEqual(
      ids().map(({ id }) => id),
      [first, second]
    )
    s.send('DELETE', `v2/sitelocation/${first}`)
    s.state = { ...s.state, switches: { ...s.state.switches, duplicateNames: 'refused' } }
    assert.strictEqual(s.send('POST', `v2/customer/${acme}/sitelocation/`, most).status, 409)
    s.send('DELETE', `v2/sitelocation/${second}`)
    assert.strictEqual(s.send('POST', `v2/customer/${acme}/sitelocation/`, most).status, 200)
  })

  it('addAnswer', () => {
    const answer = (addAnswer: Switches['addAnswer']) => {
      const s = session({ addAnswer })
      const { body } = s.send('POST', `v2/customer/${acme}/sitelocation/`, least)
      return [typeof body === 'object' && body !== null ? Object.keys(body) : body, s.state.sites.size]
    }
    assert.deepStrictEqual(answer('siteGuid'), [['customerGuid', 'siteGuid', 'executionMessages'], 2])
    assert.deepStrictEqual(answer('withoutSiteGuid'), [['customerGuid', 'executionMessages'], 2])
    assert.deepStrictEqual(answer('bare'), [1, 2])
  })

  it('addTaskMs and pendingTaskShape: a task is pending, the SBC being programmed', () => {
    const messages = (body: unknown) =>
      (body as { executionMessages: { message: string }[] }).executionMessages.map(({ message }) => message)
    const s = session({ addTaskMs: 500, modifyTaskMs: 100 })
    s.now = 1000
    const { body } = s.send('POST', `v2/customer/${acme}/sitelocation/`, least)
    assert.deepStrictEqual(messages(body), [
      'Checking SBC IP Group Programming.',
      'SBC not programmed yet.',
      'Starting SBC Programming.',
      'Site location information saved.'
    ])
    const guid = String(at(body, 'siteGuid'))
    const look = (now: number) => {
      s.now = now
      const shown = get(s, guid)
      return [shown['pendingTasks'], shown['sbcDeploymentState']]
    }
    const status = () => at(s.send('GET', 'v2/task/tsk_1003').body, 'status')
    assert.deepStrictEqual(look(1499), [['tsk_1003'], 2])
    assert.strictEqual(status(), 'InProgress')
    s.state = { ...s.state, switches: { ...s.state.switches, pendingTaskShape: 'object' } }
    assert.deepStrictEqual(look(1499), [[{ id: 'tsk_1003', status: 'InProgress', type: 'add' }], 2])
    assert.deepStrictEqual(look(1500), [[], 3])
    assert.strictEqual(status(), 'CompletedSuccess')

    assert.deepStrictEqual(messages(modify(s, guid, { sbcId: 3 }).body), [
      'Skipping SBC CheckIpGroupProgramming.',
      'Starting SBC Programming.',
      'Site location information saved.'
    ])
    assert.deepStrictEqual(look(1599)[1], 2)
    assert.deepStrictEqual(look(1600), [[], 3])
  })

  it('addVisibleAfterMs and detailsVisibleAfterMs', () => {
    const s = session({ addVisibleAfterMs: 100, detailsVisibleAfterMs: 200 })
    const guid = added(s)
    const look = (now: number) => {
      s.now = now
      const details = s.send('GET', `v2/customer/${acme}`).body as { SiteLocation: unknown[] }
      return [s.send('GET', `v2/sitelocation/${guid}`).status, details.SiteLocation.length]
    }
    assert.deepStrictEqual(
      [look(99), look(100), look(199), look(200)],
      [
        [404, 0],
        [200, 0],
        [200, 0],
        [200, 1]
      ]
    )
  })

  describe('deleteTask', () => {
    const story = (switches: Partial<Switches>, times: readonly number[]) => {
      const s = session({ deleteTaskMs: 100, ...switches })
      const guid = added(s)
      const task = String(at(s.send('DELETE', `v2/sitelocation/${guid}`).body, 'sbcCleanupTaskId'))
      return times.map((now) => {
        s.now = now
        const answer = s.send('GET', `v2/task/${task}`)
        const details = s.send('GET', `v2/customer/${acme}`).body as { SiteLocation: unknown[] }
        return [
          answer.status === 200 ? at(answer.body, 'status') : answer.status,
          s.send('GET', `v2/sitelocation/${guid}`).status,
          details.SiteLocation.length
        ]
      })
    }
    it('ok: the site stays until the task is done', () => {
      assert.deepStrictEqual(story({}, [99, 100]), [
        ['InProgress', 200, 1],
        ['CompletedSuccess', 404, 0]
      ])
    })
    it('fails: the site stays', () => {
      assert.deepStrictEqual(story({ deleteTask: 'fails' }, [99, 100]), [
        ['InProgress', 200, 1],
        ['Failed', 200, 1]
      ])
    })
    it('never: nothing ever ends', () => {
      assert.deepStrictEqual(story({ deleteTask: 'never' }, [99, 1e12]), [
        ['InProgress', 200, 1],
        ['InProgress', 200, 1]
      ])
    })
    it('vanishes: no task to ask for, the site goes', () => {
      assert.deepStrictEqual(story({ deleteTask: 'vanishes' }, [99, 100]), [
        [404, 200, 1],
        [404, 404, 0]
      ])
    })
    it('a running task has no time of completion', () => {
      const s = session({ deleteTask: 'never' })
      const task = String(at(s.send('DELETE', `v2/sitelocation/${added(s)}`).body, 'sbcCleanupTaskId'))
      const running = {
        id: task,
        status: 'InProgress',
        details: [null],
        executionMessages: [],
        outputData: {},
        createTime: '1970-01-01T00:00:00.000Z',
        completeTime: '0001-01-01T00:00:00',
        cancellationRequested: false
      }
      assert.deepStrictEqual(s.send('GET', `v2/task/${task}`).body, running)
      const timed = session({ deleteTaskMs: 10 })
      const other = String(at(timed.send('DELETE', `v2/sitelocation/${added(timed)}`).body, 'sbcCleanupTaskId'))
      assert.deepStrictEqual(timed.send('GET', `v2/task/${other}`).body, { ...running, id: other })
    })
    it('a failed task says why', () => {
      const s = session({ deleteTask: 'fails' })
      const task = at(s.send('DELETE', `v2/sitelocation/${added(s)}`).body, 'sbcCleanupTaskId')
      assert.deepStrictEqual(at(s.send('GET', `v2/task/${String(task)}`).body, 'executionMessages'), [
        { level: 'Error', message: 'The SBC cleanup script failed.' }
      ])
    })
    it('a second deletion names the running task; a modification is refused meanwhile, and the name is taken', () => {
      const s = session({ deleteTaskMs: 100 })
      const guid = added(s)
      const first = s.send('DELETE', `v2/sitelocation/${guid}`)
      assert.deepStrictEqual(s.send('DELETE', `v2/sitelocation/${guid}`), first)
      assert.deepStrictEqual(get(s, guid)['pendingTasks'], [at(first.body, 'sbcCleanupTaskId')])
      assert.strictEqual(modify(s, guid, { sbcId: 3 }).status, 409)
      assert.strictEqual(s.send('POST', `v2/customer/${acme}/sitelocation/`, most).status, 409)
      s.now = 100
      assert.strictEqual(s.send('POST', `v2/customer/${acme}/sitelocation/`, most).status, 200)
    })
    it('several deletions end each at its time', () => {
      const s = session({ deleteTaskMs: 100 })
      const guids = ['a', 'b', 'c'].map((siteLocationName) => added(s, { ...most, siteLocationName }))
      guids.forEach((guid, i) => {
        s.now = i * 50
        s.send('DELETE', `v2/sitelocation/${guid}`)
      })
      const left = [100, 149, 150, 200].map((now) => {
        s.now = now
        s.send('GET', 'v2/customer')
        return s.state.sites.size - 1
      })
      assert.deepStrictEqual(left, [2, 2, 1, 0])
      assert.deepStrictEqual([s.state.due, s.state.nextDueAt], [[], Infinity])
    })
  })

  it('latencyMs: every answer is to be delayed', () => {
    const [, answer] = step(initialState({ latencyMs: 70 }), request('GET', 'v2/nothing'))
    assert.strictEqual(answer.delayMs, 70)
  })

  it('unknown switches and values are refused with what is possible', () => {
    const why = (changes: object) => {
      try {
        initialState(changes)
        return 'taken'
      } catch (cause) {
        return (cause as Error).message
      }
    }
    assert.deepStrictEqual(
      [
        { colour: 1 },
        { toString: 1 },
        { states: 'x' },
        { latencyMs: '5.5' },
        { latencyMs: -1 },
        { latencyMs: '' },
        { latencyMs: null },
        { gatewayPrefix: 'yes' }
      ].map(why),
      [
        `There is no switch "colour": choose one of ${switchNames.join(', ')}.`,
        `There is no switch "toString": choose one of ${switchNames.join(', ')}.`,
        'Switch "states" cannot be "x": possible is documented, strings, integers.',
        'Switch "latencyMs" cannot be "5.5": possible is a whole number from 0.',
        'Switch "latencyMs" cannot be -1: possible is a whole number from 0.',
        'Switch "latencyMs" cannot be "": possible is a whole number from 0.',
        'Switch "latencyMs" cannot be null: possible is a whole number from 0.',
        'Switch "gatewayPrefix" cannot be "yes": possible is true, false.'
      ]
    )
    const { switches } = initialState({ latencyMs: '7', gatewayPrefix: 'false' } as object)
    assert.deepStrictEqual([switches.latencyMs, switches.gatewayPrefix], [7, false])
  })
})
