import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { AuditEntry, Env, Program } from '../Env'
import { type ProviderError, exchangeOf } from '../Errors'
import * as Http from '../Http'
import { doing } from '../Operations'
import { isMasked, isSecretName } from '../Secrets'
import type { SipConnectionArgs } from './Args'
import { type Modification, addBody, modifyBody } from './Body'
import { liveVariables } from './Live'
import { scrubbed } from './Messages'
import { managedKeysOf } from './State'
import { DeleteAnswer, SiteAnswer, TaskAnswer, WriteAnswer } from './Wire'

/** The calls of the API that a connection needs, one function each. */

const part = encodeURIComponent

/** Get SIP Connections, which returns one. It echoes secrets, which from then on are replaced in every text. */
export const getSite = (siteGuid: string): Program<SiteAnswer> =>
  pipe(
    Http.send({ method: 'GET', path: `/api/v2/sitelocation/${part(siteGuid)}`, answer: SiteAnswer }),
    RTE.chainFirst((site) =>
      doing((env) => {
        for (const [name, value] of Object.entries(liveVariables(site))) {
          const isNew = value !== null && value !== '' && !isMasked(value) && !env.operation.secrets.includes(value)
          if (isSecretName(name) && isNew) env.operation.secrets.push(value)
        }
      })
    )
  )

/** Get Task. */
export const getTask = (taskId: string): Program<TaskAnswer> =>
  Http.send({ method: 'GET', path: `/api/v2/task/${part(taskId)}`, answer: TaskAnswer })

/** What a line of the audit log says of the connection. */
type Written = Pick<AuditEntry, 'customerGuid' | 'siteName' | 'siteGuid' | 'sbcId' | 'fields'>

/** Sends a write, and puts one line into the audit log however it ends. */
const audited = <A>(written: Written, request: Http.Request<A>): Program<A> => {
  const program = Http.send(request)
  return (env) => async () => {
    const result = await program(env)()
    env.audit({
      method: request.method,
      ...written,
      result: E.isRight(result) ? resultOf(result.right) : ended(result.left),
      correlationId: env.operation.correlationId,
      serverIds: [...env.operation.serverIds]
    })
    return result
  }
}

/** A success status with an `Error` among the messages is none. */
const resultOf = (answer: unknown): string => {
  const messages = (answer as Partial<WriteAnswer>).executionMessages ?? []
  return messages.some(({ level }) => level === 'Error') ? 'answered with an error message' : 'answered'
}

const ended = (error: ProviderError): string => {
  const status = exchangeOf(error)?.status
  return `${error._tag.toLowerCase()}${status === undefined ? '' : ` ${status}`}`
}

/** The execution messages of the last write are kept for the outputs, without the secrets that a script may have printed. */
const remembered = (write: Program<WriteAnswer>): Program<WriteAnswer> =>
  pipe(
    write,
    RTE.chainFirst((answer) =>
      doing((env) => {
        env.operation.said.splice(0, Infinity, ...scrubbed(answer.executionMessages ?? [], env.operation.scrub))
      })
    )
  )

/** Add SIP Connection. */
export const postSite = (args: SipConnectionArgs): Program<WriteAnswer> => {
  const body = addBody(args)
  const { customerGuid, siteName, sbcId } = args
  return remembered(
    audited(
      { customerGuid, siteName, sbcId, fields: managedKeysOf(args) },
      { method: 'POST', path: `/api/v2/customer/${part(customerGuid)}/sitelocation/`, body, answer: WriteAnswer }
    )
  )
}

/**
 * Modify SIP Connection, with the site id where the configuration puts it.
 *
 * @param changed the inputs that differ, for the audit log; the body has all of them
 */
export const patchSite = (
  siteGuid: string,
  modification: Modification,
  changed: ReadonlyArray<string>
): Program<WriteAnswer> =>
  pipe(
    RTE.asks((env: Env) => env.settings),
    RTE.chain((settings) => {
      const { customerGuid, siteName, sbcId } = modification.args
      const body = modifyBody(modification, settings)
      const path = `/api/v2/customer/${part(customerGuid)}/sitelocation/`
      const placed = {
        path: { path: `${path}${part(siteGuid)}`, body },
        query: { path, query: { sbcSiteGuid: siteGuid }, body },
        body: { path, body: { sbcSiteGuid: siteGuid, ...body } }
      }[settings.siteIdPlacement]
      return remembered(
        audited(
          { customerGuid, siteName, siteGuid, sbcId, fields: changed },
          { method: 'PATCH', ...placed, answer: WriteAnswer }
        )
      )
    })
  )

/** Delete SIP Connections, which deletes one. */
export const deleteSite = (siteGuid: string, about: Partial<SipConnectionArgs>): Program<DeleteAnswer> =>
  audited(
    {
      customerGuid: about.customerGuid ?? '',
      siteName: about.siteName ?? '',
      siteGuid,
      ...(about.sbcId === undefined ? {} : { sbcId: about.sbcId }),
      fields: []
    },
    { method: 'DELETE', path: `/api/v2/sitelocation/${part(siteGuid)}`, answer: DeleteAnswer }
  )
