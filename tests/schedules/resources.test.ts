import * as assert from 'node:assert'
import * as fc from 'fast-check'
import { check } from '../support/property'
import { type Schedule, customerSchedules } from './support/customer/Schedule'
import { CustomerStack } from './support/customer/Stack'
import { type MoreTally, Story } from './support/customer/Story'
import { newTally, scheduleCount, tallyLine } from './support/Tally'

const count = scheduleCount('SCHEDULES_RESOURCES', 300)

describe('schedules: all resources of a customer', function () {
  // A schedule takes milliseconds; the limit is for one that hangs.
  this.timeout(120_000 + count * 200)
  const tally = newTally()
  const more: MoreTally = { portal: 0, advice: 0, struckBy: new Map() }
  after(() => {
    console.log(tallyLine('all resources', tally))
    console.log(
      `      struck: ${[...more.struckBy].map(([about, times]) => `${about} ${times}`).join(', ')}; ${more.portal} in the portal`
    )
  })

  const plays = async ({ kind, switches, steps }: Schedule): Promise<void> => {
    const stack = new CustomerStack(kind, switches)
    const story = new Story(kind, stack, tally, more)
    await story.steps(steps)
    await story.end()
    tally.schedules += 1
    tally.operations += stack.operations()
    tally.faults += stack.platform.strikes
    for (const [about, times] of stack.platform.struckBy) {
      more.struckBy.set(about, (more.struckBy.get(about) ?? 0) + times)
    }
  }

  it(`end in what is declared, whatever goes wrong before (${count})`, () =>
    check(fc.asyncProperty(customerSchedules(9), plays), count))

  it('strike everything', () => {
    const struck = [...more.struckBy.keys()].sort()
    if (tally.schedules < 100) return
    assert.deepStrictEqual(struck, ['customer', 'dialplan', 'lead', 'numbers', 'sitelocation', 'task'])
    const { kills, adopted } = tally
    assert.ok(kills > 0 && adopted > 0 && more.portal > 0 && more.advice > 0, tallyLine('all resources', tally))
  })
})
