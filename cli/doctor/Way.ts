import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { ProviderError } from '../../provider/Errors'
import * as Http from '../../provider/Http'
import { isObject } from '../../provider/Json'
import { parse } from '../../provider/Problems'
import { proxyOf } from '../../provider/live/Proxy'
import { AnyAnswer } from '../../provider/Answers'
import { type Finding, explained, finding } from './Finding'
import type { Seen, World } from './World'

/** The way to the platform: proxy, reachability, token, base URL, clock. */

type Environment = Readonly<Partial<Record<string, string>>>

const variable = (environment: Environment, name: string): string | undefined => {
  const value = environment[name.toLowerCase()] ?? environment[name.toUpperCase()]
  return value === undefined || value === '' ? undefined : value
}

const wayTo = (url: string, environment: Environment): string => {
  const proxy = proxyOf(url)
  const { host, protocol } = new URL(url)
  if (proxy !== undefined) return `${host} through the proxy ${proxy}`
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const isSet = variable(environment, name) !== undefined || variable(environment, 'ALL_PROXY') !== undefined
  return isSet ? `${host} without a proxy, since NO_PROXY covers it` : `${host} without a proxy (${name} is not set)`
}

/** Which proxy the requests go through. */
export const checkProxy = ({ env }: World, environment: Environment): Finding => {
  const { baseUrl, credentials } = env.settings
  const none = variable(environment, 'NO_PROXY')
  return finding('way', 'proxy')('ok', wayTo(baseUrl, environment), {
    details: [
      ...(credentials._tag === 'Client' ? [`token endpoint: ${wayTo(credentials.tokenUrl, environment)}`] : []),
      ...(none === undefined ? [] : [`NO_PROXY: ${none}`])
    ]
  })
}

/** Whether anything answers there at all. The request carries no token. */
export const checkReach = async ({ env }: World): Promise<Finding> => {
  const { baseUrl, requestTimeout } = env.settings
  const found = finding('way', 'reachability')
  const answer = await env.fetch({ method: 'GET', url: baseUrl, headers: {}, timeout: requestTimeout * 1000 })()
  if (E.isLeft(answer)) {
    return found('failed', `${baseUrl} cannot be reached: ${answer.left.cause}`, {
      next: 'check the host name in audiocodes-live:baseUrl, the network, and the proxy (HTTPS_PROXY, NO_PROXY)'
    })
  }
  const { status } = answer.right
  return status === 407
    ? found('failed', `the proxy ${proxyOf(baseUrl) ?? ''} wants to know who asks (407)`, {
        next: 'give user name and password in HTTPS_PROXY: http://user:password@host:port'
      })
    : found('ok', `${new URL(baseUrl).host} answers (a request without a token: status ${status})`)
}

