import * as fc from 'fast-check'
import { check } from '../support/property'
import { coreDriver, corePace } from './support/Core'
import { Story } from './support/Play'
import { type Schedule, schedules } from './support/Schedule'
import { newTally, scheduleCount, tallyLine } from './support/Tally'

const count = scheduleCount('SCHEDULES_CORE', 400)

describe('schedules: the core', function () {
  // A schedule takes milliseconds; the limit is for one that hangs.
  this.timeout(120_000 + count * 100)
  const tally = newTally()
  after(() => {
    console.log(tallyLine('core', tally))
  })

  const plays = async ({ switches, steps }: Schedule): Promise<void> => {
    const driver = coreDriver(switches)
    const story = new Story(driver, tally)
    await story.steps(steps)
    await story.end()
    tally.schedules += 1
    tally.operations += driver.operations()
    tally.faults += driver.struck()
  }

  it(`end in what is declared, whatever goes wrong before (${count})`, () =>
    check(fc.asyncProperty(schedules(corePace, 9), plays), count))
})
