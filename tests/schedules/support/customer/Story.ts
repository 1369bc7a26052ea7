import * as assert from 'node:assert'
import { sameJson } from '../../../../provider/Json'
import type { Customer, OcNumber, Site } from '../../../../simulator'
import { deletedCustomer, editedCustomer } from '../../../../simulator/CustomerPortal'
import { editedDialPlan } from '../../../../simulator/DialPlanPortal'
import { addedSite, deletedSite } from '../../../../simulator/Portal'
import type { JsonObject } from '../../../support/Json'
import { assertHidden } from '../../../protocol/support/Rig'
import { noTrouble } from '../Driver'
import type { Tally } from '../Tally'
import { type Held, nameOfSite, planName } from './Platform'
import {
  type Connection,
  type Edit,
  type Kind,
  type Plan,
  type Program,
  allCanaries,
  connections,
  declarations,
  edited,
  isOurs,
  licenseTypes,
  nameOf,
  nothing,
  plans,
  shortName,
  siteName,
  tenant
} from './Program'
import type { Portal, Run, Schedule, Step } from './Schedule'
import { type CustomerStack, type Outcome } from './Stack'

/** Plays the schedule of a customer, and looks after each run at what must hold at any time; in the end nothing goes wrong any more. */

/** What happened beside runs, for the line at the end. */
export interface MoreTally {
  portal: number
  advice: number
  struckBy: Map<string, number>
}

const isInPortal = ({ name }: Site): boolean => name.startsWith('x-')

const ruleKeys = (held: ReadonlyArray<Held>): ReadonlyArray<string> =>
  held.flatMap(({ site, rules }) => rules.map(({ prefix, tag }) => `${site.guid} ${prefix} ${tag}`))

export class Story {
  private program: Program = nothing
  /** Advice of errors that was followed. */
  private followed = 0
  /** The last one with a service. */
  private whole: Program = nothing
  private readonly foreign: unknown
  /** Resources of which a run has not told whether there is one. */
  private readonly unsure = new Set<string>()
  /** Whether a run may have left something that the state does not show. */
  private needsRefresh = false
  /** Whether a run that was killed may have written rules that the state does not have. */
  private isHanging = false
  /** Whether what the platform does not tell of the license may be other than declared: a takeover takes it as declared, and says so. */
  private isUntoldLoose = false

  constructor(
    private readonly kind: Kind,
    private readonly stack: CustomerStack,
    private readonly tally: Tally,
    private readonly more: MoreTally
  ) {
    this.foreign = stack.platform.foreign()
  }

  async steps(steps: Schedule['steps']): Promise<void> {
    for (const step of steps) {
      await this.step(step)
      this.stack.rest()
    }
  }

  private async step(step: Step): Promise<void> {
    if ('faults' in step) await this.struck(step)
    else if (isPortal(step)) this.inPortal(step)
    else if (!this.forgets(step)) {
      this.program = edited(this.program, this.added(step))
      if (this.program.service !== undefined) this.whole = this.program
    }
  }

  /** Nobody can be told of a thing without an id whose name no program declares any more. */
  private forgets(edit: Edit): boolean {
    if (edit.do === 'no connection') return this.unsure.has(nameOf.connection(edit.slot))
    if (edit.do === 'no plan') return this.isHanging
    // The deletion of a service would take all along, but it may be refused.
    const isOfService = edit.do === 'other name' || edit.do === 'no service'
    return isOfService && (this.unsure.size > 0 || this.isHanging)
  }

  /** Rules that a killed run may have written stay declared until a run can go on. */
  private added(edit: Edit): Edit {
    return edit.do === 'rules' && this.isHanging
      ? { ...edit, rules: { ...this.program.plans[edit.slot]?.rules, ...edit.rules } }
      : edit
  }

  // -------------------------------------------------------------- portal

