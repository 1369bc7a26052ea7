import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Fetch, RawAnswer, RawRequest, TransportFault } from '../../../provider/Env'
import { errorText, whole } from '../../../provider/ErrorText'
import type { OperationKind, ProviderError } from '../../../provider/Errors'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { type FoundState, type SipConnectionState, managedKeysOf } from '../../../provider/sip-connection/State'
import type { Written } from '../../../provider/Written'
import { baseUrl, startOfTime, testEnv } from '../../support/TestEnv'
import { sample } from '../sip-connection/answers'
import { allArgs, customerGuid, otherCustomerGuid, siteGuid } from '../support'
import { mutated } from './support'

/** The whole core over a platform that answers anything. */

/** In every secret, and in no other text. */
export const mark = 'Zq7Canary'
export const secrets = {
  password: `${mark}-pä"\\+/%<& 1`,
  dpi: `${mark}-dü"\\+/%<& 2`,
  variable: `${mark}-vö"\\+/%<& 3`,
  token: `${mark}-t"\\+/%<&4`
}
/** Never given to the provider; a platform shows it under the name of a password only. */
const ofThePortal = `${mark}-xé"\\+/%<& 5`

export const args: SipConnectionArgs = {
  ...allArgs,
  cacProfile: sample.sbcInfo.cacProfile,
  carrierUserPassword: secrets.password,
  carrierPasswordDpi: secrets.dpi,
  sbcScripts: { ...allArgs.sbcScripts, customerVariables: { Region: 'EMEA', TrunkPassword: secrets.variable } }
}

export const state: SipConnectionState = {
  ...args,
  siteGuid,
  executionMessages: [],
  sbcProgrammed: true,
  pendingTasks: [],
  platform: baseUrl,
  managedKeys: managedKeysOf(args),
  schemaVersion: 1,
  lastOperation: {
    kind: 'create',
    outcome: 'ok',
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 1,
    correlationId: 'c0000000-0000-4000-8000-000000000000',
    serverIds: [],
    taskIds: []
  }
}

// ---------------------------------------------------------------- answers

const said = [{ level: 'Information', message: 'Sbc is programmed' }]

const site = {
  ...sample,
  sbcInfo: {
    ...sample.sbcInfo,
    sbcScripts: {
      onboardingScript: 12001,
      cleanupScript: 12002,
      customerVariables: { CarrierUserPassword: secrets.password, TrunkPassword: secrets.variable, Region: 'EMEA' }
    }
  },
  m365Info: {
    m365Scripts: { flagConfigureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 }
  },
  pendingTasks: ['tsk_7']
}

/** A valid answer of each call; `mine` says whether the list of the customer has the connection. */
const validFor = (call: Call, mine: boolean): unknown =>
  ({
    list: {
      SiteLocation: [
        { id: otherCustomerGuid, name: 'other', sbcId: 3 },
        ...(mine ? [{ id: siteGuid, name: args.siteName, sbcId: args.sbcId }] : [])
      ]
    },
    get: { ...site, pendingTasks: mine ? [] : ['tsk_7'] },
    write: { customerGuid, siteGuid, executionMessages: said },
    delete: { status: true, msg: 'queued', sbcCleanupTaskId: 'tsk_8', o365CleanupTask: 'tsk_0' },
    task: { status: mine ? 'CompletedSuccess' : 'InProgress', details: [], executionMessages: said }
  })[call]

type Call = 'list' | 'get' | 'write' | 'delete' | 'task'

const callOf = ({ method, url }: RawRequest): Call =>
  url.includes('/task/')
    ? 'task'
    : method === 'POST' || method === 'PATCH'
      ? 'write'
      : method === 'DELETE'
        ? 'delete'
        : /\/customer\/[^/]+(\?|$)/.test(url)
          ? 'list'
          : 'get'

/** The secrets that the provider knows when it looks at an answer; a mere look has no more than its own credentials. */
export type Known = readonly string[]
export const knownTo = (kind: Kind): Known => (kind === 'look' ? [secrets.token] : Object.values(secrets))

/** A secret that the provider knows, in one of the forms in which a platform may repeat it. */
const leaked = (of: Known): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...of),
      fc.constantFrom<(text: string) => string>(
        (text) => text,
        (text) => JSON.stringify(text).slice(1, -1),
        encodeURIComponent,
        (text) => new URLSearchParams({ a: text }).toString().slice(2),
        (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
      ),
      fc.string({ maxLength: 5 }),
      fc.string({ maxLength: 5 })
    )
    .map(([secret, write, before, after]) => `${before}${write(secret)}${after}`)

const names = ['message', 'title', 'detail', 'errors', 'executionMessages', 'siteGuid', 'id', 'status', 'traceId']

/** JSON that repeats known secrets anywhere, as names too. */
const json = (of: Known): fc.Arbitrary<unknown> =>
  fc.oneof(
    leaked(of),
    fc.jsonValue({ maxDepth: 2 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom(...names), leaked(of)),
      fc.oneof(leaked(of), fc.jsonValue({ maxDepth: 1 })),
      {
        maxKeys: 4,
        noNullPrototype: true
      }
    ),
    fc.array(fc.oneof(leaked(of), fc.constant<unknown>(5)), { maxLength: 3 }),
    fc.constant<unknown>({ customerVariables: { CarrierUserPassword: ofThePortal, [of[0] ?? '']: 5 } }),
    fc.constant(undefined)
  )

/** What one request meets: whether the answer is right, and if not, what is. */
interface Reply {
  readonly mine: boolean
  readonly make: (call: Call) => RawAnswer | TransportFault
}

