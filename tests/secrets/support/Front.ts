import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { STATIC_TOKEN, type Simulator, TENANT_ID } from '../../../simulator'
import { canaries } from './Canaries'
import { inEveryForm } from './Forms'

/**
 * An indiscreet platform: the simulator behind a gateway that knows the canaries as credentials, and that repeats what it was sent
 * wherever a rule says so.
 */

/** A request as the gateway sees it. */
export interface Heard {
  readonly method: string
  readonly path: string
  readonly body: string
  /** The bearer token, or what proved the client's identity at the token endpoint. */
  readonly credential: string
  /** Name of the connection (with ` plan` for its dial plan), or short name of the service, that it is about; empty for other requests. */
  readonly site: string
}

export interface Said {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

export interface Rule {
  readonly method: string
  /** As in `Heard`. */
  readonly site: string
  /** Whether the platform does what was asked before the answer is replaced. */
  readonly effect?: boolean
  /** What is said in place of the platform's own answer, of which it may make use. */
  readonly say: (heard: Heard, own: Said) => Said
}

export interface Front {
  /** The base URL. */
  readonly url: string
  readonly tokenUrl: string
  /** Rules hold until they are replaced. */
  readonly rules: (rules: readonly Rule[]) => void
  /** The requests since the last call, e.g. `PATCH good`; without those of the token endpoint. */
  readonly heard: () => readonly string[]
  readonly close: () => Promise<void>
}

/** What the tokens are given for: the secret of the client, or the federated token. */
const issued: ReadonlyMap<string, string> = new Map([
  [canaries.clientSecret, canaries.issuedForSecret],
  [canaries.federatedToken, canaries.issuedForFile]
])
const accepted: readonly string[] = [canaries.accessToken, ...issued.values()]

/** The secrets of every connection of these tests, and the credential of the request, in every form. */
export const everything = ({ credential }: Heard, ...passwords: readonly string[]): string =>
  [...passwords, canaries.dpi, canaries.variable, canaries.key, credential].map(inEveryForm).join(' ; ')

interface Named {
  readonly siteLocationName?: string
  readonly shortName?: string
  readonly customerShortName?: string
}

const siteOf = (simulator: Simulator, path: string, body: string): string => {
  const [, guid, plan] = /\/v2\/(?:customer\/[^/]+\/)?sitelocation\/([0-9a-f-]{36})(\/dialplan\/\w+)?$/.exec(path) ?? []
  if (guid !== undefined) return `${simulator.site(guid)?.name ?? ''}${plan === undefined ? '' : ' plan'}`
  const service = /\/v[23]\/customer\/([0-9a-f-]{36})(?:\/action\/upgrade)?$/.exec(path)?.[1]
  if (service !== undefined) return simulator.state().customers.find((each) => each.guid === service)?.shortName ?? ''
  const { siteLocationName, shortName, customerShortName = '' } = body === '' ? {} : (JSON.parse(body) as Named)
  return siteLocationName ?? shortName ?? customerShortName
}

const tokenAnswer = (body: string): { readonly credential: string; readonly said: Said } => {
  const form = new URLSearchParams(body)
  const credential = form.get('client_secret') ?? form.get('client_assertion') ?? ''
  const token = issued.get(credential)
  return {
    credential,
    said:
      token === undefined
        ? { status: 401, body: JSON.stringify({ error: 'invalid_client', error_description: inEveryForm(credential) }) }
        : { status: 200, body: JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: token }) }
  }
}

/** The simulator's own answer. */
const forwarded = async (
  simulator: Simulator,
  url: string,
  method: string,
  type: string,
  body: string
): Promise<Said> => {
  const answer = await fetch(`${simulator.origin}${url}`, {
    method,
    headers: { authorization: `Bearer ${STATIC_TOKEN}`, ...(type === '' ? {} : { 'content-type': type }) },
    ...(body === '' ? {} : { body })
  })
  return {
    status: answer.status,
    headers: { 'content-type': answer.headers.get('content-type') ?? 'text/plain' },
    body: await answer.text()
  }
}

const textOf = async (request: http.IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export const startFront = async (simulator: Simulator): Promise<Front> => {
  let rules: readonly Rule[] = []
  let heard: string[] = []

  const answer = async (request: http.IncomingMessage): Promise<Said> => {
    const { method = '', url = '' } = request
    const body = await textOf(request)
    if (url.endsWith('/token')) return tokenAnswer(body).said
    const credential = (request.headers.authorization ?? '').replace(/^Bearer /, '')
    const [path = ''] = url.split('?')
    const site = siteOf(simulator, path, body)
    heard.push(`${method} ${site === '' ? path.replace(/^.*\/(v\d)\/(\w+)\/.*$/, '$1/$2') : site}`)
    const about: Heard = { method, path, body, credential, site }
    if (!accepted.includes(credential)) return { status: 401, body: everything(about, canaries.password) }
    const rule = rules.find((each) => each.method === method && each.site === site)
    const type = request.headers['content-type'] ?? ''
    const own =
      rule === undefined || rule.effect === true || method === 'GET'
        ? await forwarded(simulator, url, method, type, body)
        : { status: 200, body: '' }
    return rule === undefined ? own : rule.say(about, own)
  }

  const server = http.createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, { ...headers }).end(body),
      (error: unknown) => response.writeHead(599).end(String(error))
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/tenantui`,
    tokenUrl: `${origin}/${TENANT_ID}/oauth2/v2.0/token`,
    rules: (given) => {
      rules = given
    },
    heard: () => {
      const all = heard
      heard = []
      return all
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}