  private inPortal(step: Portal): void {
    this.more.portal += 1
    this.needsRefresh = true
    const { platform } = this.stack
    const [service] = platform.services()
    if (service === undefined) return
    const named = (name: string): Held | undefined => platform.sites().find(({ site }) => site.name === name)
    switch (step.do) {
      case 'rule in portal':
        return this.ruleInPortal(named(nameOfSite(step.of, this.program)), step)
      case 'no rule in portal': {
        const held = named(nameOfSite(step.of, this.program))
        const rule = held?.rules.find(({ prefix }) => prefix === step.prefix)
        if (held !== undefined && rule !== undefined)
          platform.change((state) => editedDialPlan(state, held.site.guid, planName, { remove: [rule] }))
        return
      }
      case 'license in portal': {
        const licenseType = (this.kind === 'hosted' ? 0 : 3) + step.step
        const edit = { licenseType, licensedUsersCount: step.users }
        return platform.change((state) => editedCustomer(state, service.guid, edit))
      }
      case 'service deleted in portal':
        return platform.change((state) => deletedCustomer(state, service.guid))
      case 'connection added in portal': {
        const name = `x-${step.n}`
        if (named(name) === undefined)
          platform.change((state) => addedSite(state, { customerGuid: service.guid, name })[0])
        return
      }
      case 'connection deleted in portal': {
        const held = named(siteName(step.slot))
        if (held !== undefined) platform.change((state) => deletedSite(state, held.site.guid))
        return
      }
      case 'numbers acquired': {
        const number = numberOf(service, step.slot)
        return platform.change((state) => ({ ...state, numbers: [...state.numbers, number] }))
      }
      case 'numbers released':
        return this.releaseNumbers()
    }
  }

  /** A rule of somebody else, or the tag of one of ours. */
  private ruleInPortal(
    held: Held | undefined,
    { prefix, tag }: { readonly prefix: string; readonly tag: string }
  ): void {
    if (held === undefined) return
    const remove = held.rules.filter((rule) => rule.prefix === prefix)
    if (remove.some((rule) => rule.tag === tag)) return
    this.stack.platform.change((state) =>
      editedDialPlan(state, held.site.guid, planName, { remove, add: [{ prefix, tag }] })
    )
  }

  private releaseNumbers(): void {
    this.stack.platform.change((state) => ({
      ...state,
      numbers: state.numbers.filter(({ tenantId }) => tenantId !== tenant)
    }))
  }

  // -------------------------------------------------------------- runs

  private async struck({ do: what, faults, tasks, kill }: Run): Promise<void> {
    this.stack.setSwitches(tasks)
    const outcome = await this.run(what, { faults, kill })
    this.stack.setSwitches({ deleteTask: 'ok', serviceTask: 'ok' })
    if (outcome.killed) this.tally.kills += 1
  }

  private async run(what: Run['do'], trouble: Pick<Run, 'faults' | 'kill'>): Promise<Outcome> {
    const { platform } = this.stack
    const before = { sites: platform.sites(), kept: this.stack.kept(), services: platform.services() }
    const outcome = await this.stack.run(what, this.program, trouble)
    this.learn(what, outcome)
    assertHidden(outcome.seen, allCanaries)
    assert.deepStrictEqual(platform.violations, [], 'what must never be asked for')
    assert.ok(sameJson(platform.foreign(), this.foreign), 'what belongs to others is as it was')
    const names = platform.services().map((service) => service.shortName)
    assert.deepStrictEqual([...new Set(names)], names, 'services that exist twice')
    this.assertKeptOfOthers(what, before.sites)
    this.assertId()
    const there = platform.services().map(({ guid }) => guid)
    const forgotten = [...before.kept].filter(
      ([name, { id }]) => there.includes(id) && name === nameOf.service && this.stack.kept().get(name)?.id !== id
    )
    assert.deepStrictEqual(forgotten, [], 'services that exist and that the state has forgotten')
    return outcome
  }

  /** The id of a stranger in the place of that of our service would leave it to nobody. */
  private assertId(): void {
    const { platform } = this.stack
    const id = this.stack.kept().get(nameOf.service)?.id
    const isWrong = id !== undefined && platform.services().length > 0 && !platform.ownGuids.has(id)
    assert.ok(!isWrong, `${id ?? ''} is in the state, and is the id of no service of ours`)
  }