const fault = (sent: boolean, passing: boolean): TransportFault => ({
  _tag: 'TransportFault',
  sent,
  passing,
  cause: 'broken'
})

const calls: readonly Call[] = ['list', 'get', 'write', 'delete', 'task']
const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))

const body = (mine: boolean, of: Known): fc.Arbitrary<(call: Call) => string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant((call: Call) => textOf(validFor(call, mine))) },
    {
      weight: 6,
      // One exchanged node in the answer of each call, so that any call may meet it.
      arbitrary: fc
        .tuple(...calls.map((call) => mutated(validFor(call, mine), json(of))))
        .map((changed) => (call: Call) => textOf(changed[calls.indexOf(call)]?.value))
    },
    { weight: 2, arbitrary: json(of).map((value) => () => textOf(value)) },
    { weight: 1, arbitrary: leaked(of).map((text) => () => text) },
    { weight: 1, arbitrary: leaked(of).map((text) => () => `<html><title>${text}</title></html>`) },
    {
      weight: 1,
      arbitrary: fc.nat({ max: 300 }).map((cut) => (call: Call) => {
        const text = textOf(
          call === 'get'
            ? { ...site, sbcInfo: { sbcScripts: { customerVariables: { CarrierUserPassword: ofThePortal } } } }
            : validFor(call, mine)
        )
        return text.slice(0, text.length - 1 - (cut % text.length))
      })
    }
  )

const reply = (of: Known): fc.Arbitrary<Reply> =>
  fc.boolean().chain((mine) =>
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .tuple(
            fc.oneof(
              { weight: 12, arbitrary: fc.constant(200) },
              {
                weight: 5,
                arbitrary: fc.constantFrom(
                  201,
                  204,
                  302,
                  400,
                  401,
                  403,
                  404,
                  408,
                  409,
                  423,
                  425,
                  429,
                  500,
                  502,
                  503,
                  504
                )
              }
            ),
            body(mine, of),
            fc.option(fc.oneof(leaked(of), fc.constantFrom('0', '1', '-1', 'Tue, 01 Jan 2030 00:00:05 GMT')), {
              nil: undefined
            })
          )
          .map(([status, text, header]) => ({
            mine,
            make: (call: Call): RawAnswer => ({
              status,
              headers: header === undefined ? {} : { 'retry-after': header, 'x-request-id': header },
              body: text(call)
            })
          }))
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.boolean(), fc.boolean())
          .map(([sent, passing]) => ({ mine, make: () => fault(sent, passing) }))
      }
    )
  )

/** Answers in their order; then the platform is what it should be. */
export const replies = (of: Known): fc.Arbitrary<ReadonlyArray<Reply>> =>
  fc.array(reply(of), { minLength: 1, maxLength: 12 })

export const fetchOf = (script: ReadonlyArray<Reply>): Fetch => {
  let asked = 0
  return (request) => () => {
    const next = script[asked++]
    const call = callOf(request)
    const answer = next?.make(call) ?? { status: 200, headers: {}, body: textOf(validFor(call, true)) }
    return Promise.resolve('_tag' in answer ? E.left(answer) : E.right(answer))
  }
}

// ---------------------------------------------------------------- operations

export type Kind = Exclude<OperationKind, 'lookup'> | 'look' | 'adopt'
export const kinds: readonly Kind[] = ['create', 'adopt', 'update', 'read', 'look', 'delete']

export const run = {
  create: SipConnection.create(args),
  adopt: SipConnection.create({ ...args, adopt: true }),
  update: SipConnection.update(siteGuid, state, { ...args, carrierRegistration: false }),
  read: SipConnection.read(siteGuid, state),
  look: SipConnection.read(siteGuid, { customerGuid } satisfies FoundState),
  delete: SipConnection.remove(siteGuid, state)
}

const told = (kind: Kind, error: ProviderError, kept: boolean): string =>
  whole(
    errorText(
      {
        kind: kind === 'look' ? 'read' : kind === 'adopt' ? 'create' : kind,
        customerGuid,
        name: args.siteName,
        siteGuid
      },
      error,
      kept,
      startOfTime
    )
  )

const isWritten = (value: unknown): value is Written<SipConnectionState> =>
  typeof value === 'object' && value !== null && 'fault' in value

/** How an operation ended. */
export interface End {
  /** `ok`, or the tag of the error. */
  readonly tag: string
  /** What a person or a log sees of it, by where. */
  readonly shown: Readonly<Record<string, string>>
}

/** Runs an operation over these answers. It must not reject. */
export const end = async (kind: Kind, script: ReadonlyArray<Reply>): Promise<End> => {
  const world = testEnv(
    {
      credentials: { _tag: 'Token', accessToken: secrets.token },
      operationTimeout: 30,
      programTimeout: 10,
      requestTimeout: 5,
      pollInterval: 1,
      maxRetries: 2
    },
    { fetch: fetchOf(script) }
  )
  const result: E.Either<ProviderError, unknown> = await run[kind](world.env)()
  const logs = {
    warnings: world.warnings.join('\n'),
    trace: JSON.stringify(world.trace),
    audit: JSON.stringify(world.audit)
  }
  if (E.isLeft(result)) return { tag: result.left._tag, shown: { ...logs, error: told(kind, result.left, false) } }
  if (!isWritten(result.right)) return { tag: 'ok', shown: logs }
  const { state: after, fault: left } = result.right
  return {
    tag: O.isSome(left) ? left.value._tag : 'ok',
    shown: {
      ...logs,
      'last operation': JSON.stringify(after.lastOperation),
      messages: JSON.stringify(after.executionMessages),
      ...(O.isSome(left) ? { error: told(kind, left.value, true) } : {})
    }
  }
}