/** When a token that is a JWT (RFC 7519, section 4.1.4) expires, ms since the epoch. It is not verified. */
export const expiryOf = (token: string): number | undefined => {
  const parts = token.split('.')
  const claims = parts.length === 3 ? parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) : E.left('')
  const value = E.isRight(claims) && isObject(claims.right) ? claims.right.exp : undefined
  return typeof value === 'number' ? value * 1000 : undefined
}

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`

const readyToken = (token: string, now: number): Finding => {
  const found = finding('way', 'token')
  const expiry = expiryOf(token)
  const next = 'give a new one (AUDIOCODES_LIVE_ACCESS_TOKEN), or client credentials, which renew themselves'
  if (expiry === undefined) {
    return found('ok', 'a ready token is given; it does not tell how long it is valid', {
      details: ['A ready token is not renewed: a run ends with an error when it expires.']
    })
  }
  if (expiry <= now)
    return found('failed', `the ready token has expired at ${new Date(expiry).toISOString()}`, { next })
  return expiry - now < 600_000
    ? found('warning', `the ready token expires in ${minutes(expiry - now)}`, { next })
    : found('ok', `a ready token is given; it is valid for ${minutes(expiry - now)} more`)
}

const issuedToken = (tokenUrl: string, seen: ReadonlyArray<Seen>): Finding => {
  const found = finding('way', 'token')
  const lifetime = seen.filter(({ url, status }) => url === tokenUrl && status === 200).at(-1)?.expiresIn
  if (lifetime === undefined)
    return found('ok', `${tokenUrl} gives a token, and does not tell its lifetime: it is renewed after 5 min`)
  return lifetime < 120
    ? found('warning', `${tokenUrl} gives a token that is valid for ${lifetime} s only`, {
        next: 'let tokens be valid for longer, else nearly every request needs one of its own'
      })
    : found('ok', `${tokenUrl} gives a token, which is valid for ${lifetime} s and renewed before`)
}

/** Whether there is a token. Whether the platform takes it, the next check tells. */
export const checkToken = async ({ env, seen }: World): Promise<Finding> => {
  const { credentials } = env.settings
  const token = await env.tokens.token()
  if (E.isRight(token)) {
    return credentials._tag === 'Token' ? readyToken(token.right, env.now()) : issuedToken(credentials.tokenUrl, seen)
  }
  const { url, status, words } = token.left.error
  return finding('way', 'token')(
    'failed',
    `no token from ${url}${status === undefined ? '' : ` (status ${status})`}${words[0] === undefined ? '' : `: ${words[0]}`}`,
    {
      details: words.slice(1),
      next:
        status === undefined
          ? 'check audiocodes-live:tokenUrl (or clientAssertionFile) and the way to it (HTTPS_PROXY, NO_PROXY)'
          : 'check tenantId, clientId, clientSecret and scope; credentials in the environment win over those of the stack'
    }
  )
}

/** The same address with `/tenantui` at its end, or without it. */
export const otherAddress = (baseUrl: string): string =>
  /\/tenantui$/i.test(baseUrl) ? baseUrl.replace(/\/tenantui$/i, '') : `${baseUrl}/tenantui`

const briefLists = ['/api/v3/customer', '/api/v2/customer'] as const

type Answers = E.Either<ProviderError, string>

/** Which of the brief lists of services answers below an address. */
const listAt = async (world: World, baseUrl: string): Promise<Answers> => {
  let last: Answers = E.right('')
  for (const path of briefLists) {
    const asked = pipe({ method: 'GET' as const, path, answer: AnyAnswer }, Http.send)
    last = pipe(
      await world.read((env) => asked({ ...env, settings: { ...env.settings, baseUrl } })),
      E.map(() => path)
    )
    if (E.isRight(last) || last.left._tag !== 'NotFound') return last
  }
  return last
}

const shortly = (answers: Answers): string => {
  if (E.isRight(answers)) return `answers too (GET ${answers.right})`
  const error = answers.left
  const status = 'exchange' in error ? error.exchange?.status : undefined
  return status === undefined ? 'does not answer' : `does not answer (${status})`
}

/** Whether the base URL is the right one; the address with, or without, `/tenantui` is tried too. */
export const checkBaseUrl = async (world: World): Promise<Finding> => {
  const { baseUrl } = world.env.settings
  const found = finding('way', 'base URL')
  const other = otherAddress(baseUrl)
  const [here, there] = [await listAt(world, baseUrl), await listAt(world, other)]
  if (E.isRight(here))
    return found('ok', `${baseUrl} answers (GET ${here.right})`, { details: [`${other} ${shortly(there)}`] })
  const said = explained('of the services', here.left, world.env.now())
  return E.isRight(there)
    ? found('failed', `${baseUrl} does not answer, and ${other} does: ${said.found}`, {
        next: `set the address that answers: pulumi config set audiocodes-live:baseUrl ${other}`
      })
    : found('failed', said.found, {
        details: [...said.details, `${other} ${shortly(there)}`],
        next: said.next ?? 'check audiocodes-live:baseUrl'
      })
}

/** Seconds by which the clock of a server is ahead; its header knows whole seconds only. */
const skewOf = ({ date, sentAt, receivedAt }: Seen): number | undefined => {
  const told = date === undefined ? NaN : Date.parse(date)
  return Number.isNaN(told) ? undefined : (told + 500 - (sentAt + receivedAt) / 2) / 1000
}

const compared = (skew: number, host: string): string =>
  Math.abs(skew) < 2
    ? `in step with ${host}`
    : skew > 0
      ? `${Math.round(skew)} s behind ${host}`
      : `${Math.round(-skew)} s ahead of ${host}`

/** The clock of this machine against those of the platform and of the token endpoint. */
export const checkClock = ({ seen }: World): Finding => {
  const found = finding('way', 'clock')
  // The answer that was the quickest tells most exactly.
  const quickest = [...seen].sort((a, b) => a.receivedAt - a.sentAt - (b.receivedAt - b.sentAt))
  const told = [...new Set(quickest.map(({ url }) => new URL(url).host))].flatMap((host) => {
    const skew = quickest.filter(({ url }) => new URL(url).host === host).flatMap((each) => skewOf(each) ?? [])[0]
    return skew === undefined ? [] : [{ host, skew }]
  })
  const [first] = told
  if (first === undefined) return found('skipped', 'no answer had a Date header')
  const worst = told.reduce((most, each) => (Math.abs(each.skew) > Math.abs(most.skew) ? each : most), first)
  const details = told.filter(({ host }) => host !== worst.host).map(({ host, skew }) => `and ${compared(skew, host)}`)
  const text = `this machine is ${compared(worst.skew, worst.host)}`
  return Math.abs(worst.skew) > 60
    ? found('warning', text, {
        details,
        next: 'set the clock (NTP): with a wrong one tokens expire too early or too late, and times in the audit log do not fit those of the platform'
      })
    : found('ok', text, { details })
}
