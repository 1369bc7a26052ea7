import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { scrubbed, type ExecutionMessage } from '../Answers'
import { caseBlind, optional } from '../Decode'
import type { Env, Program } from '../Env'
import * as Http from '../Http'
import { serviceFields, serviceNames } from '../lookups/Services'
import { doing } from '../Operations'
import type { LicenseKey, ServiceArgs } from './Args'
import type { Kind } from './Kind'
import { changeBody, upgradeBody } from './License'
import type { LiveService } from './Live'
import { ServiceAnswer } from './Wire'

/** The calls of the API that a service needs, one function each. */

const pathOf = (version: 'v2' | 'v3', customerGuid: string): string =>
  `/api/${version}/customer/${encodeURIComponent(customerGuid)}`

/** Without its short name nothing tells one service from another. Connections that are null are not told: .NET writes null where nothing was filled in. */
const Details: t.Decoder<unknown, LiveService> = caseBlind(
  {
    ...serviceFields,
    shortName: t.string,
    applicationClientId: optional(t.string),
    sipConnections: optional(serviceFields.sipConnections)
  },
  'ServiceDetails',
  serviceNames
)

/** Get Details for Specific Service (V3), read anew. */
export const getService = (customerGuid: string): Program<LiveService> =>
  Http.send({ method: 'GET', path: pathOf('v3', customerGuid), query: { allDetails: 'true' }, answer: Details })

/** The execution messages of the last write are kept for the outputs, without the secrets that a script may have printed. */
export const remember = (messages: ReadonlyArray<ExecutionMessage>): Program<void> =>
  doing((env) => {
    env.operation.said.splice(0, Infinity, ...scrubbed(messages, env.operation.scrub))
  })

const remembered = (write: Program<ServiceAnswer>): Program<ServiceAnswer> =>
  pipe(
    write,
    RTE.chainFirst(({ executionMessages }) => remember(executionMessages))
  )

/** The call that makes a service of this kind. */
export const postService = <A extends ServiceArgs>(kind: Kind<A>, args: A): Program<ServiceAnswer> =>
  pipe(
    RTE.asks((env: Env) => kind.creation(args, env.settings)),
    RTE.chain(({ path, body }) =>
      remembered(
        Http.send({
          method: 'POST',
          path,
          body,
          answer: ServiceAnswer,
          audit: {
            resource: kind.type,
            name: args.shortName,
            ...(args.siteLocation === undefined ? {} : { sbcId: args.siteLocation.sbcId }),
            fields: kind.argKeys.filter((key) => args[key] !== undefined && !kind.optionKeys.includes(key))
          }
        })
      )
    )
  )

/** A change of the license: of which service, to what. */
export interface LicenseChange<A extends ServiceArgs> {
  readonly kind: Kind<A>
  readonly customerGuid: string
  readonly args: A
  /** The inputs that differ, for the audit log; the body has all of them. */
  readonly changed: ReadonlyArray<LicenseKey>
  /** The service as it was read just before. */
  readonly before: LiveService
  /** Tasks of a last write that did not end well; one of them may still be under way. */
  readonly earlierTasks?: ReadonlyArray<string>
}

const auditOf = <A extends ServiceArgs>({ kind, customerGuid, args, changed }: LicenseChange<A>) => ({
  resource: kind.type,
  customerGuid,
  name: args.shortName,
  fields: changed
})

/** Upgrade or Downgrade Service License. */
export const patchLicense = <A extends ServiceArgs>(change: LicenseChange<A>): Program<ServiceAnswer> =>
  pipe(
    RTE.asks((env: Env) => env.settings.licenseBody),
    RTE.chain((form) =>
      remembered(
        Http.send({
          method: 'PATCH',
          path: pathOf('v3', change.customerGuid),
          body: changeBody(change.kind.licenses, change.args, change.before.licenseType, form),
          answer: ServiceAnswer,
          audit: auditOf(change)
        })
      )
    )
  )

/** Upgrade Operator Connect Customer License; its answer is a task. */
export const postUpgrade = <A extends ServiceArgs>(change: LicenseChange<A>): Program<ServiceAnswer> =>
  remembered(
    Http.send({
      method: 'POST',
      path: `${pathOf('v2', change.customerGuid)}/action/upgrade`,
      body: upgradeBody(change.kind.licenses, change.args),
      answer: ServiceAnswer,
      audit: auditOf(change)
    })
  )

/** Delete Service, which deletes its connections and dial plans too. */
export const deleteService = <A extends ServiceArgs>(
  kind: Kind<A>,
  customerGuid: string,
  name: string
): Program<ServiceAnswer> =>
  Http.send({
    method: 'DELETE',
    path: pathOf('v2', customerGuid),
    answer: ServiceAnswer,
    audit: { resource: kind.type, customerGuid, name, fields: [] }
  })
