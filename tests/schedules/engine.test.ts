import * as fc from 'fast-check'
import { check } from '../support/property'
import { Story } from './support/Play'
import { values } from './support/Program'
import { EngineLane, enginePace } from './support/RealEngine'

import { type Step, shortSchedules } from './support/Schedule'
import { newTally, scheduleCount, tallyLine } from './support/Tally'

/** What every stack begins with, so that the first schedules have something to change. */
const beginning: ReadonlyArray<Step> = (['a', 'b'] as const).map((slot) => ({
  do: 'declare',
  slot,
  n: 1,
  sbcId: 3,
  atContoso: false,
  fields: { cacProfile: '5 sessions', phones: values.phones[0], carrierUserPassword: values.carrierUserPassword[0] }
}))

const count = scheduleCount('SCHEDULES_ENGINE', 10)

/** Stacks side by side: an engine spends much of its time waiting. */
const lanes = 2

describe('schedules: the real engine', function () {
  this.timeout(180_000 + count * 30_000)
  const tally = newTally()
  after(() => {
    console.log(tallyLine('real engine', tally))
  })

  /** One schedule after the other on the same stack: each begins with what the one before has left, and ends in what is declared. */
  const plays = async (schedules: ReadonlyArray<ReadonlyArray<Step>>): Promise<void> => {
    const lane = await EngineLane.start()
    try {
      const driver = lane.driver()
      const story = new Story(driver, tally)
      await story.steps(beginning)
      for (const [index, steps] of schedules.entries()) {
        try {
          await story.steps(steps)
          await story.end()
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error)
          throw new Error(`schedule ${index}: ${JSON.stringify(steps)}\n${message}`, { cause: error })
        }
        tally.schedules += 1
      }
      tally.operations += driver.operations()
      tally.faults += driver.struck()
    } finally {
      await lane.close()
    }
  }

  const length = Math.ceil(count / lanes)
  const oneLane = fc.array(shortSchedules(enginePace), { minLength: length, maxLength: length })
  const allLanes = fc.array(oneLane, { minLength: lanes, maxLength: lanes })

  it(`end in what is declared, whatever goes wrong before (${count})`, () =>
    check(
      fc.asyncProperty(fc.noShrink(allLanes), async (all) => {
        await Promise.all(all.map(plays))
      }),
      1
    ))
})
