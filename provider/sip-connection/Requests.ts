import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Program } from '../Env'
import * as Http from '../Http'
import { doing } from '../Operations'
import { isMasked, isSecretName } from '../Secrets'
import type { SipConnectionArgs } from './Args'
import { type Modification, addBody, modifyBody } from './Body'
import { liveVariables } from './Live'
import { scrubbed } from '../Answers'
import { managedKeysOf } from './State'
import { DeleteAnswer, SiteAnswer, WriteAnswer } from './Wire'

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
    Http.send({
      method: 'POST',
      path: `/api/v2/customer/${part(customerGuid)}/sitelocation/`,
      body,
      answer: WriteAnswer,
      audit: { customerGuid, siteName, sbcId, fields: managedKeysOf(args) }
    })
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
        Http.send({
          method: 'PATCH',
          ...placed,
          answer: WriteAnswer,
          audit: { customerGuid, siteName, siteGuid, sbcId, fields: changed }
        })
      )
    })
  )

/** Delete SIP Connections, which deletes one. */
export const deleteSite = (siteGuid: string, about: Partial<SipConnectionArgs>): Program<DeleteAnswer> =>
  Http.send({
    method: 'DELETE',
    path: `/api/v2/sitelocation/${part(siteGuid)}`,
    answer: DeleteAnswer,
    audit: {
      customerGuid: about.customerGuid ?? '',
      siteName: about.siteName ?? '',
      siteGuid,
      ...(about.sbcId === undefined ? {} : { sbcId: about.sbcId }),
      fields: []
    }
  })
