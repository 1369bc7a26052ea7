import { createHash } from 'node:crypto'

const digest = (seed: number, kind: string, n: number): string =>
  createHash('sha256').update(`${seed}/${kind}/${n}`).digest('hex')

/** A well-formed random-looking guid (version 4) that depends on nothing but the seed, the kind and the number. */
export const guid = (seed: number, kind: string, n: number): string => {
  const h = digest(seed, kind, n)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** A name as the platform makes one for the first connection of a service. */
export const generatedName = (seed: number, n: number): string =>
  `GS${[...digest(seed, 'name', n).slice(0, 8)].map((digit) => String.fromCharCode(65 + parseInt(digit, 16))).join('')}`

/** A W3C trace id, as the problem answers carry one. */
export const traceId = (seed: number, n: number): string => {
  const h = digest(seed, 'trace', n)
  return `00-${h.slice(0, 32)}-${h.slice(32, 48)}-00`
}

export const accessToken = (seed: number, n: number): string => `simulated-${digest(seed, 'token', n)}`

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The guid in lower case, or undefined when the text is none. */
export const asGuid = (text: unknown): string | undefined => {
  const lower = typeof text === 'string' ? text.toLowerCase() : ''
  return guidPattern.test(lower) ? lower : undefined
}
