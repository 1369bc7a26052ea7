import * as fc from 'fast-check'
import { check } from '../support/property'
import { corePace } from './support/Core'
import { type Manner, fleetDriver } from './support/Fleet'
import { Story } from './support/Play'
import { type Schedule, schedules } from './support/Schedule'
import { newTally, scheduleCount, tallyLine } from './support/Tally'

const count = scheduleCount('SCHEDULES_FLEETS', 120)

const manners: fc.Arbitrary<Manner> = fc.record({
  rollout: fc.constantFrom<Manner['rollout']>(
    {},
    {},
    { maxParallel: 1 },
    { canary: 1, batchSize: 1 },
    { batchSize: 2, stopAfterFailures: 1, pauseBetweenBatches: 60 }
  ),
  hears: fc.boolean()
})

describe('schedules: a fleet', function () {
  // A schedule takes milliseconds; the limit is for one that hangs.
  this.timeout(120_000 + count * 100)
  const tally = newTally()
  after(() => {
    console.log(tallyLine('a fleet', tally))
  })

  const plays = async ({ switches, steps }: Schedule, manner: Manner): Promise<void> => {
    const driver = fleetDriver(switches, manner)
    const story = new Story(driver, tally)
    await story.steps(steps)
    await story.end()
    tally.schedules += 1
    tally.operations += driver.operations()
    tally.faults += driver.struck()
  }

  it(`end in what is declared, whatever goes wrong before (${count})`, () =>
    check(fc.asyncProperty(schedules(corePace, 9), manners, plays), count))
})
