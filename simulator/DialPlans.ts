/** Dial plans of a SIP connection: the prefixes by which its calls are routed. */
import { membersOf } from './Body'
import { bodyMembers, validGuid } from './Checks'
import { dialPlanOf, rulesOf, withChangedPlan } from './DialPlanRules'
import { optional, readFields, required } from './Fields'
import * as Problems from './Problems'
import type { FieldErrors } from './Problems'
import { error, ok, string } from './Rules'
import type { Rule } from './Rules'
import { dialPlanNames } from './State'
import * as Table from './Table'
import type { Answer, Call, DialPlanRule, Result, Site } from './Types'

interface Addressed {
  readonly site: Site
  readonly name: string
}

/** The connection and the name of the plan in the path, or what refuses the call. */
const addressed = (call: Call): Addressed | Answer => {
  const { state, now } = call
  const [customer = '', location = '', name = ''] = call.params
  const customerGuid = validGuid('customerGuid', customer, call)
  if (typeof customerGuid !== 'string') return customerGuid
  const siteGuid = validGuid('siteLocationId', location, call)
  if (typeof siteGuid !== 'string') return siteGuid
  if (Table.get(state.customers, customerGuid) === undefined) return Problems.notFound('Customer', customerGuid)
  const site = Table.get(state.sites, siteGuid)
  if (site?.customerGuid !== customerGuid || site.visibleAt > now) return Problems.notFound('Site location', siteGuid)
  return (dialPlanNames as readonly string[]).includes(name) ? { site, name } : Problems.notFound('Dial plan', name)
}

/** `GET /api/v2/customer/{customerGuid}/sitelocation/{siteGuid}/dialplan/{name}` */
export const getDialPlan = (call: Call): Result => {
  const { state } = call
  const target = addressed(call)
  if ('delivery' in target) return [state, target]
  const { site, name } = target
  const ruleDTO = rulesOf(dialPlanOf(state, site.guid, name)).map((rule) => ({
    ...rule,
    name: state.switches.ruleName === 'site' ? site.name : rule.name
  }))
  return [state, Problems.json(200, { dialPlanId: name, ruleDTO })]
}

const prefix: Rule<string> = (value) =>
  typeof value === 'string' && /^\+?\d+$/.test(value)
    ? ok(value)
    : error('The value must be digits, with or without a plus in front.')

const tag: Rule<string> = (value) =>
  typeof value === 'string' && /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(value)
    ? ok(value)
    : error('The value must be a fully qualified domain name.')

const list: Rule<readonly unknown[]> = (value) =>
  Array.isArray(value) ? ok(value) : error('The value must be a list.')

const fields = {
  dialPlanId: required(string, 'dialPlanId'),
  add: optional(list, 'add'),
  remove: optional(list, 'remove')
}

const ruleFields = {
  name: optional(string, 'name'),
  prefix: required(prefix, 'prefix'),
  tag: required(tag, 'tag')
}

interface RulesRead {
  readonly rules: readonly DialPlanRule[]
  readonly errors: FieldErrors
}

/** The rules of a list; one without a name of its own is named after the plan. */
const readRules = (member: 'add' | 'remove', given: readonly unknown[], plan: string, strict: boolean): RulesRead => {
  const rules: DialPlanRule[] = []
  const errors: Record<string, readonly string[]> = {}
  given.forEach((value, i) => {
    const members = membersOf(value)
    const read = members === undefined ? undefined : readFields(members, ruleFields, strict)
    if (read === undefined) errors[`${member}[${i}]`] = ['The value must be an object.']
    else if ('values' in read) rules.push({ ...read.values, name: read.values.name ?? plan })
    else for (const [name, why] of Object.entries(read.errors)) errors[`${member}[${i}].${name}`] = why
  })
  return { rules, errors }
}

const answers = {
  one: Problems.json(200, 1),
  messages: Problems.json(200, { executionMessages: [{ level: 'Information', message: 'Dial plan saved.' }] }),
  string: Problems.json(200, 'Dial plan saved.'),
  empty: Problems.nothing(200)
}

/** `PATCH /api/v2/customer/{customerGuid}/sitelocation/{siteGuid}/dialplan/{name}` */
export const changeDialPlan = (call: Call): Result => {
  const { state } = call
  const { switches } = state
  const refuse = (answer: Answer): Result => [state, answer]

  const body = bodyMembers(call)
  if ('refusal' in body) return refuse(body.refusal)
  const target = addressed(call)
  if ('delivery' in target) return refuse(target)
  const { site, name } = target
  const strict = switches.unknownFields === 'refused'
  const read = readFields(body.members, fields, strict)
  if ('errors' in read) return refuse(Problems.validation(read.errors, call))
  const { dialPlanId, add: toAdd = [], remove: toRemove = [] } = read.values
  const add = readRules('add', toAdd, name, strict)
  const remove = readRules('remove', toRemove, name, strict)
  const wrong = {
    ...(dialPlanId === name ? {} : { dialPlanId: ['The value must be the dial plan in the path.'] }),
    ...add.errors,
    ...remove.errors
  }
  if (Object.keys(wrong).length > 0) return refuse(Problems.validation(wrong, call))
  const next = withChangedPlan(state, site.guid, name, { add: add.rules, remove: remove.rules })
  return typeof next === 'string'
    ? refuse(Problems.problem(400, 'Bad Request', next, 'InvalidDialPlanChange', call))
    : [next, answers[switches.dialPlanAnswer]]
}
