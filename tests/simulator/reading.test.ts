/** What all reading calls have in common: tokens, methods, slashes, and what faults do to them. */
import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, startSimulator, tenants } from '../../simulator'
import type { Fault, Simulator } from '../../simulator'
import { exchange } from './http'
import type { Seen } from './http'
import { acme, contoso, request, session } from './support'

const dialPlan = `v2/customer/${contoso}/sitelocation/${HEADQUARTERS_GUID}/dialplan/CustDialPlan`

const calls = [
  'v3/customer',
  'v2/customer',
  `v3/customer/${contoso}`,
  `v2/customer/${contoso}`,
  'v2/scripttemplates',
  `v3/customer/${acme}/onlinepstngateway`,
  'v2/oc/callingprofile',
  'v2/sbcdevices',
  'v2/oc/lead',
  dialPlan,
  `v2/oc/numbers?msTenantId=${tenants.initech}`,
  'v2/oc/numbers/+493023125001',
  `v3/oc/numbers?msTenantId=${tenants.initech}`,
  'v2/task/wst_ffffffff-0000-4000-8000-000000000001'
]

/** What else the paths of some of them take. */
const writers: Readonly<Record<string, readonly string[]>> = {
  'v3/customer': ['POST'],
  'v2/customer': ['POST'],
  [`v3/customer/${contoso}`]: ['PATCH'],
  [`v2/customer/${contoso}`]: ['DELETE'],
  [dialPlan]: ['PATCH']
}

const switches = { sbcDevicesPath: '/api/v2/sbcdevices' }

describe('simulator: reading calls', () => {
  for (const path of calls) {
    it(`GET ${path}: needs a token`, () => {
      for (const authorization of ['', 'Bearer x', 'Basic simulator-token']) {
        const headers = { authorization }
        assert.deepStrictEqual(session(switches).send('GET', path, undefined, { headers }), {
          status: 401,
          body: undefined
        })
      }
    })

    it(`GET ${path}: with a slash at the end, and in capitals`, () => {
      const s = session(switches)
      const [list = '', query = ''] = path.split('?')
      const answer = s.send('GET', path)
      assert.strictEqual(answer.status, 200)
      assert.deepStrictEqual(s.send('GET', `${list}/?${query}`), answer)
      const url = request('GET', `${list.toUpperCase()}?${query}`).url.replace('tenantui/api', 'TENANTUI/API')
      const again = s.send('GET', '', undefined, { url })
      // Ids of tasks and names of dial plans are told apart by case.
      assert.deepStrictEqual(again, /task|dialplan/.test(path) ? { status: 404, body: again.body } : answer)
    })

    it(`GET ${path}: no other method`, () => {
      const s = session(switches)
      const others = ['PUT', 'DELETE', 'POST', 'PATCH'].filter((method) => !writers[path]?.includes(method))
      for (const method of others) {
        assert.deepStrictEqual(s.send(method, path, {}), { status: 405, body: undefined })
      }
    })
  }
})

describe('simulator: faults on reading calls', () => {
  let simulator: Simulator
  beforeEach(async () => {
    simulator = await startSimulator({ switches })
  })
  afterEach(() => simulator.close())

  const read = (path: string) => exchange(simulator.origin, 'GET', `/tenantui/api/${path}`)
  const answered = (seen: Seen | string): Seen => {
    if (typeof seen === 'string') throw new Error(`no answer but ${seen}`)
    return seen
  }
  const under = async (path: string, fault: Fault): Promise<Seen | string> => {
    simulator.addFault({ match: { method: 'GET', path: path.replace(/\?.*/, '') }, fault })
    return read(path)
  }

  for (const path of calls) {
    it(path, async () => {
      const whole = answered(await read(path)).text
      const busy = answered(await under(path, { kind: 'status', status: 429, retryAfter: '3' }))
      assert.deepStrictEqual([busy.status, busy.headers['retry-after']], [429, '3'])
      assert.strictEqual(
        answered(await under(path, { kind: 'html', status: 502 })).headers['content-type'],
        'text/html'
      )
      assert.strictEqual(answered(await under(path, { kind: 'statusAfterEffect', status: 504 })).status, 504)
      assert.strictEqual(await under(path, { kind: 'resetBefore' }), 'ECONNRESET')
      assert.strictEqual(await under(path, { kind: 'resetAfter' }), 'ECONNRESET')
      const half = answered(await under(path, { kind: 'halfBody' }))
      assert.deepStrictEqual([half.broken, half.text], ['ECONNRESET', whole.slice(0, half.text.length)])
      assert.strictEqual(answered(await under(path, { kind: 'slowBody', ms: 20 })).text, whole)
      assert.strictEqual(answered(await under(path, { kind: 'emptyBody' })).text, '')
      assert.strictEqual(answered(await under(path, { kind: 'notJson' })).text, 'not { json')
      const shape: unknown = JSON.parse(answered(await under(path, { kind: 'wrongShape' })).text)
      const { data } = (typeof shape === 'object' ? shape : {}) as { data?: unknown }
      if (whole.startsWith('[')) assert.strictEqual(shape, 'list')
      else if (whole.includes('"data"')) assert.strictEqual(data, 'list')
      else assert.notStrictEqual(JSON.stringify(shape), whole)
      assert.strictEqual(answered(await read(path)).text, whole)
    })
  }

  it('leads: a fault without effect keeps the reading from writing, one with effect does not', async () => {
    const addresses = () => simulator.state().leads[1]?.civicAddresses ?? null
    await under('v2/oc/lead', { kind: 'resetBefore' })
    assert.strictEqual(addresses(), null)
    await under('v2/oc/lead', { kind: 'resetAfter' })
    assert.deepStrictEqual(
      addresses()?.map(({ cityOrTown }) => cityOrTown),
      ['Paris']
    )
  })

  it('the second page alone can be struck', async () => {
    simulator.addFault({ match: { path: 'PageNumber=1' }, fault: { kind: 'status', status: 500 } })
    const statuses = []
    for (const n of [0, 1, 1]) statuses.push(answered(await read(`v2/scripttemplates?PageNumber=${n}`)).status)
    assert.deepStrictEqual(statuses, [200, 500, 200])
  })
})
