import { manySitesCustomer, type Simulator } from '../../simulator'
import type { SipConnectionArgs } from '../../provider/sip-connection/Args'
import { type FaultName, type Instance, type ListedFault, type Operation, listedFaults } from './FaultList'

/**
 * What is done after the fault is gone. `again`: the fault had struck once; `up`, `refresh`, `destroy`: it had lasted, and this is the next
 * command (a `refresh` and then an `up`; a `destroy`, and then an `up` that makes the connection again).
 */
export const sequels = ['again', 'up', 'refresh', 'destroy'] as const
export type Sequel = (typeof sequels)[number]

/** A connection of the program: one for every fault and sequel, each at a customer of its own, so that no request is another's. */
export interface Subject {
  readonly fault: FaultName
  readonly sequel: Sequel
  readonly instance: Instance | undefined
  readonly name: string
  readonly customerGuid: string
  readonly rules: ListedFault['rules']
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')

export const subjects: readonly Subject[] = listedFaults
  .flatMap(({ name: fault, strikes, instance, rules }: ListedFault<FaultName>) =>
    sequels
      .filter((sequel) => sequel !== 'again' || strikes.includes('once'))
      .map((sequel) => ({ fault, sequel, instance, name: `${slug(fault)}-${sequel}`, rules }))
  )
  .map((subject, index) => ({ ...subject, customerGuid: manySitesCustomer(index + 1) }))

const [onboardingScript, cleanupScript] = [12001, 12002]

/** What the program declares at an operation. */
export const declared = ({ name, customerGuid }: Pick<Subject, 'name' | 'customerGuid'>, operation: Operation) =>
  ({
    customerGuid,
    siteName: name,
    sbcId: 3,
    cacProfile: operation === 'create' ? '10 sessions' : '5 sessions',
    // Add cannot carry them, so that a creation is a POST and a PATCH.
    phones: ['+498955510'],
    sbcScripts: { onboardingScript, cleanupScript }
  }) satisfies SipConnectionArgs

/** Whether the platform holds the connection, once and as it is declared. */
export const isAsDeclared = (simulator: Simulator, subject: Subject, operation: Operation): boolean => {
  const { siteName, phones, sbcScripts: _scripts, ...rest } = declared(subject, operation)
  const wanted = { ...rest, phones: phones.join(','), onboardingScript, cleanupScript, sbcState: 'Deployed' }
  const [site, ...others] = simulator.state().sites.filter(({ name }) => name === siteName)
  return (
    site !== undefined &&
    others.length === 0 &&
    Object.entries(wanted).every(([key, value]) => site[key as keyof typeof wanted] === value)
  )
}

/** Arms the fault of a connection. */
export const arm = (simulator: Simulator, operation: Operation, subject: Subject): void => {
  const siteGuid = simulator.state().sites.find(({ name }) => name === subject.name)?.guid
  const times = subject.sequel === 'again' ? 1 : 'always'
  for (const rule of subject.rules(operation, { ...subject, siteGuid }, times)) simulator.addFault(rule)
}
