import * as assert from 'node:assert'
import type { SiteEdit } from '../../../simulator'
import { assertHidden } from '../../protocol/support/Rig'
import { type Driver, type Outcome, noTrouble } from './Driver'
import { assertHolds, assertNoTwins, foreignSites, ownSites, siteOf } from './Expectation'
import {
  type Program,
  type Slot,
  allCanaries,
  allowing,
  coherent,
  edited,
  forgets,
  notAdopting,
  slots
} from './Program'
import type { Portal, Run, Schedule, Step } from './Schedule'
import type { Tally } from './Tally'

/** Plays a schedule, and looks after each run at what must hold at any time; in the end nothing goes wrong any more. */

export class Story {
  private program: Program = {}
  private foreign: unknown
  /** Inputs and variables that may have a value although they are not declared: others have set them, or a run that left no state. */
  private readonly loose = new Map<Slot, Set<string>>()
  /** Slots of which a run has not told whether there is a connection. */
  private readonly unsure = new Set<Slot>()
  /** Slots whose connection is gone although the state has it, and the customer that the program declared then. */
  private readonly halfDeleted = new Map<Slot, string | undefined>()
  /** Slots that a killed run may have changed without telling, and those of them whose declaration was edited before a run could go on. */
  private readonly hanging = new Set<Slot>()
  private readonly reverted = new Set<Slot>()
  private changedInPortal = false
  private touches = 0
  /** Resources that the state of the stack has, and their ids. */
  private kept: ReadonlyMap<string, string> = new Map()

  constructor(
    private readonly driver: Driver,
    private readonly tally: Tally
  ) {
    this.foreign = foreignSites(driver.platform.sites())
  }

  /** Plays the steps, without the end. */
  async steps(steps: Schedule['steps']): Promise<void> {
    for (const step of steps) {
      await this.step(step)
      await this.driver.rest()
      this.noteHalfDeleted()
    }
  }

  /**
   * A deletion that failed, or whose end nobody has learned, may be done all the same; the state cannot tell. A run that deletes again finds
   * out; one that is to keep the connection after all needs a refresh.
   */
  private noteHalfDeleted(): void {
    const guids = this.driver.platform.sites().map(({ guid }) => guid)
    for (const slot of slots) {
      const id = this.kept.get(slot)
      if (id === undefined || guids.includes(id)) this.halfDeleted.delete(slot)
      else if (!this.halfDeleted.has(slot)) this.halfDeleted.set(slot, this.program[slot]?.customerGuid)
    }
  }

  private needsRefresh(): boolean {
    const kept = [...this.halfDeleted].some(([slot, customer]) => this.program[slot]?.customerGuid !== customer)
    return this.changedInPortal || kept || this.reverted.size > 0
  }

  private async step(step: Step): Promise<void> {
    if ('faults' in step) await this.struck(step)
    else if (step.do === 'portal edit' || step.do === 'portal delete') this.inPortal(step)
    // Nobody can be told of a connection without an id whose name no program declares any more.
    else if (!forgets(step) || !this.unsure.has(step.slot)) {
      if (this.hanging.has(step.slot)) this.reverted.add(step.slot)
      this.program = edited(this.program, step, this.kept.has(step.slot))
    }
  }

  private inPortal(step: Portal): void {
    const site = siteOf(this.driver.platform.sites(), step.slot)
    if (site === undefined) return
    if (step.do === 'portal delete') this.driver.platform.deleteSite(site.guid)
    else {
      const { name, ...rest } = step.edit
      // The same holds for one that got another name.
      if (name !== undefined && this.unsure.has(step.slot)) return
      const edit: SiteEdit = name === undefined ? rest : { ...rest, name: `${step.slot}${name}` }
      this.driver.platform.editSite(site.guid, edit)
      this.loosen(step.slot, [
        ...Object.keys(rest),
        ...Object.keys(rest.customerVariables ?? {}).map((variable) => `variable ${variable}`)
      ])
    }
    this.changedInPortal = true
  }

  private loosen(slot: Slot, keys: ReadonlyArray<string>): void {
    const free = this.loose.get(slot) ?? new Set()
    this.loose.set(slot, free)
    for (const key of keys) free.add(key)
  }

  private async struck({ do: what, faults, deleteTask, kill }: Run): Promise<void> {
    const { platform } = this.driver
    platform.setSwitches({ deleteTask })
    const outcome = await this.driver.run(what, this.program, { faults, kill })
    platform.setSwitches({ deleteTask: 'ok' })
    if (outcome.killed) this.tally.kills += 1
    this.learn(what, outcome)
    this.look(outcome)
  }

  /** Which connections the state has now, and of which a run has not told whether they exist. */
  private learn(what: Run['do'], { kept, killed, ok }: Outcome): void {
    const guids = this.driver.platform.sites().map(({ guid }) => guid)
    const forgotten = [...this.kept].filter(([, id]) => guids.includes(id) && ![...kept.values()].includes(id))
    assert.deepStrictEqual(forgotten, [], 'connections that exist and that the state has forgotten')
    for (const slot of slots) {
      const args = this.program[slot]
      // A refresh drops what cannot be found: also an id that the platform has never given to it.
      if (kept.has(slot)) this.unsure.delete(slot)
      else if (args !== undefined && (what === 'up' || this.kept.has(slot))) this.unsure.add(slot)
      if ((killed || this.hanging.has(slot)) && this.isUntold(slot, kept)) this.unsure.add(slot)
      if (args !== undefined && (killed || this.unsure.has(slot))) this.loosen(slot, Object.keys(args))
    }
    if (what === 'up' && ok) this.hanging.clear()
    else if (what === 'up' && killed) for (const slot of slots) this.hanging.add(slot)
    this.kept = kept
  }

