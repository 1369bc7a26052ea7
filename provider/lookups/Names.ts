import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { few } from '../Words'
import { pipe } from 'fp-ts/function'
import { optional } from '../Decode'
import type { Env, Program } from '../Env'
import { type ProviderError, type Refused, refused } from '../Errors'
import { type Arguments, Words, noLicense, oneOf } from './Arguments'
import { type SbcDevice, namedSbcs } from './SbcDevices'
import { type ScriptKind, type ScriptTemplate, getScriptTemplates, scriptKinds } from './ScriptTemplates'
import { type CustomerSummary, getCustomers, getServices } from './Services'

/** The ids behind names: what a program would otherwise hold as magic numbers. Choices are pure. */

/** Arguments of `customerGuid`. */
export interface CustomerGuidArgs {
  /** Short name of the service. Upper and lower case count. */
  readonly shortName: string
}
/** Arguments of `scriptId`. */
export interface ScriptIdArgs {
  /** Name of the script. Upper and lower case count. */
  readonly name: string
  /** What the script is for. Default: any. */
  readonly kind?: ScriptKind
}
/** Arguments of `sbcId`. */
export interface SbcIdArgs {
  /** Name or host name (FQDN) of the SBC. Upper and lower case count in names, not in host names. */
  readonly nameOrFqdn: string
}

/** What is right for `customerGuid`. */
export const customerGuidArguments: Arguments<CustomerGuidArgs> = { shortName: Words }
/** What is right for `scriptId`. */
export const scriptIdArguments: Arguments<ScriptIdArgs> = { name: Words, kind: optional(oneOf(...scriptKinds)) }
/** What is right for `sbcId`. */
export const sbcIdArguments: Arguments<SbcIdArgs> = { nameOrFqdn: Words }

const pairs = (text: string): ReadonlyArray<string> =>
  Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2))

/** How much two names have in common, from 0 to 1: the share of pairs of letters (Dice). */
const likeness = (a: string, b: string): number => {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  if (left === right) return 1
  const of = pairs(left)
  const common = pairs(right).filter((pair) => of.includes(pair)).length
  return (2 * common) / Math.max(1, of.length + pairs(right).length)
}

