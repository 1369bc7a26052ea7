import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, OTHER_SITE_GUID } from '../../simulator'
import { Campaign, type Ending, type Stage } from './Campaign'
import { type ListedFault, type FaultName, type Operation, listedFaults, operations } from './FaultList'
import { pageOf, part, writePart } from './Page'
import { stated } from './Stated'

const lastingSequels = ['up', 'refresh', 'destroy'] as const

/** Retry-After asks for a second; timers and clocks may differ by some milliseconds. */
const asked = 1000 - 50

/** The ending with the stated phrase in place of the message that holds it. */
const phrased = (ending: Ending, phrase: string): Ending =>
  phrase !== '' && ending.says.includes(phrase) ? { ...ending, says: phrase } : ending

describe('Every operation under every fault', function () {
  this.timeout(400_000)
  let campaign: Campaign
  const stages: Partial<Record<Operation, Stage>> = {}
  /** The operations follow each other: a connection must have been made to be changed. */
  const staged = async (operation: Operation): Promise<Stage> => {
    for (const each of operations) {
      stages[each] ??= await campaign.stage(each)
      if (each === operation) break
    }
    return stages[operation] as Stage
  }

  before(async () => {
    campaign = await Campaign.start()
  })
  after(() => campaign.end())

  for (const operation of operations) {
    describe(operation, () => {
      let stage: Stage
      let foreign: unknown
      before(async () => {
        foreign = campaign.simulator.site(HEADQUARTERS_GUID)
        stage = await staged(operation)
      })

      for (const { name } of listedFaults as readonly ListedFault<FaultName>[]) {
        const { once, lasting, up, refresh, destroy } = stated[operation][name]

        it(`${name}, lasting`, () => {
          const seen = lastingSequels.map((sequel) => stage.seen(name, sequel))
          const [afterUp, afterRefresh, afterDestroy] = seen.map(({ then }) => then)
          assert.deepStrictEqual(
            {
              endings: seen.map(({ ending }) => phrased(ending, lasting.says)),
              up: afterUp,
              refresh: afterRefresh,
              destroy: afterDestroy,
              converged: seen.map(({ converged }) => converged)
            },
            { endings: [lasting, lasting, lasting], up, refresh, destroy, converged: [true, true, true] }
          )
        })

        if (once !== undefined)
          it(`${name}, once`, () => {
            const [ending, then] = once
            const seen = stage.seen(name, 'again')
            assert.deepStrictEqual(
              { ending: phrased(seen.ending, ending.says), then: seen.then, converged: seen.converged },
              { ending, then, converged: true }
            )
          })

        if (/Retry-After (in seconds|as a date)/.test(name))
          it(`${name}: the next try waits for it`, () => {
            const { pause } = stage.seen(name, 'again')
            assert.ok(pause !== undefined && pause >= asked, `the pause was ${pause} ms`)
          })
      }

      it('is stated for every fault as often as it is tried', () => {
        assert.deepStrictEqual(
          listedFaults.filter(({ name }) => stated[operation][name].once !== undefined).map(({ name }) => name),
          listedFaults.filter(({ strikes }) => strikes.includes('once')).map(({ name }) => name)
        )
      })

      it('leaves the connections of others alone', () => {
        assert.deepStrictEqual(campaign.simulator.site(HEADQUARTERS_GUID), foreign)
        assert.strictEqual(campaign.simulator.site(OTHER_SITE_GUID), undefined)
      })

      it('ends with an empty preview', () => {
        assert.deepStrictEqual(stage.planned, [])
      })
    })
  }

  it('is told in docs/fault-matrix.md (UPDATE_DOCS=1 writes it)', async () => {
    await staged('delete')
    const page = await pageOf(stages as Record<Operation, Stage>)
    if (process.env['UPDATE_DOCS'] === '1') writePart('connections', page)
    assert.strictEqual(part('connections'), page)
  })
})
