import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, OTHER_SITE_GUID, pastTaskIds, startSimulator, tenants } from '../../simulator'
import type { Fault, FaultRule, Simulator } from '../../simulator'
import { exchange } from './http'
import type { Seen } from './http'
import { acme, contoso, least, most } from './support'

describe('simulator: faults over HTTP', () => {
  let simulator: Simulator

  beforeEach(async () => {
    simulator = await startSimulator()
  })
  afterEach(() => simulator.close())

  const addPath = `/tenantui/api/v2/customer/${acme}/sitelocation/`
  const add = (body: object = least) => exchange(simulator.origin, 'POST', addPath, body)
  const read = (guid = HEADQUARTERS_GUID) => exchange(simulator.origin, 'GET', `/tenantui/api/v2/sitelocation/${guid}`)
  const names = () => simulator.state().sites.map(({ name }) => name)
  const untouched = ['headquarters']
  const touched = ['headquarters', 'branch-07']

  /** Add under a fault: what was seen, and which sites there are afterwards. */
  const under = async (fault: Fault): Promise<{ seen: Seen | string; sites: readonly string[] }> => {
    simulator.addFault({ fault })
    return { seen: await add(), sites: names() }
  }
  const answered = (seen: Seen | string): Seen => {
    if (typeof seen === 'string') throw new Error(`no answer but ${seen}`)
    return seen
  }
  const shape = (seen: Seen | string) => {
    const { status, text, broken, headers } = answered(seen)
    return { status, text, broken, type: headers['content-type'] }
  }

  it('status: with a JSON body and Retry-After, no effect', async () => {
    const { seen, sites } = await under({ kind: 'status', status: 503, body: { a: 1 }, retryAfter: '7' })
    assert.deepStrictEqual(
      [shape(seen), answered(seen).headers['retry-after'], sites],
      [{ status: 503, text: '{"a":1}', broken: null, type: 'application/json; charset=utf-8' }, '7', untouched]
    )
  })

  it('status: with a text body, its type, and without a body', async () => {
    const text = await under({ kind: 'status', status: 500, body: 'no', contentType: 'text/x' })
    const typed = await under({ kind: 'status', status: 500, body: [], contentType: 'application/problem+json' })
    assert.deepStrictEqual([shape(typed.seen).type, shape(typed.seen).text], ['application/problem+json', '[]'])
    assert.deepStrictEqual(shape(text.seen), { status: 500, text: 'no', broken: null, type: 'text/x' })
    const plain = await under({ kind: 'status', status: 429 })
    assert.deepStrictEqual(JSON.parse(answered(plain.seen).text), { status: 429, title: 'Scripted failure' })
    const nothing = await under({ kind: 'status', status: 204 })
    const { status, text: none, headers } = answered(nothing.seen)
    assert.deepStrictEqual([status, none, headers['content-length']], [204, '', undefined])
    assert.deepStrictEqual(nothing.sites, untouched)
  })

  it('statusAfterEffect: effect', async () => {
    const { seen, sites } = await under({ kind: 'statusAfterEffect', status: 504 })
    assert.deepStrictEqual([answered(seen).status, sites], [504, touched])
  })

  it('html: no effect', async () => {
    const { seen, sites } = await under({ kind: 'html', status: 502 })
    assert.deepStrictEqual(
      [answered(seen).status, answered(seen).headers['content-type'], sites],
      [502, 'text/html', untouched]
    )
    assert.match(answered(seen).text, /^<html>/)
  })

  it('resetBefore: no effect', async () => {
    assert.deepStrictEqual(await under({ kind: 'resetBefore' }), { seen: 'ECONNRESET', sites: untouched })
    assert.deepStrictEqual([simulator.requests()[0]?.status, simulator.requests()[0]?.fault], [null, 'resetBefore'])
  })

  it('resetAfter: effect', async () => {
    assert.deepStrictEqual(await under({ kind: 'resetAfter' }), { seen: 'ECONNRESET', sites: touched })
    assert.deepStrictEqual([simulator.requests()[0]?.status, simulator.requests()[0]?.fault], [null, 'resetAfter'])
  })

  it('halfBody: effect; less than announced', async () => {
    const { seen, sites } = await under({ kind: 'halfBody' })
    const { status, text, broken, headers } = answered(seen)
    assert.deepStrictEqual([status, broken, sites], [200, 'ECONNRESET', touched])
    assert.strictEqual(text.length, Math.floor(Number(headers['content-length']) / 2))
  })

  it('slowBody: effect; the whole body, in pieces', async () => {
    const { seen, sites } = await under({ kind: 'slowBody', ms: 100 })
    const { status, text, broken, pieces } = answered(seen)
    assert.deepStrictEqual([status, broken, pieces > 1, sites], [200, null, true, touched])
    assert.strictEqual((JSON.parse(text) as { customerGuid: unknown }).customerGuid, acme)
  })

  it('delay: effect at arrival, the answer later', async () => {
    simulator.addFault({ match: { method: 'POST' }, fault: { kind: 'delay', ms: 200 } })
    const order: string[] = []
    const slow = add().then(() => order.push('add'))
    while (simulator.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.deepStrictEqual(names(), touched)
    await read().then(() => order.push('read'))
    await slow
    assert.deepStrictEqual(order, ['read', 'add'])
    assert.deepStrictEqual(
      simulator.requests().map(({ concurrency }) => concurrency),
      [1, 2]
    )
  })

  it('emptyBody: effect', async () => {
    const { seen, sites } = await under({ kind: 'emptyBody' })
    assert.deepStrictEqual([shape(seen), sites], [{ status: 200, text: '', broken: null, type: undefined }, touched])
  })

  it('notJson: effect', async () => {
    const { seen, sites } = await under({ kind: 'notJson' })
    assert.deepStrictEqual(
      [shape(seen), sites],
      [{ status: 200, text: 'not { json', broken: null, type: 'application/json; charset=utf-8' }, touched]
    )
  })

  it('wrongShape: effect; every value of another type', async () => {
    const { seen, sites } = await under({ kind: 'wrongShape' })
    assert.deepStrictEqual(
      [JSON.parse(answered(seen).text), sites],
      [{ customerGuid: 42, siteGuid: 42, executionMessages: 'list' }, touched]
    )
    simulator.addFault({ fault: { kind: 'wrongShape' } })
    const shown = JSON.parse(answered(await read()).text) as Record<string, unknown>
    assert.deepStrictEqual(
      [shown['siteName'], shown['pendingTasks'], shown['sbcDeploymentState'], shown['m365DeploymentState']],
      [42, 'list', {}, null]
    )
  })

  const failed = (message: string) => [
    { level: 'Information', message: 'Starting SBC Programming.' },
    { level: 'Error', message }
  ]

  it('errorMessage with effect: 200, the site is made and its deployment failed', async () => {
    const { seen, sites } = await under({ kind: 'errorMessage', effect: true })
    const { siteGuid, ...rest } = JSON.parse(answered(seen).text) as { siteGuid: string }
    assert.deepStrictEqual(
      [answered(seen).status, rest, sites, simulator.site(siteGuid)?.sbcState],
      [200, { customerGuid: acme, executionMessages: failed('SBC programming failed.') }, touched, 'Failed']
    )
  })

  it('errorMessage with effect, when Add does not name the site', async () => {
    simulator.setSwitches({ addAnswer: 'bare' })
    const { seen } = await under({ kind: 'errorMessage', effect: true })
    assert.deepStrictEqual(
      [JSON.parse(answered(seen).text), simulator.state().sites.map(({ sbcState }) => sbcState)],
      [{ executionMessages: failed('SBC programming failed.') }, ['Deployed', 'Failed']]
    )
  })

  it('errorMessage without effect: 200, no site, and none is named', async () => {
    const { seen, sites } = await under({ kind: 'errorMessage', effect: false, message: 'no room' })
    assert.deepStrictEqual(
      [answered(seen).status, JSON.parse(answered(seen).text), sites],
      [200, { customerGuid: acme, executionMessages: failed('no room') }, untouched]
    )
  })

  it('errorMessage on Modify: the site asked for is named; changed or not; the next Modify mends it', async () => {
    await add(most)
    const guid = simulator.state().sites[1]?.guid ?? 'no site'
    const patch = (CacProfile: string) => exchange(simulator.origin, 'PATCH', addPath + guid, { CacProfile })
    const look = () => [simulator.site(guid)?.cacProfile, simulator.site(guid)?.sbcState]

    simulator.addFault({ fault: { kind: 'errorMessage', effect: false } })
    const answer = { customerGuid: acme, siteGuid: guid, executionMessages: failed('SBC programming failed.') }
    assert.deepStrictEqual(JSON.parse(answered(await patch('10 sessions')).text), answer)
    assert.deepStrictEqual(look(), ['5 sessions', 'Deployed'])

    simulator.addFault({ fault: { kind: 'errorMessage', effect: true } })
    assert.deepStrictEqual(JSON.parse(answered(await patch('10 sessions')).text), answer)
    assert.deepStrictEqual(look(), ['10 sessions', 'Failed'])

    await patch('20 sessions')
    assert.deepStrictEqual(look(), ['20 sessions', 'Deployed'])
  })

  it('errorMessage in place of a list: the messages alone', async () => {
    simulator.addFault({ fault: { kind: 'errorMessage', effect: true, message: 'busy' } })
    const seen = await exchange(simulator.origin, 'GET', '/tenantui/api/v2/scripttemplates')
    assert.deepStrictEqual(Object.keys(JSON.parse(answered(seen).text) as object), ['executionMessages'])
  })

  it('errorMessage marks the site that was modified, wherever its id stands, and none that was only read', async () => {
    await add()
    simulator.setSwitches({ siteIdPlacement: 'query' })
    simulator.addSite({ customerGuid: contoso, name: 'newer' })
    const states = () => simulator.state().sites.map(({ sbcState }) => sbcState)
    simulator.addFault({ fault: { kind: 'errorMessage', effect: true } })
    await read()
    assert.deepStrictEqual(states(), ['Deployed', 'Deployed', 'Deployed'])
    simulator.addFault({ fault: { kind: 'errorMessage', effect: true } })
    const path = `/tenantui/api/v2/customer/${contoso.toUpperCase()}/sitelocation/?sbcSiteGuid=${HEADQUARTERS_GUID}`
    await exchange(simulator.origin, 'PATCH', path, { sbcId: 5 })
    assert.deepStrictEqual(states(), ['Failed', 'Deployed', 'Deployed'])
  })

  it('errorMessage leaves a refusal as it is', async () => {
    simulator.addFault({ fault: { kind: 'errorMessage', effect: true } })
    assert.strictEqual(answered(await add({})).status, 400)
  })

  it('otherSite: effect; another site, customer or both are named', async () => {
    const named = async (fault: Fault, name: string) => {
      simulator.addFault({ fault })
      const { customerGuid, siteGuid } = JSON.parse(
        answered(await add({ ...least, siteLocationName: name })).text
      ) as Record<string, string>
      const own = simulator.state().sites.find((site) => site.name === name)?.guid
      return [customerGuid, siteGuid === own ? 'own' : siteGuid]
    }
    assert.deepStrictEqual(await named({ kind: 'otherSite' }, 'a'), [acme, OTHER_SITE_GUID])
    assert.deepStrictEqual(await named({ kind: 'otherSite', siteGuid: HEADQUARTERS_GUID }, 'b'), [
      acme,
      HEADQUARTERS_GUID
    ])
    assert.deepStrictEqual(await named({ kind: 'otherSite', customerGuid: OTHER_SITE_GUID }, 'c'), [
      OTHER_SITE_GUID,
      'own'
    ])
    assert.deepStrictEqual(await named({ kind: 'otherSite', siteGuid: 'x', customerGuid: 'y' }, 'd'), ['y', 'x'])
  })

  it('otherSite on Get: another name, or the other site as it is', async () => {
    await add()
    const guid = simulator.state().sites[1]?.guid ?? 'no site'
    const whole = JSON.parse(answered(await read()).text) as object
    simulator.addFault({ fault: { kind: 'otherSite' } })
    assert.deepStrictEqual(JSON.parse(answered(await read()).text), { ...whole, siteName: 'another-site' })
    simulator.addFault({ fault: { kind: 'otherSite', siteGuid: HEADQUARTERS_GUID } })
    assert.deepStrictEqual(JSON.parse(answered(await read(guid)).text), whole)
  })

  it('otherSite leaves refusals and lists as they are', async () => {
    simulator.addFault({ times: 2, fault: { kind: 'otherSite' } })
    assert.strictEqual(answered(await add({})).status, 400)
    const list = answered(await exchange(simulator.origin, 'GET', '/tenantui/api/v2/customer')).text
    assert.strictEqual((JSON.parse(list) as unknown[]).length, 4)
  })

  it('status: Retry-After as a date, whole seconds from the request on', async () => {
    const { seen } = await under({ kind: 'status', status: 429, retryAfterDate: 2 })
    const date = answered(seen).headers['retry-after'] ?? ''
    const at = simulator.requests()[0]?.at ?? 0
    assert.match(date, /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/)
    assert.strictEqual(Date.parse(date), Math.ceil(at / 1000 + 2) * 1000)
  })

  it('task: effect; Get lists it, Delete names it, and other answers stay as they are', async () => {
    const fault: Fault = { kind: 'task', taskId: 'tsk_x' }
    const { seen } = await under(fault)
    assert.deepStrictEqual(Object.keys(JSON.parse(answered(seen).text) as object), [
      ...['customerGuid', 'siteGuid', 'executionMessages']
    ])
    assert.deepStrictEqual(names(), touched)
    simulator.addFault({ fault, times: 2 })
    const shown = (): Promise<unknown> => read().then((got) => JSON.parse(answered(got).text) as unknown)
    assert.deepStrictEqual(await shown(), { ...((await shown()) as object), pendingTasks: ['tsk_x'] })
    simulator.clearFaults()
    assert.deepStrictEqual(((await shown()) as { pendingTasks: unknown }).pendingTasks, [])
    simulator.addFault({ fault })
    const path = `/tenantui/api/v2/sitelocation/${HEADQUARTERS_GUID}`
    assert.deepStrictEqual(JSON.parse(answered(await exchange(simulator.origin, 'DELETE', path)).text), {
      status: true,
      msg: 'queued',
      sbcCleanupTaskId: 'tsk_x',
      o365CleanupTask: 'tsk_0'
    })
    assert.deepStrictEqual(names(), ['branch-07'])
    simulator.addFault({ fault })
    assert.strictEqual(answered(await exchange(simulator.origin, 'DELETE', path)).status, 404)
  })

  describe('on the calls of services', () => {
    const service = {
      shortName: 'fabrikam',
      siteLocation: { sbcId: 5, sbcOnboardingScript: 12001, sbcCleanupScript: 12002 },
      ovocCustomerType: 'IPGROUP_TYPE',
      msTenantId: tenants.globex
    }
    const fromLead = {
      configurationName: 'OcEssential_TENANT_TYPE',
      customerShortName: 'fabrikam',
      msTenantId: tenants.globex
    }
    const send = async (method: string, path: string, body?: unknown): Promise<unknown> =>
      JSON.parse(answered(await exchange(simulator.origin, method, `/tenantui/api/${path}`, body)).text)
    const services = () => simulator.state().customers.length - 4
    const statusOf = async (id: unknown) =>
      answered(await exchange(simulator.origin, 'GET', `/tenantui/api/v2/task/${String(id)}`)).text

    const outcomes: readonly ['fails' | 'never' | 'vanishes', RegExp, number][] = [
      ['fails', /"status":"Failed"/, 0],
      ['never', /"status":"InProgress"/, 0],
      ['vanishes', /^"Task with .* not found"$/, 1]
    ]
    for (const [outcome, status, made] of outcomes) {
      it(`task: one job ${outcome}, and the next one does not`, async () => {
        simulator.addFault({ match: { method: 'POST', path: 'v3/customer' }, fault: { kind: 'task', outcome } })
        const { jobId } = (await send('POST', 'v3/customer', fromLead)) as { jobId: string }
        assert.match(await statusOf(jobId), status)
        assert.strictEqual(services(), made)
        assert.strictEqual(simulator.switches().serviceTask, 'ok')
        if (made === 1) return
        const again = (await send('POST', 'v3/customer', fromLead)) as { jobId: string }
        assert.match(await statusOf(again.jobId), /"status":"CompletedSuccess"/)
        assert.strictEqual(services(), 1)
      })
    }

    it('task: one deletion of a connection fails', async () => {
      simulator.addFault({ match: { customer: contoso }, fault: { kind: 'task', outcome: 'fails' } })
      const answer = await send('DELETE', `v2/sitelocation/${HEADQUARTERS_GUID}`)
      const { sbcCleanupTaskId } = answer as { sbcCleanupTaskId: string }
      assert.match(await statusOf(sbcCleanupTaskId), /"status":"Failed"/)
      assert.deepStrictEqual(names(), ['headquarters'])
    })

    it('task: a job and a bare task under another id; the effect is there', async () => {
      simulator.setSwitches({ createServiceAnswer: 'task' })
      simulator.addFault({ times: 2, fault: { kind: 'task', taskId: 'tsk_x' } })
      assert.deepStrictEqual(
        [
          await send('POST', 'v2/customer', service),
          await send('POST', 'v3/customer', { ...fromLead, customerShortName: 'other' })
        ],
        ['tsk_x', { jobId: 'tsk_x' }]
      )
      assert.strictEqual(services(), 2)
    })

    it('otherSite: another service in a bare guid, in details, in a task; another dial plan', async () => {
      simulator.addFault({ fault: { kind: 'otherSite' } })
      assert.strictEqual(await send('POST', 'v2/customer', service), OTHER_SITE_GUID)
      assert.strictEqual(services(), 1)
      const guid = simulator.state().customers[4]?.guid ?? 'no service'
      const fault: Fault = { kind: 'otherSite', customerGuid: contoso }
      const under = async (path: string) => {
        simulator.addFault({ fault })
        return (await send('GET', path)) as Record<string, unknown>
      }
      assert.strictEqual((await under(`v3/customer/${guid}`))['UmpCustomerGuid'], contoso)
      assert.deepStrictEqual((await under(`v2/task/${pastTaskIds.conversion}`))['outputData'], {
        umpCustomerGuid: contoso
      })
      const plan = await under(`v2/customer/${contoso}/sitelocation/${HEADQUARTERS_GUID}/dialplan/Zoom`)
      assert.deepStrictEqual(plan, { dialPlanId: 'AnotherDialPlan', ruleDTO: [] })
    })

    it('errorMessage: 200 with an error inside, with the service or without; one that was not made is not named', async () => {
      simulator.setSwitches({ createServiceAnswer: 'object' })
      const executionMessages = [
        { level: 'Information', message: 'Starting SBC Programming.' },
        { level: 'Error', message: 'no' }
      ]
      const fail = (effect: boolean) => {
        simulator.addFault({ fault: { kind: 'errorMessage', effect, message: 'no' } })
        return send('POST', 'v2/customer', service)
      }
      assert.deepStrictEqual([await fail(false), services()], [{ executionMessages }, 0])
      const answer = await fail(true)
      const umpCustomerGuid = simulator.state().customers[4]?.guid
      assert.deepStrictEqual(answer, { umpCustomerGuid, executionMessages })
    })

    it('match.customer: licenses, dial plans and deletions of one service', async () => {
      simulator.addFault({ match: { customer: contoso }, times: 'always', fault: { kind: 'status', status: 503 } })
      const calls = (guid: string): readonly (readonly [string, string])[] => [
        ['PATCH', `v3/customer/${guid}`],
        ['POST', `v2/customer/${guid}/action/upgrade`],
        ['PATCH', `v2/customer/${guid}/sitelocation/${HEADQUARTERS_GUID}/dialplan/Zoom`],
        ['DELETE', `v2/customer/${guid}`]
      ]
      const struck = async (guid: string) => {
        simulator.clearRequests()
        for (const [method, path] of calls(guid)) await send(method, path, method === 'DELETE' ? undefined : {})
        return simulator.requests().map(({ fault }) => fault)
      }
      assert.deepStrictEqual(await struck(contoso), ['status', 'status', 'status', 'status'])
      assert.deepStrictEqual(await struck(acme), [null, null, null, null])
    })
  })

  it('halfBody and slowBody of an answer without a body: the answer', async () => {
    for (const fault of [{ kind: 'halfBody' }, { kind: 'slowBody', ms: 5 }] as const) {
      simulator.addFault({ fault })
      assert.deepStrictEqual(shape(await exchange(simulator.origin, 'GET', '/tenantui/api/v2/nothing')), {
        status: 404,
        text: '',
        broken: null,
        type: undefined
      })
    }
  })

  describe('which requests are struck', () => {
    const teapot: Fault = { kind: 'status', status: 418 }
    const statuses = async (rules: readonly FaultRule[], requests: readonly (() => Promise<Seen | string>)[]) => {
      rules.forEach((rule) => simulator.addFault(rule))
      const seen: number[] = []
      for (const request of requests) seen.push(answered(await request()).status)
      return seen
    }
    const details = () => exchange(simulator.origin, 'GET', `/tenantui/api/v3/customer/${acme}?allDetails=true`)

    it('one, when not told otherwise', async () => {
      assert.deepStrictEqual(await statuses([{ fault: teapot }], [read, read]), [418, 200])
    })
    it('by method, in any case', async () => {
      assert.deepStrictEqual(
        await statuses([{ match: { method: 'post' }, fault: teapot }], [read, add, add]),
        [200, 418, 200]
      )
    })
    it('by a part of the path or of the query', async () => {
      const rules = [{ match: { path: '/sitelocation/' }, fault: teapot }]
      assert.deepStrictEqual(await statuses(rules, [details, read]), [200, 418])
      assert.deepStrictEqual(
        await statuses([{ match: { path: '?allDetails' }, fault: teapot }], [read, details]),
        [200, 418]
      )
    })
    it('by a regular expression, as a text and as an object', async () => {
      assert.deepStrictEqual(
        await statuses([{ match: { path: 'v[3]/cust' }, fault: teapot }], [read, details]),
        [200, 418]
      )
      assert.deepStrictEqual(
        await statuses([{ match: { path: /v\d\/cust/ }, fault: teapot }], [read, details]),
        [200, 418]
      )
    })
    it('by the customer in the path, or of the connection in it, also one that was made since', async () => {
      const rule: FaultRule = { match: { customer: acme.toUpperCase() }, times: 'always', fault: teapot }
      const made = () => read(simulator.state().sites[1]?.guid ?? 'no site')
      simulator.addFault({ ...rule, match: { method: 'GET', customer: acme } })
      assert.deepStrictEqual(await statuses([], [read, add, made, details]), [200, 200, 418, 418])
      simulator.clearFaults()
      assert.deepStrictEqual(await statuses([rule], [read, made, details, add]), [200, 418, 418, 418])
    })
    it('from the nth on, as many as told', async () => {
      const rules = [{ match: { nth: 2 }, times: 2, fault: teapot }]
      assert.deepStrictEqual(await statuses(rules, [read, read, read, read]), [200, 418, 418, 200])
    })
    it('always', async () => {
      assert.deepStrictEqual(await statuses([{ times: 'always', fault: teapot }], [read, read, read]), [418, 418, 418])
      simulator.clearFaults()
      assert.deepStrictEqual(await statuses([], [read]), [200])
    })
    it('one rule after the other, in the order in which they were added', async () => {
      const rules: FaultRule[] = [
        { fault: { kind: 'status', status: 500 } },
        { fault: { kind: 'status', status: 501 } }
      ]
      assert.deepStrictEqual(await statuses(rules, [read, read, read]), [500, 501, 200])
    })
    it('token requests too', async () => {
      simulator.addFault({ match: { path: 'oauth2' }, fault: teapot })
      const { pathname } = new URL(simulator.tokenUrl)
      assert.strictEqual(answered(await exchange(simulator.origin, 'POST', pathname)).status, 418)
    })
  })

  it('a rule that makes no sense is refused', () => {
    const why = (rule: unknown) => {
      try {
        simulator.addFault(rule as FaultRule)
        return 'taken'
      } catch (cause) {
        return (cause as Error).message
      }
    }
    const kinds =
      'status, statusAfterEffect, delay, slowBody, resetBefore, resetAfter, halfBody, emptyBody, notJson, wrongShape, html, errorMessage, otherSite, task'
    const reset = { kind: 'resetAfter' }
    assert.deepStrictEqual(
      [
        why(null),
        why({}),
        why({ fault: { kind: 'x' } }),
        why({ fault: { kind: 'delay' } }),
        why({ fault: { kind: 'delay', ms: -1 } }),
        why({ fault: { kind: 'delay', ms: '1' } }),
        why({ fault: { kind: 'status', status: 199 } }),
        why({ fault: { kind: 'status', status: 600 } }),
        why({ fault: { kind: 'errorMessage', effect: 'yes' } }),
        why({ fault: { kind: 'status', status: 503, retryAfter: 'a\nb' } }),
        why({ fault: { kind: 'status', status: 503, retryAfterDate: 0 } }),
        why({ fault: { kind: 'task' } }),
        why({ fault: reset, match: { customer: 7 } }),
        why({ fault: { ...reset, ms: 1 } }),
        why({ fault: reset, times: 0 }),
        why({ fault: reset, match: { nth: 0 } }),
        why({ fault: reset, match: { url: '/' } }),
        why({ fault: reset, match: { path: '(', nth: 1 }, times: 1 }),
        why({ fault: { kind: 'errorMessage', effect: false } }),
        why({ fault: { kind: 'delay', ms: 0 } }),
        why({ fault: { kind: 'html', status: 200 } }),
        why({ fault: { kind: 'html', status: 599 } })
      ],
      [
        'A fault rule must be an object.',
        'A fault rule: "fault" must be an object.',
        `A fault must have a kind, one of ${kinds}.`,
        'Fault "delay": "ms" must be a number of milliseconds.',
        'Fault "delay": "ms" must be a number of milliseconds.',
        'Fault "delay": "ms" must be a number of milliseconds.',
        'Fault "status": "status" must be an HTTP status from 200 to 599.',
        'Fault "status": "status" must be an HTTP status from 200 to 599.',
        'Fault "errorMessage": "effect" must be true or false.',
        'Fault "status": "retryAfter" must be a text that a header can hold.',
        'Fault "status": "retryAfterDate" must be a whole number from 1.',
        'Fault "task" must have a taskId or an outcome.',
        '"match": "customer" must be a text.',
        'Fault "resetAfter" has no member "ms": possible is kind.',
        'A fault rule: "times" must be a whole number from 1, or "always".',
        '"match": "nth" must be a whole number from 1.',
        '"match" has no member "url": possible is method, path, customer, nth.',
        'taken',
        'taken',
        'taken',
        'taken',
        'taken'
      ]
    )
  })
})