  /** Whether the connection of a declaration is there and the state has another one, or none: where all are one resource, a killed run tells of none. */
  private isUntold(slot: Slot, kept: Outcome['kept']): boolean {
    const args = this.program[slot]
    const ids = [...kept.values()]
    return ownSites(this.driver.platform.sites()).some(
      ({ guid, name, customerGuid }) =>
        name === args?.siteName && customerGuid === args.customerGuid && !ids.includes(guid)
    )
  }

  /** What must hold after every run. */
  private look({ seen }: Outcome): void {
    const sites = this.driver.platform.sites()
    assertHidden(seen, allCanaries)
    assertNoTwins(sites)
    assert.deepStrictEqual(foreignSites(sites), this.foreign, 'the connections of others are as they were')
  }

  /** A run in which nothing goes wrong, as far as the platform is concerned. */
  private async calm(what: 'up' | 'refresh'): Promise<Outcome> {
    const outcome = await this.driver.run(what, this.program, noTrouble)
    this.learn(what, outcome)
    this.look(outcome)
    return outcome
  }

  private async mustEndWell(what: 'up' | 'refresh'): Promise<Outcome> {
    const outcome = await this.calm(what)
    assert.deepStrictEqual([...outcome.failures], [], `a fault-free ${what} ends well`)
    assert.ok(outcome.ok, outcome.seen)
    return outcome
  }

  /** The end: the platform holds exactly what is declared, and nothing is left to do. */
  async end(): Promise<void> {
    await this.driver.rest()
    if (this.needsRefresh()) await this.mustEndWell('refresh')
    const told: string[] = []
    for (let round = 0; ; round++) {
      const outcome = await this.calm('up')
      told.push(outcome.seen)
      if (outcome.ok) break
      assert.ok(round < 4, `an up that follows each advice does not end well:\n${[...outcome.failures].join('\n')}`)
      for (const [slot, text] of outcome.failures) await this.follow(slot, text)
      assert.ok(outcome.failures.size > 0, `an up without a failure did not end well:\n${outcome.seen}`)
    }
    await this.sendUntold(told.join('\n'))
    this.changedInPortal = false
    this.unsure.clear()
    this.hanging.clear()
    this.reverted.clear()
    assertHolds(this.program, this.driver.platform.sites(), this.loose)
    assert.deepStrictEqual(await this.driver.preview(this.program), [], 'a preview is empty')
  }

  /** Does what an error says, and nothing else. */
  private async follow(slot: Slot, text: string): Promise<void> {
    const args = this.program[slot]
    if (args === undefined) throw new Error(`${slot} is not declared, and fails:\n${text}`)
    const words = [...text.matchAll(/allow: \["(rename|sbcMove|clearPhones)"\]/g)].map(([, word]) => word as 'rename')
    const [, adopt] = /declare adopt: "([0-9a-f-]{36})" \(or adopt: true\) with enableCac/.exec(text) ?? []
    const [, inFleet] = /\(site ([0-9a-f-]{36}) of .* declare adopt: true on the fleet/s.exec(text) ?? []
    if (words.length > 0) this.program = { ...this.program, [slot]: allowing(args, ...words) }
    else if (adopt !== undefined) this.adopt(slot, adopt, adopt)
    else if (inFleet !== undefined) this.adopt(slot, inFleet, true)
    else if (/adopt.*(leave adopt out|remove it)/s.test(text)) {
      this.program = { ...this.program, [slot]: notAdopting(args) }
    } else if (/run "pulumi refresh", then "pulumi up"/.test(text)) await this.mustEndWell('refresh')
    else throw new Error(`a fault-free up fails, and this tells no way out:\n${text}`)
  }

  /** Takes the connection over that an earlier run made and could not tell; what Get does not return is declared as it is. */
  private adopt(slot: Slot, guid: string, adopt: string | true): void {
    const args = this.program[slot]
    const site = ownSites(this.driver.platform.sites()).find((each) => each.guid === guid)
    assert.ok(this.unsure.has(slot), `${slot} is to be adopted, although every run has told what it did`)
    assert.deepStrictEqual(
      [args?.customerGuid, args?.siteName],
      [site?.customerGuid, site?.name],
      'the connection to adopt is the one that was made'
    )
    if (args === undefined || site === undefined) return
    const { enableCac = site.enableCac, carrierRegistration = site.carrierRegistration } = args
    this.program = { ...this.program, [slot]: coherent({ ...args, enableCac, carrierRegistration, adopt }) }
    this.tally.adopted += 1
  }

  /**
   * A takeover takes as declared what the platform does not tell, and says that the next change sends it: here is that change. It also sends what
   * was taken back after a killed run had sent it: the state never had it, and a refresh does not show it.
   */
  private async sendUntold(told: string): Promise<void> {
    const taken = slots.filter((slot) => {
      const name = this.program[slot]?.siteName
      const isTaken = told.replaceAll('\\"', '"').includes(`"${name ?? ''}" is taken over.`)
      return name !== undefined && (isTaken || this.reverted.has(slot))
    })
    if (taken.length === 0) return
    for (const slot of taken) {
      const args = this.program[slot]
      if (args === undefined) continue
      const customerVariables = { ...args.sbcScripts?.customerVariables, Touched: `${++this.touches}` }
      this.program = { ...this.program, [slot]: { ...args, sbcScripts: { ...args.sbcScripts, customerVariables } } }
    }
    await this.mustEndWell('up')
  }
}