/** The names most like the one that was asked for come first; names that are equally like it, by the alphabet. */
export const nearest = (wanted: string, names: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(names)]
    .map((name) => [name, likeness(wanted, name)] as const)
    .sort(([a, x], [b, y]) => y - x || (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([name]) => name)

const none = (what: string, wanted: string, names: ReadonlyArray<string>, next: string): E.Either<Refused, never> =>
  E.left(
    refused(
      `there is no ${what} "${wanted}"; ${names.length === 0 ? 'there are none at all' : `there are ${few(nearest(wanted, names))}`}`,
      next
    )
  )

const several = (
  what: string,
  wanted: string,
  candidates: ReadonlyArray<string>,
  next: string
): E.Either<Refused, never> => E.left(refused(`${candidates.length} are ${what} "${wanted}": ${few(candidates)}`, next))

const named = (names: ReadonlyArray<string | undefined>): ReadonlyArray<string> =>
  names.flatMap((name) => (name === undefined || name === '' ? [] : [name]))

/** The guid of the one service with this short name. */
export const chooseCustomer = (services: ReadonlyArray<CustomerSummary>, wanted: string): E.Either<Refused, string> => {
  const found = services.filter(({ shortName }) => shortName === wanted)
  const [licensed, ...others] = found.flatMap(({ customerGuid, fullName }) =>
    customerGuid === undefined ? [] : [{ customerGuid, fullName }]
  )
  if (licensed !== undefined && others.length === 0) return E.right(licensed.customerGuid)
  if (licensed !== undefined) {
    return several(
      'services with the short name',
      wanted,
      [licensed, ...others].map(
        ({ customerGuid, fullName }) => `${customerGuid}${fullName === undefined ? '' : ` (${fullName})`}`
      ),
      'give the customerGuid of the one that is meant'
    )
  }
  if (found.length > 0) {
    return E.left(
      refused(
        `"${wanted}" has no customer guid: ${noLicense}`,
        'apply a license to the lead, and run again when the service is there'
      )
    )
  }
  return none(
    'service with the short name',
    wanted,
    named(services.map(({ shortName }) => shortName)),
    'correct the short name (upper and lower case count)'
  )
}

/** A script as a person reads it. */
export const scriptText = ({ id, name, kind }: ScriptTemplate): string => `${name} (${id}, ${kind})`

/** The id of the one script with this name, and of this kind where one is given. */
export const chooseScript = (
  scripts: ReadonlyArray<ScriptTemplate>,
  wanted: string,
  kind?: ScriptKind
): E.Either<Refused, number> => {
  const found = scripts.filter(({ name }) => name === wanted)
  const [script, ...others] = found.filter((each) => kind === undefined || each.kind === kind)
  if (script !== undefined && others.length === 0) return E.right(script.id)
  if (script !== undefined) {
    const next = kind === undefined ? 'say of which kind it is, or give its id' : 'give the id of the one that is meant'
    return several('scripts with the name', wanted, [script, ...others].map(scriptText), next)
  }
  if (found.length > 0) {
    return E.left(
      refused(
        `no script "${wanted}" is of kind ${kind ?? ''}: ${few(found.map(scriptText))}`,
        'correct the kind, or leave it out'
      )
    )
  }
  const ofKind = scripts.filter((each) => kind === undefined || each.kind === kind)
  return none(
    kind === undefined ? 'script' : `script of kind ${kind} with the name`,
    wanted,
    ofKind.map(({ name }) => name),
    'correct the name (upper and lower case count)'
  )
}

const host = (name: string): string => name.toLowerCase().replace(/\.$/, '')

/** An SBC as a person reads it. */
export const sbcText = ({ sbcId, name, fqdn }: SbcDevice): string => {
  const names = named([name, fqdn])
  return names.length === 0 ? String(sbcId) : `${sbcId} (${names.join(', ')})`
}

/** The id of the one SBC with this name or host name; host names have no case and may end in a dot. */
export const chooseSbc = (
  sbcs: ReadonlyArray<SbcDevice>,
  wanted: string,
  isPathSet: boolean
): E.Either<Refused, number> => {
  const found = sbcs.filter(({ name, fqdn }) => name === wanted || (fqdn !== undefined && host(fqdn) === host(wanted)))
  const [sbc, ...others] = found
  if (sbc !== undefined && others.length === 0) return E.right(sbc.sbcId)
  if (sbc !== undefined) {
    return several(
      'SBCs with the name or host name',
      wanted,
      found.map(sbcText),
      'give the sbcId of the one that is meant'
    )
  }
  return none(
    'SBC with the name or host name',
    wanted,
    named(sbcs.flatMap(({ name, fqdn }) => [name, fqdn])),
    isPathSet
      ? 'correct the name (upper and lower case count, but in host names)'
      : 'correct the name (upper and lower case count, but in host names). SBCs are known from calling profiles only: let audiocodes-live:sbcDevicesPath name Get SBC Devices, or give the sbcId'
  )
}

/** V2 tells the guid of a short name too. */
const customers: Program<ReadonlyArray<CustomerSummary>> = pipe(
  getServices(),
  RTE.map((services): ReadonlyArray<CustomerSummary> => services),
  RTE.orElse((error) =>
    error._tag === 'NotFound' ? getCustomers() : RTE.left<Env, ProviderError, ReadonlyArray<CustomerSummary>>(error)
  )
)

/** The guid of the customer with this short name, from Get Services Brief Details (V3), or Get Customers Brief Details (V2). */
export const customerGuid = ({ shortName }: CustomerGuidArgs): Program<string> =>
  pipe(
    customers,
    RTE.chainEitherK((services): E.Either<ProviderError, string> => chooseCustomer(services, shortName))
  )

/** The id of the script with this name, from Get Script Templates. */
export const scriptId = ({ name, kind }: ScriptIdArgs): Program<number> =>
  pipe(
    getScriptTemplates(),
    RTE.chainEitherK((scripts): E.Either<ProviderError, number> => chooseScript(scripts, name, kind))
  )

/** The id of the SBC with this name or host name, from Get SBC Devices, or from Get Calling Profiles. */
export const sbcId =
  ({ nameOrFqdn }: SbcIdArgs): Program<number> =>
  (env) =>
    pipe(
      namedSbcs(),
      RTE.chainEitherK((sbcs): E.Either<ProviderError, number> =>
        chooseSbc(sbcs, nameOrFqdn, env.settings.sbcDevicesPath !== undefined)
      )
    )(env)
