import * as fc from 'fast-check'
import { check } from '../support/property'
import { Story } from './support/Play'
import { ProtocolLevel, protocolPace } from './support/Protocol'
import { type Schedule, schedules } from './support/Schedule'
import { newTally, scheduleCount, tallyLine } from './support/Tally'

const count = scheduleCount('SCHEDULES_PROTOCOL', 100)

describe('schedules: the protocol server', function () {
  this.timeout(120_000 + count * 3000)
  const tally = newTally()
  let level: ProtocolLevel
  before(async () => {
    level = await ProtocolLevel.start()
  })
  after(async () => {
    await level.close()
    console.log(tallyLine('protocol server', tally))
  })

  const plays = async ({ switches, steps }: Schedule): Promise<void> => {
    const driver = level.driver(switches)
    const story = new Story(driver, tally)
    await story.steps(steps)
    await story.end()
    tally.schedules += 1
    tally.operations += driver.operations()
    tally.faults += driver.struck()
  }

  // Time is real here, so a schedule would not fail again in the same way while it is made shorter.
  it(`end in what is declared, whatever goes wrong before (${count})`, () =>
    check(fc.asyncProperty(fc.noShrink(schedules(protocolPace, 4)), plays), count))
})
