import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { AuditEntry, Env, Program } from '../Env'
import * as Http from '../Http'
import type { SipConnectionArgs } from './Args'
import { type Modification, addBody, modifyBody } from './Body'
import { scrubbed } from './Messages'
import { DeleteAnswer, SiteAnswer, TaskAnswer, WriteAnswer } from './Wire'

/** The calls of the API that a connection needs, one function each. */

const part = encodeURIComponent

/** Get SIP Connections, which returns one. */
export const getSite = (siteGuid: string): Program<SiteAnswer> =>
  Http.send({ method: 'GET', path: `/api/v2/sitelocation/${part(siteGuid)}`, answer: SiteAnswer })

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
    const exchange = E.isLeft(result) && 'exchange' in result.left ? result.left.exchange : undefined
    env.audit({
      method: request.method,
      ...written,
      result: E.isRight(result)
        ? 'answered'
        : result.left._tag.toLowerCase() + (exchange?.status === undefined ? '' : ` ${exchange.status}`),
      correlationId: env.operation.correlationId,
      serverIds: [...env.operation.serverIds]
    })
    return result
  }
}

/** The execution messages of the last write are kept for the outputs, without the secrets that a script may have printed. */
const remembered = (write: Program<WriteAnswer>): Program<WriteAnswer> =>
  pipe(
    write,
    RTE.chainFirst((answer) =>
      RTE.asks((env: Env) => {
        env.operation.said.splice(0, Infinity, ...scrubbed(answer.executionMessages ?? [], env.operation.scrub))
      })
    )
  )

const fieldsOf = (body: Readonly<Record<string, unknown>>): ReadonlyArray<string> =>
  Object.entries(body).flatMap(([name, value]) =>
    name === 'scriptParameters' && typeof value === 'object' && value !== null
      ? Object.keys(value).map((parameter) => `${name}.${parameter}`)
      : [name]
  )

/** Add SIP Connection. */
export const postSite = (args: SipConnectionArgs): Program<WriteAnswer> => {
  const body = addBody(args)
  const { customerGuid, siteName, sbcId } = args
  return remembered(
    audited(
      { customerGuid, siteName, sbcId, fields: fieldsOf(body) },
      { method: 'POST', path: `/api/v2/customer/${part(customerGuid)}/sitelocation/`, body, answer: WriteAnswer }
    )
  )
}

/** Modify SIP Connection, with the site id where the configuration puts it. */
export const patchSite = (siteGuid: string, modification: Modification): Program<WriteAnswer> =>
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
          { customerGuid, siteName, siteGuid, sbcId, fields: fieldsOf(body) },
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
