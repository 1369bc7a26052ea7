import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../../provider/Env'
import { type ProviderError, refused } from '../../provider/Errors'
import { type Licenses, hostedLicenses, operatorConnectLicenses } from '../../provider/services/License'
import type { Progress } from '../report/Progress'
import { type Kind, resources } from '../report/Kinds'
import type { Customer } from './Customers'
import { confirm } from './Declared'
import { type Failure, failureOf } from './Failure'
import { type Look, type Properties, lookOf, readEach } from './Looks'

/** The services of customers. */

export interface Service extends Look {
  readonly customer: Customer
}

/** A kind of service, and the input that no answer tells: a change of it replaces the service. */
interface ServiceKind {
  readonly kind: Kind
  readonly licenses: Licenses
  readonly guess: Properties
}

const serviceKinds: ReadonlyArray<ServiceKind> = [
  { kind: 'hostedEssentialsService', licenses: hostedLicenses, guess: { ovocCustomerType: 'IPGROUP_TYPE' } },
  { kind: 'operatorConnectService', licenses: operatorConnectLicenses, guess: { configuration: 'ipGroup' } }
]

const kindOf = (licenseType: number | undefined): ServiceKind | undefined =>
  serviceKinds.find(
    ({ licenses: { entry, words } }) =>
      licenseType === entry || Object.values(words).some((type) => type === licenseType)
  )

/** With the entry license nothing of it can be declared: the usual body of its change has no place for it. */
const ofLicense = ['license', 'licensedUsersCount', 'applicationClientId']

const declared = ({ licenses }: ServiceKind, { licenseType }: Customer, shown: Properties): Properties =>
  Object.fromEntries(
    Object.entries(shown).filter(([key]) => licenseType !== licenses.entry || !ofLicense.includes(key))
  )

const guessText = `${confirm}, here and in import.json, before the import: a change after it replaces the service`

const leftOf = ({ args }: { readonly args: Properties }): ReadonlyArray<string> => [
  ...(args.license === undefined ? ['license: the one that a new service has; declare another one to change it'] : []),
  ...(args.applicationClientId === undefined ? [] : [`applicationClientSecret: ${confirm}`])
]

const found =
  (
    customer: Customer,
    service: ServiceKind,
    { inputs, state }: { readonly inputs: Properties; readonly state: Properties }
  ) =>
  (env: Env): E.Either<ProviderError, Service> => {
    const args = { ...declared(service, customer, inputs), ...service.guess, adopt: customer.guid }
    const remarks = Object.fromEntries(Object.keys(service.guess).map((key) => [key, guessText]))
    return pipe(
      lookOf({ kind: service.kind, id: customer.guid, args, remarks, left: leftOf({ args }) }, state, env),
      E.map((look) => ({ ...look, customer }))
    )
  }

const read = (customer: Customer): Program<Service> => {
  const service = kindOf(customer.licenseType)
  return service === undefined
    ? RTE.left(
        refused(
          `its license type ${customer.licenseType ?? '(not told)'} is none of 0 to 5, so that its kind is not known`
        )
      )
    : pipe(
        resources[service.kind].read(customer.guid, {}).program,
        RTE.chain((look) =>
          O.isNone(look)
            ? RTE.left<Env, ProviderError, Service>(refused('it was deleted meanwhile'))
            : (env) => () => Promise.resolve(found(customer, service, look.value)(env))
        )
      )
}

/** The services in the order of the customers; those that cannot be read are told. */
export const servicesOf = (
  customers: ReadonlyArray<Customer>,
  env: Env,
  progressOf: (total: number) => Progress
): Promise<{ readonly found: ReadonlyArray<Service>; readonly failures: ReadonlyArray<Failure> }> =>
  readEach(customers, env, progressOf(customers.length), read, ({ guid, shortName, licenseType }, error) => {
    const kind = kindOf(licenseType)?.kind ?? 'hostedEssentialsService'
    const subject = resources[kind].subject('read', shortName === undefined ? {} : { shortName }, guid)
    return failureOf(subject, error, env.now())
  })