  /** In connections that are still there: rules with the tag of others go only where the prefix is declared; connections of the portal stay. */
  private assertKeptOfOthers(what: Run['do'], before: ReadonlyArray<Held>): void {
    const { platform } = this.stack
    const now = platform.sites()
    const services = platform.services().map(({ guid }) => guid)
    const lost = before.filter(
      ({ site }) =>
        isInPortal(site) && services.includes(site.customerGuid) && !now.some((held) => sameJson(held.site, site))
    )
    assert.deepStrictEqual(lost, [], 'connections of the portal that were changed or deleted')
    const keys = ruleKeys(now)
    const taken = before.flatMap(({ site, rules }) =>
      rules
        .filter(({ prefix, tag }) => !isOurs(tag) && !keys.includes(`${site.guid} ${prefix} ${tag}`))
        .filter(({ prefix }) => what === 'refresh' || !this.mayTake(site, prefix))
        .filter(() => now.some((held) => held.site.guid === site.guid))
        .map(({ prefix, tag }) => `${site.name} ${prefix} ${tag}`)
    )
    assert.deepStrictEqual(taken, [], 'rules of others that were changed or deleted')
  }

  /** Whether a declared plan may take the prefix of a rule: it is its own, or it may take over. */
  private mayTake(site: Site, prefix: string): boolean {
    return plans.some((slot) => {
      const wish = this.program.plans[slot]
      return wish?.rules[prefix] !== undefined && nameOfSite(slot, this.program) === site.name
    })
  }

  /** What a run has told, and what not. */
  private learn(what: Run['do'], { killed, ok, undeleted }: Outcome): void {
    const kept = this.stack.kept()
    for (const name of Object.keys(declarations(this.kind, this.program))) {
      if (kept.has(name)) this.unsure.delete(name)
      else if (what === 'up') this.unsure.add(name)
    }
    if (what === 'up' && ok) {
      this.unsure.clear()
      this.isHanging = false
    }
    if (killed) {
      this.isHanging = true
      this.isUntoldLoose = true
    }
    if (killed || undeleted.size > 0) this.needsRefresh = true
    else if (what === 'refresh' && ok) this.needsRefresh = false
  }

  // -------------------------------------------------------------- end

  private async refresh(): Promise<void> {
    for (let round = 0; ; round++) {
      const outcome = await this.run('refresh', noTrouble)
      if (outcome.ok) return
      assert.ok(round < 3, `a refresh that follows each advice does not end well:\n${[...outcome.failures].join('\n')}`)
      for (const [name, text] of outcome.failures) this.forgetGone(name, text)
    }
  }

  private async up(): Promise<void> {
    for (let round = 0; ; round++) {
      const outcome = await this.run('up', noTrouble)
      this.stack.rest()
      if (outcome.ok) return
      assert.ok(round < 8, `an up that follows each advice does not end well:\n${[...outcome.failures].join('\n')}`)
      assert.ok(outcome.failures.size > 0, `an up without a failure did not end well:\n${outcome.seen}`)
      for (const [name, text] of outcome.failures) await this.follow(name, text)
    }
  }

  /** The end: platform and state hold exactly what is declared, and nothing is left to do. */
  async end(): Promise<void> {
    this.stack.rest()
    if (this.needsRefresh) await this.refresh()
    await this.up()
    assert.deepStrictEqual(this.held(), this.wanted(), 'the platform holds what is declared')
    assert.deepStrictEqual(await this.stack.preview(this.program), [], 'a preview is empty')
    assert.deepStrictEqual(
      [...this.stack.kept().keys()].sort(),
      Object.keys(declarations(this.kind, this.program)).sort(),
      'the state has what is declared'
    )
  }

  /** What went with a service that was deleted outside is dropped from the state. */
  private forgetGone(name: string, text: string): void {
    assert.match(
      text,
      /pulumi state delete <urn>/,
      `a fault-free run fails, and this tells no way out:\n${name}: ${text}`
    )
    const entry = this.stack.kept().get(name)
    const guid = entry?.inputs['customerGuid']
    assert.ok(
      this.stack.platform.services().every((service) => service.guid !== guid),
      `${name} is to be forgotten, and is there`
    )
    this.more.advice += 1
    this.stack.forget(name)
  }

