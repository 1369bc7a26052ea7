import * as assert from 'node:assert'
import { resources } from '../../provider/resources'
import { type Operation, operations } from './FaultList'
import { part, writePart } from './Page'
import { type ResourceFaultName, faultsOf } from './resources/Faults'
import { type ResourceStage, otherResources } from './resources/Page'
import { stated } from './resources/Stated'
import { type Ending, type Seen, silently, trial } from './resources/Trial'
import { type MatrixResource, victims } from './resources/Victims'
import type { Sequel } from './Victims'

const lastingSequels = ['up', 'refresh', 'destroy'] as const

/** The ending with the stated phrase in place of the message that holds it. */
const phrased = (ending: Ending, phrase: string): Ending =>
  phrase !== '' && ending.says.includes(phrase) ? { ...ending, says: phrase } : ending

const names = Object.keys(victims) as ReadonlyArray<MatrixResource>

describe('Every operation of the other resources under every fault', function () {
  this.timeout(60_000)
  const stages = new Map<string, ResourceStage>()

  it('has rows for every registered resource', () => {
    const registered = Object.keys(resources).filter((name) => name !== 'sipConnection')
    assert.deepStrictEqual(Object.keys(victims).sort(), registered.sort())
  })

  for (const name of names) {
    const victim = victims[name]
    for (const operation of operations) {
      describe(`${victim.title}: ${operation}`, () => {
        const seen = new Map<string, Seen>()
        const faults = faultsOf(victim, operation)
        const of = (fault: ResourceFaultName, sequel: Sequel): Seen => {
          const found = seen.get(`${fault} / ${sequel}`)
          if (found === undefined) throw new Error(`nothing was seen of ${fault}`)
          return found
        }
        before(async () => {
          for (const fault of faults) {
            for (const sequel of fault.strikes.includes('once')
              ? (['again', ...lastingSequels] as const)
              : lastingSequels) {
              seen.set(`${fault.name} / ${sequel}`, await trial(victim, operation, fault, sequel))
            }
          }
          stages.set(`${name} ${operation}`, of)
        })

        for (const { name: fault, strikes } of faults) {
          const cells = stated[name][operation][fault]

          it(`${fault}, lasting`, () => {
            assert.ok(cells !== undefined, 'nothing is stated')
            const { lasting, up, refresh, destroy } = cells
            const all = lastingSequels.map((sequel) => of(fault, sequel))
            const [afterUp, afterRefresh, afterDestroy] = all.map(({ then }) => then)
            assert.deepStrictEqual(
              {
                endings: all.map(({ ending }) => phrased(ending, lasting.says)),
                up: afterUp,
                refresh: afterRefresh,
                destroy: afterDestroy,
                amiss: all.flatMap(({ amiss }) => amiss)
              },
              { endings: [lasting, lasting, lasting], up, refresh, destroy, amiss: [] }
            )
          })

          if (strikes.includes('once'))
            it(`${fault}, once`, () => {
              assert.ok(cells?.once !== undefined, 'nothing is stated')
              const [ending, then] = cells.once
              const { ending: ended, then: followed, amiss } = of(fault, 'again')
              assert.deepStrictEqual(
                { ending: phrased(ended, ending.says), then: followed, amiss },
                { ending, then, amiss: [] }
              )
            })

          if (/Retry-After (in seconds|as a date)/.test(fault))
            it(`${fault}: the next try waits for it`, () => {
              const { pause } = of(fault, 'again')
              assert.ok(pause !== undefined && pause >= 1000, `the pause was ${pause} ms`)
            })
        }

        it('is stated for every fault that can strike it, and for no other', () => {
          assert.deepStrictEqual(Object.keys(stated[name][operation]).sort(), faults.map((fault) => fault.name).sort())
        })

        if (victim.work[operation] === undefined)
          it('sends nothing', async () => {
            assert.deepStrictEqual(await silently(victim, operation), { sent: [], amiss: [] })
          })
      })
    }
  }

  // A suite of its own comes after the others.
  describe('the page', () => {
    it('tells it: docs/fault-matrix.md (UPDATE_DOCS=1 writes it)', async () => {
      const page = await otherResources((name: MatrixResource, operation: Operation) =>
        stages.get(`${name} ${operation}`)
      )
      if (process.env['UPDATE_DOCS'] === '1') writePart('resources', page)
      assert.strictEqual(part('resources'), page)
    })
  })
})
