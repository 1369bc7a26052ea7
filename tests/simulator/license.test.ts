import * as assert from 'node:assert'
import { customerGuids, initialState } from '../../simulator'
import type { Customer, Switches } from '../../simulator'
import { withCustomer } from '../../simulator/State'
import * as Table from '../../simulator/Table'
import { acme, at, contoso, refused, session, UNKNOWN } from './support'
import type { Session } from './support'

const invalid = { status: 400, body: 'Invalid change for License Type!' }
const done = { status: 200, body: 1 }

const held = (s: Session, guid: string = contoso): Customer => {
  const customer = Table.get(s.state.customers, guid)
  if (customer === undefined) throw new Error(`there is no customer ${guid}`)
  return customer
}

/** contoso with this license, 50 licensed users and 40 active ones. */
const licensed = (licenseType: number, switches: Partial<Switches> = {}): Session => {
  const start = initialState(switches)
  const model = held(session({}, start))
  return session({}, withCustomer(start, { ...model, licenseType, licensedUsersCount: 50, activeUserCount: 40 }))
}

const change = (s: Session, body: unknown, guid: string = contoso) => s.send('PATCH', `v3/customer/${guid}`, body)

describe('simulator: license change', () => {
  it('to another license of the same kind, in the words of the table and of the sample', () => {
    const s = licensed(1)
    const before = held(s)
    assert.deepStrictEqual(change(s, { upgradeToLicense: 2, licenseCount: 60 }), done)
    assert.deepStrictEqual(held(s), { ...before, licenseType: 2, licensedUsersCount: 60 })
    const sample = {
      licenseType: 1,
      licensedUsersCount: 45,
      customerFullName: 'Contoso & Sons',
      applicationClientId: UNKNOWN,
      applicationClientSecret: 'made-up'
    }
    assert.deepStrictEqual(change(s, sample), done)
    const { customerFullName: fullName, ...rest } = sample
    assert.deepStrictEqual(held(s), { ...before, ...rest, fullName })
  })

  it('keeps what it leaves out: the count, the name, the application', () => {
    const s = licensed(1)
    const before = held(s)
    assert.deepStrictEqual(change(s, { upgradeToLicense: 2 }), done)
    assert.deepStrictEqual(held(s), { ...before, licenseType: 2 })
  })

  it('a count or a name alone', () => {
    const s = licensed(3)
    const before = held(s)
    assert.deepStrictEqual([change(s, { licenseCount: 7 }), change(s, { customerFullName: 'New Name' })], [done, done])
    assert.deepStrictEqual(held(s), { ...before, licensedUsersCount: 7, fullName: 'New Name' })
  })

  const grid: readonly (readonly [number, readonly number[]])[] = [
    [0, [0, 1, 2]],
    [1, [0, 1, 2]],
    [2, [0, 1, 2]],
    [3, [3]],
    [4, [4, 5]],
    [5, [4, 5]]
  ]
  for (const [from, to] of grid) {
    it(`from ${from} to ${to.join(', ')} and nowhere else`, () => {
      const reachable = [0, 1, 2, 3, 4, 5, 6].filter((licenseType) => {
        const s = licensed(from)
        const answer = change(s, { licenseType })
        const made = answer.status === 200
        assert.deepStrictEqual([answer, held(s).licenseType], made ? [done, licenseType] : [invalid, from])
        return made
      })
      assert.deepStrictEqual(reachable, to)
    })
  }

  it('the table knows no entry level', () => {
    assert.deepStrictEqual(
      [change(licensed(1), { upgradeToLicense: 0 }), change(licensed(3), { upgradeToLicense: 3 })],
      [invalid, invalid]
    )
  })

  it('down only with licenses for all active users', () => {
    const down = (licensedUsersCount: number) => change(licensed(2), { licenseType: 1, licensedUsersCount })
    assert.deepStrictEqual([down(39), down(40)], [invalid, done])
    assert.deepStrictEqual(change(licensed(1), { licenseType: 2, licensedUsersCount: 39 }), done)
  })

  const table = { upgradeToLicense: 2, licenseCount: 60 }
  const sample = { licenseType: 2, licensedUsersCount: 60, customerFullName: 'New' }
  const bodies: readonly [Switches['licenseBody'], object, unknown, unknown][] = [
    ['both', table, done, [2, 60, 'Contoso Limited']],
    ['both', sample, done, [2, 60, 'New']],
    ['upgradeToLicense', table, done, [2, 60, 'Contoso Limited']],
    ['upgradeToLicense', sample, invalid, [1, 50, 'Contoso Limited']],
    ['upgradeToLicense', { ...sample, applicationClientId: UNKNOWN }, invalid, [1, 50, 'Contoso Limited']],
    ['upgradeToLicense', { ...sample, ...table }, done, [2, 60, 'Contoso Limited']],
    ['upgradeToLicense', { customerFullName: 'New' }, invalid, [1, 50, 'Contoso Limited']],
    ['licenseType', table, invalid, [1, 50, 'Contoso Limited']],
    ['licenseType', sample, done, [2, 60, 'New']]
  ]
  for (const [licenseBody, body, answer, after] of bodies) {
    it(`licenseBody: ${licenseBody}, ${Object.keys(body).join(', ')}`, () => {
      const s = licensed(1, { licenseBody })
      assert.deepStrictEqual(change(s, body), answer)
      const { licenseType, licensedUsersCount, fullName } = held(s)
      assert.deepStrictEqual([licenseType, licensedUsersCount, fullName], after)
    })
  }

  it('refuses an empty body, wrong values, and a service that is not there', () => {
    const s = licensed(1)
    assert.deepStrictEqual(change(s, {}), invalid)
    refused(
      change(s, { licenseType: '2', licenseCount: 0, customerFullName: '', applicationClientId: 'x', colour: 1 }),
      {
        licenseType: ['The value must be an integer.'],
        licenseCount: ['The value must be an integer from 1.'],
        customerFullName: ['The value must be a string that is not empty.'],
        applicationClientId: ['The value is not a valid guid.'],
        colour: ['This member is not documented.']
      }
    )
    assert.deepStrictEqual(change(s, table, UNKNOWN), { status: 404, body: `Customer with ${UNKNOWN} not found` })
    refused(change(s, table, 'x'), { customerGuid: ['The value is not a valid guid.'] })
  })
})