  /** Does what an error says, and nothing else. */
  private async follow(name: string, text: string): Promise<void> {
    this.more.advice += 1
    this.followed += 1
    assert.ok(this.followed < 50, `advice that leads in a circle:\n${name}: ${text}`)
    const [, adopt] = /declare adopt: "([0-9a-f-]{36})"/.exec(text) ?? []
    const { service } = this.program
    const slot = connections.find((each) => nameOf.connection(each) === name)
    const plan = plans.find((each) => nameOf.plan(each) === name)
    if (/first run "pulumi up" with deletionProtection: false/.test(text)) await this.release('replacement')
    else if (/declare deletionProtection: false and run "pulumi up" before/.test(text)) await this.release('deletion')
    else if (/release the numbers/.test(text)) this.releaseNumbers()
    else if (slot !== undefined && /allow: \["(rename|sbcMove)"\]/.test(text)) {
      this.declareMore(slot, { allow: ['rename', 'sbcMove'] })
    } else if (plan !== undefined && /declare adopt: true/.test(text)) this.takePlan(plan)
    else if (adopt !== undefined && name === nameOf.service && service !== undefined) {
      this.assertAdoptable(
        name,
        adopt,
        this.stack.platform.services().map(({ guid }) => guid)
      )
      this.program = { ...this.program, service: { ...service, adopt } }
    } else if (adopt !== undefined && slot !== undefined) this.takeConnection(slot, adopt)
    else if (name === nameOf.service && service?.adopt !== undefined && /leave adopt out|remove it/.test(text)) {
      const { adopt: _adopt, ...rest } = service
      this.program = { ...this.program, service: rest }
    } else if (slot !== undefined && /adopt.*(leave adopt out|remove it)/s.test(text)) this.dropAdopt(slot)
    else if (/run "pulumi refresh", then "pulumi up"/.test(text)) await this.refresh()
    else this.forgetGone(name, text)
  }

  private assertAdoptable(name: string, guid: string, there: ReadonlyArray<string>): void {
    assert.ok(this.unsure.has(name), `${name} is to be adopted, although every run has told what it did`)
    assert.ok(there.includes(guid), `${guid} is to be adopted as ${name}, and is none of ours`)
    this.tally.adopted += 1
    this.isUntoldLoose = true
  }

  private takeConnection(slot: Connection, guid: string): void {
    const wish = this.program.connections[slot]
    const found = this.stack.platform.sites().find(({ site }) => site.guid === guid)?.site
    this.assertAdoptable(nameOf.connection(slot), guid, found?.name === siteName(slot) ? [guid] : [])
    if (wish === undefined || found === undefined) return
    const { enableCac } = found
    this.declareMore(slot, { adopt: guid, enableCac, carrierRegistration: false })
  }

  private declareMore(slot: Connection, more: JsonObject): void {
    const wish = this.program.connections[slot]
    if (wish === undefined) return
    const taken = { ...wish.taken, ...more }
    this.program = { ...this.program, connections: { ...this.program.connections, [slot]: { ...wish, taken } } }
  }

  private dropAdopt(slot: Connection): void {
    const wish = this.program.connections[slot]
    if (wish === undefined) return
    const { adopt: _adopt, ...taken } = wish.taken ?? {}
    this.program = { ...this.program, connections: { ...this.program.connections, [slot]: { ...wish, taken } } }
  }

  private takePlan(slot: Plan): void {
    const wish = this.program.plans[slot]
    if (wish !== undefined) {
      this.program = { ...this.program, plans: { ...this.program.plans, [slot]: { ...wish, adopt: true } } }
    }
  }

