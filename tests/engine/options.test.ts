import * as assert from 'node:assert'
import { succeeded } from '../support/EngineRun'
import {
  complaint,
  connectionType,
  guidOf,
  minimal,
  planned,
  program,
  resource,
  sites,
  startWorld,
  traffic,
  writes,
  type World
} from './World'

describe('Options of the engine on a connection', function () {
  this.timeout(60_000)
  let world: World
  const cac = (siteName: string, cacProfile: string) => ({ ...minimal(siteName), cacProfile })
  const guids = { renamed: '' }
  before(async () => {
    world = await startWorld({
      program: program({
        ignoring: cac('ignoring', '10 sessions'),
        replacing: cac('replacing', '10 sessions'),
        protected: { args: minimal('protected'), options: '{ protect: true }' },
        retained: { args: minimal('retained'), options: '{ retainOnDelete: true }' },
        old: minimal('renamed')
      })
    })
    succeeded(await world.stack.up())
    guids.renamed = guidOf(world.simulator, 'renamed')
  })
  after(() => world.end())

  it('ignoreChanges, replaceOnChanges, retainOnDelete and aliases do what they say', async () => {
    const { stack, simulator } = world
    const kept = guidOf(simulator, 'replacing')
    stack.setProgram(
      program({
        ignoring: { args: cac('ignoring', '5 sessions'), options: '{ ignoreChanges: ["cacProfile"] }' },
        replacing: { args: cac('replacing', '5 sessions'), options: '{ replaceOnChanges: ["cacProfile"] }' },
        protected: { args: minimal('protected'), options: '{ protect: true }' },
        renamed: { args: minimal('renamed'), options: '{ aliases: [{ name: "old" }] }' }
      })
    )
    assert.deepStrictEqual(await planned(stack), ['delete retained', 'replace replacing: cacProfile'])
    simulator.clearRequests()
    succeeded(await stack.up())
    // Deleted before it is made anew; nothing is sent for the other ones.
    assert.deepStrictEqual(traffic(simulator), [
      ...['DELETE (gone)', 'GET task', 'GET details v3', 'POST replacing', 'GET replacing']
    ])
    assert.deepStrictEqual(sites(simulator), ['ignoring', 'protected', 'renamed', 'replacing', 'retained'])
    assert.strictEqual(simulator.site(guidOf(simulator, 'ignoring'))?.cacProfile, '10 sessions')
    assert.notStrictEqual(guidOf(simulator, 'replacing'), kept)
    assert.strictEqual((await resource(stack, 'renamed')).id, guids.renamed)
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('replaceOnChanges works for a value within an input', async () => {
    const { stack, simulator } = world
    const options = '{ replaceOnChanges: ["sbcScripts.cleanupScript"] }'
    const replacing = (cleanupScript: number) => ({
      args: { ...cac('replacing', '5 sessions'), sbcScripts: { onboardingScript: 12001, cleanupScript } },
      options
    })
    const rest = { protected: { args: minimal('protected'), options: '{ protect: true }' } }
    stack.setProgram(program({ ...rest, replacing: replacing(10700) }))
    const [step] = (await stack.previewSteps()).filter(({ name }) => name === 'replacing')
    assert.deepStrictEqual(
      [step?.op, step?.diffReasons, step?.detailedDiff],
      ['replace', ['sbcScripts'], { 'sbcScripts.cleanupScript': 'update-replace' }]
    )
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(
      writes(simulator).filter((line) => line.endsWith(' replacing')),
      ['POST replacing']
    )
    // Those that the program no longer declares are deleted, but for the one that was let go.
    assert.deepStrictEqual(sites(simulator), ['protected', 'replacing', 'retained'])
  })

  it('protect keeps a connection that the program no longer declares, and everything from destroy', async () => {
    const { stack, simulator } = world
    simulator.clearRequests()
    stack.setProgram(program({}))
    assert.match(
      complaint(await stack.up()),
      /resource "urn:pulumi:[^"]*::protected" cannot be deleted\nbecause it is protected\./
    )
    assert.match(
      complaint(await stack.destroy(['--target', stack.urn(connectionType, 'protected')])),
      /because it is protected\./
    )
    assert.deepStrictEqual(
      [sites(simulator).includes('protected'), writes(simulator).includes('DELETE protected')],
      [true, false]
    )
  })
})
