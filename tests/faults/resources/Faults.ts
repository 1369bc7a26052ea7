import { type Fault, type FaultRule, OTHER_SITE_GUID, customerGuids } from '../../../simulator'
import { type FaultName, type ListedFault, type Operation, type Strikes, listedFaults } from '../FaultList'
import type { Victim } from './Victims'

/** The faults of the matrix, as they strike the other resources. */

/** Answers about another thing than the one that is meant; those about another connection are in the list of all. */
const wrongIds = ['answer for a service that nobody knows', 'answer for another dial plan'] as const

export type ResourceFaultName = FaultName | (typeof wrongIds)[number]

/** What stands between the provider and the platform. */
export type Way = 'straight' | 'shut' | 'astray' | 'with tokens that expire'

export interface ResourceFault {
  readonly name: ResourceFaultName
  readonly strikes: ReadonlyArray<Strikes>
  readonly way: Way
  /** Where it can strike: always, or only the work of these. */
  readonly concerns: (victim: Victim, operation: Operation) => boolean
  readonly rules: (victim: Victim, operation: Operation, times: 1 | 'always') => ReadonlyArray<FaultRule>
}

const ways: Readonly<Partial<Record<NonNullable<ListedFault['instance']>, Way>>> = {
  unreachable: 'shut',
  astray: 'astray',
  expiring: 'with tokens that expire'
}

const always = (): boolean => true

const isService = ({ resource }: Victim): boolean =>
  resource === 'hostedEssentialsService' || resource === 'operatorConnectService'

const isConnections = ({ resource }: Victim): boolean => resource === 'sipConnectionFleet'

const writes = (operation: Operation): boolean => operation === 'create' || operation === 'update'

/** An answer to a write of a connection that is about another one. */
const aboutAnother: ResourceFault['concerns'] = (victim, operation) => isConnections(victim) && writes(operation)

const namesService = (operation: Operation): boolean => operation === 'create' || operation === 'read'

const concerns: Readonly<Partial<Record<ResourceFaultName, ResourceFault['concerns']>>> = {
  // A change and a deletion are answered with a number, or with a task.
  'answer for another customer': (victim, operation) =>
    (isService(victim) && namesService(operation)) || aboutAnother(victim, operation),
  'answer for a site that nobody knows': aboutAnother,
  'answer for a site of another customer': aboutAnother,
  'answer for a service that nobody knows': (victim, operation) => isService(victim) && namesService(operation),
  'answer for another dial plan': ({ resource }, operation) => resource === 'dialPlan' && operation === 'read',
  // A list of numbers has no messages.
  '200 with an Error, effect made': ({ resource }) => resource !== 'numbersGuard',
  '200 with an Error, no effect': ({ resource }) => resource !== 'numbersGuard'
}

const struck = (
  { work }: Victim,
  operation: Operation,
  times: 1 | 'always',
  fault: Fault
): ReadonlyArray<FaultRule> => {
  const match = work[operation]
  return match === undefined ? [] : [{ match, times, fault }]
}

const taskId = 'tsk_7777'

const taskFault = (
  victim: Victim,
  operation: Operation,
  times: 1 | 'always',
  outcome: 'fails' | 'never' | 'vanishes'
): ReadonlyArray<FaultRule> => {
  if (victim.tasks.simulated) return struck(victim, operation, times, { kind: 'task', outcome })
  const status = outcome === 'fails' ? 'Failed' : 'InProgress'
  const executionMessages = outcome === 'fails' ? [{ level: 'Error', message: 'The script failed.' }] : []
  const asked: Fault =
    outcome === 'vanishes'
      ? { kind: 'status', status: 404 }
      : { kind: 'status', status: 200, body: { id: taskId, status, executionMessages } }
  return [
    { match: { method: 'GET', path: `task/${taskId}` }, times: 'always', fault: asked },
    ...struck(victim, operation, times, { kind: 'status', status: 200, body: JSON.stringify(taskId) })
  ]
}

const outcomes = {
  'a task that fails': 'fails',
  'a task that never ends': 'never',
  'a task that vanishes': 'vanishes'
} as const

const isTask = (name: string): name is keyof typeof outcomes => Object.hasOwn(outcomes, name)

const nobody = { customerGuid: 'not looked at', siteGuid: undefined, name: '' } as const

/** A fault of the connections, which strikes the work of another resource in the same way. */
const shared = ({ name, strikes, instance, rules }: ListedFault<ResourceFaultName>): ResourceFault => {
  const way = ways[instance ?? 'throttled'] ?? 'straight'
  if (isTask(name)) {
    return {
      name,
      strikes,
      way,
      concerns: ({ tasks }, operation) => tasks.operations.includes(operation),
      rules: (victim, operation, times) => taskFault(victim, operation, times, outcomes[name])
    }
  }
  const [model] = rules('create', nobody, 1)
  const other: Fault | undefined =
    name === 'answer for another customer' ? { kind: 'otherSite', customerGuid: customerGuids.contoso } : model?.fault
  return {
    name,
    strikes,
    way,
    concerns: concerns[name] ?? always,
    rules: (victim, operation, times) => (other === undefined ? [] : struck(victim, operation, times, other))
  }
}

const own = (name: (typeof wrongIds)[number], fault: Fault): ResourceFault => ({
  name,
  strikes: ['once', 'lasting'],
  way: 'straight',
  concerns: concerns[name] ?? always,
  rules: (victim, operation, times) => struck(victim, operation, times, fault)
})

/** Everything that is made to go wrong, in the order of the page. */
export const resourceFaults: ReadonlyArray<ResourceFault> = listedFaults.flatMap(
  (fault: ListedFault<FaultName>): ReadonlyArray<ResourceFault> =>
    fault.name === 'answer for a site that nobody knows'
      ? [
          own('answer for a service that nobody knows', { kind: 'otherSite', customerGuid: OTHER_SITE_GUID }),
          own('answer for another dial plan', { kind: 'otherSite' }),
          shared({ ...fault, name: fault.name })
        ]
      : [shared({ ...fault, name: fault.name })]
)

/** The faults that can strike an operation. */
export const faultsOf = (victim: Victim, operation: Operation): ReadonlyArray<ResourceFault> =>
  victim.work[operation] === undefined
    ? []
    : resourceFaults.filter(({ concerns: strikes }) => strikes(victim, operation))
