import { type Difference, differenceBy } from '../Difference'
import type { InputTables } from '../Inputs'
import { type Definition, type Resource, resource } from '../Resource'
import { type ServiceArgs, secretPlaces } from './Args'
import { claimOf } from './Catalogue'
import { find } from './Import'
import type { Kind } from './Kind'
import { visibleKeys } from './Live'
import * as Service from './Service'
import { type ServiceState, stateFrom } from './State'

/** What the resource of a kind of service needs beside the kind itself. */
export interface Described<A extends ServiceArgs> {
  readonly kind: Kind<A>
  readonly codecs: InputTables<A>['codecs']
  readonly required: InputTables<A>['required']
  readonly check: Definition<A, ServiceState<A>>['check']
}

const outputs = {
  customerGuid: 'kept',
  licenseType: 'written',
  siteGuid: 'written',
  siteName: 'written',
  executionMessages: 'written',
  lastOperation: 'written',
  platform: 'kept',
  managedKeys: 'written',
  schemaVersion: 'kept'
} as const

/** What the platform does not tell is not in the state of an import: then it is taken as declared, and no reason for a replacement. */
const withoutUntold = (state: object, difference: Difference): Difference => {
  const replaces = difference.replaces.filter((key) => key in state)
  return { ...difference, replaces, deleteBeforeReplace: replaces.length > 0 }
}

/** The resource of a kind of service. */
export const serviceResource = <A extends ServiceArgs>({ kind, codecs, required, check }: Described<A>): Resource => {
  const definition: Definition<A, ServiceState<A>> = {
    type: kind.type,
    inputs: { codecs, required, rules: kind.changeRules },
    secrets: secretPlaces,
    untold: kind.argKeys.filter((key) => !visibleKeys.some((each) => each === key) && !kind.optionKeys.includes(key)),
    canonicalId: (given) => given.toLowerCase(),
    subject: (operation, { shortName }, customerGuid) => ({
      kind: operation,
      thing: kind.thing,
      ...(shortName === undefined ? {} : { name: shortName }),
      ...(customerGuid === undefined ? {} : { customerGuid })
    }),
    check,
    stateFrom: stateFrom<A>(kind.argKeys),
    diff: (state, news) => withoutUntold(state, differenceBy<keyof A & string>(kind.changeRules)(state, news)),
    holds: (customerGuid) => [claimOf(customerGuid)],
    create: Service.create(kind),
    read: Service.read(kind),
    update: Service.update(kind),
    remove: Service.remove(kind),
    // The kind adds where its services come from.
    outputs: {
      ...outputs,
      ...Object.fromEntries(kind.origin.map((key) => [key, 'kept']))
    } as unknown as Definition<A, ServiceState<A>>['outputs'],
    find: find(kind)
  }
  return resource(definition)
}