  /** Takes the protection away, in a run that neither deletes nor replaces the service, and goes on with what was to be done. */
  private async release(what: 'replacement' | 'deletion'): Promise<void> {
    const wanted = this.program
    const n = this.stack.kept().get(nameOf.service)?.inputs['shortName'] === shortName(1) ? 1 : 2
    const base = wanted.service === undefined ? this.whole : wanted
    const isService = what === 'replacement' || wanted.service === undefined
    const service = { ...base.service, n, ...(isService ? { protection: false } : {}) }
    this.program = { ...base, service }
    await this.up()
    this.program = wanted
    if (what === 'replacement' && wanted.service !== undefined) {
      this.program = { ...wanted, service: { ...wanted.service, protection: false } }
    }
  }

  private wanted(): unknown {
    const { service, connections: sites } = this.program
    if (service === undefined) return { services: [], sites: {}, rules: {} }
    const { license, users, secret, n } = service
    return {
      services: [
        {
          shortName: shortName(n),
          ...(license === undefined ? {} : { licenseType: licenseTypes[this.kind][license] }),
          ...(license === undefined || users === undefined ? {} : { licensedUsersCount: users }),
          ...(license === undefined || secret === undefined || this.isUntoldLoose
            ? {}
            : { applicationClientSecret: secret })
        }
      ],
      sites: {
        [shortName(n)]: {},
        ...Object.fromEntries(
          connections.flatMap((slot) => {
            const wish = sites[slot]
            return wish === undefined
              ? []
              : [[siteName(slot), { cacProfile: wish.cacProfile, carrierUserPassword: wish.carrierUserPassword }]]
          })
        )
      },
      rules: this.declaredRules()
    }
  }

  private declaredRules(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    const all: Record<string, Record<string, string>> = {}
    for (const slot of plans) {
      const wish = this.program.plans[slot]
      if (wish === undefined) continue
      const name = nameOfSite(slot, this.program)
      all[name] = { ...all[name], ...wish.rules }
    }
    return all
  }

  /** The same of what the platform holds; connections of the portal, and rules with a tag of the portal, are none of ours. */
  private held(): unknown {
    const { platform } = this.stack
    const { service } = this.program
    const { license, users, secret } = service ?? {}
    const declared = this.declaredRules()
    const own = platform.sites().filter(({ site }) => !isInPortal(site))
    return {
      services: platform.services().map((each) => ({
        shortName: each.shortName,
        ...(license === undefined ? {} : { licenseType: each.licenseType }),
        ...(license === undefined || users === undefined
          ? {}
          : { licensedUsersCount: each.licensedUsersCount ?? (this.isUntoldLoose ? users : null) }),
        ...(license === undefined || secret === undefined || this.isUntoldLoose
          ? {}
          : { applicationClientSecret: each.applicationClientSecret })
      })),
      sites: Object.fromEntries(
        own.map(({ site: { name, cacProfile, carrierUserPassword } }) => [
          name,
          connections.some((slot) => siteName(slot) === name) ? { cacProfile, carrierUserPassword } : {}
        ])
      ),
      rules: Object.fromEntries(
        own.flatMap(({ site, rules }) => {
          const ours = rules.filter(({ prefix, tag }) => isOurs(tag) || declared[site.name]?.[prefix] !== undefined)
          return ours.length === 0
            ? []
            : [[site.name, Object.fromEntries(ours.map(({ prefix, tag }) => [prefix, tag]))]]
        })
      )
    }
  }
}

const isPortal = (step: Edit | Portal): step is Portal => step.do.includes('portal') || step.do.startsWith('numbers')

let numbers = 0

const numberOf = ({ guid }: Customer, slot: Connection): OcNumber => ({
  id: 900_000 + ++numbers,
  telephoneNumber: `+4930${900_000 + numbers}`,
  tenantId: tenant,
  acquiredNumberStatus: 'Active',
  callingProfileId: 'eeeeeeee-0000-4000-8000-000000000001',
  sbcIds: [3],
  isoCountryCode: 'DE',
  acquiredOn: '2024-04-04T12:21:56Z',
  umpCustomerGuid: guid,
  ocSipConnectionName: siteName(slot),
  tenantCallingProfileId: null
})