describe('simulator: upgrade of an OC Essential license', () => {
  const { umbrella } = customerGuids
  const upgrade = (s: Session, body: unknown, guid: string = umbrella) =>
    s.send('POST', `v2/customer/${guid}/action/upgrade`, body)

  for (const name of ['upgradeToLicense', 'UpgradetoLicense']) {
    it(`${name}: a task, and the license at its end`, () => {
      const s = session({ serviceTaskMs: 100 })
      const before = held(s, umbrella)
      const { status, body } = upgrade(s, { [name]: 5, licenseCount: 30 })
      assert.deepStrictEqual([status, /^tsk_\d+$/.test(String(body))], [200, true])
      s.now = 99
      assert.strictEqual(at(s.send('GET', `v2/task/${String(body)}`).body, 'status'), 'InProgress')
      assert.deepStrictEqual(held(s, umbrella), before)
      s.now = 100
      const { body: task } = s.send('GET', `v2/task/${String(body)}`)
      assert.deepStrictEqual(
        ['status', 'details', 'outputData'].map((member) => at(task, member)),
        ['CompletedSuccess', [null], {}]
      )
      assert.deepStrictEqual(held(s, umbrella), { ...before, licenseType: 5, licensedUsersCount: 30 })
    })
  }

  it('of two, the one whose task ends last counts', () => {
    const s = session({ serviceTaskMs: 100 })
    upgrade(s, { upgradeToLicense: 4 })
    s.state = { ...s.state, switches: { ...s.state.switches, serviceTaskMs: 50 } }
    upgrade(s, { upgradeToLicense: 5 })
    // Nobody asks before both have ended.
    s.now = 100
    assert.strictEqual(at(s.send('GET', `v3/customer/${umbrella}`).body, 'LicenseType'), 4)
  })

  it('serviceTask: fails', () => {
    const s = session({ serviceTask: 'fails' })
    const { body } = upgrade(s, { upgradeToLicense: 4 })
    const { body: task } = s.send('GET', `v2/task/${String(body)}`)
    assert.deepStrictEqual(
      ['status', 'executionMessages', 'outputData'].map((member) => at(task, member)),
      ['Failed', [{ level: 'Error', message: 'The license could not be applied.' }], {}]
    )
    assert.strictEqual(held(s, umbrella).licenseType, 3)
  })

  it('only from OC Essential, and only to what is above it', () => {
    const s = session()
    assert.deepStrictEqual(
      [
        upgrade(s, { upgradeToLicense: 4 }, acme),
        upgrade(s, { upgradeToLicense: 4 }, customerGuids.initech),
        upgrade(s, { upgradeToLicense: 2 }),
        upgrade(s, { upgradeToLicense: 3 })
      ],
      [invalid, invalid, invalid, invalid]
    )
    refused(upgrade(s, { licenseCount: 0 }), {
      upgradeToLicense: ['The field is required.'],
      licenseCount: ['The value must be an integer from 1.']
    })
    assert.strictEqual(upgrade(s, { upgradeToLicense: 4 }, UNKNOWN).status, 404)
  })
})
