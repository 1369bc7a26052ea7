import * as fc from 'fast-check'

const given = process.env['FAST_CHECK_SEED']

/** Chosen once a run, so that one number repeats all properties of the run. */
export const seed = given === undefined || given === '' ? Date.now() & 0x7fffffff : Number(given)

const hint = (cause: unknown): Error => {
  const message = cause instanceof Error ? cause.message : String(cause)
  return new Error(`${message}\n\nRun again with FAST_CHECK_SEED=${seed}`, { cause })
}

/**
 * Asserts a property, with the seed of this run. A failure names the seed.
 *
 * @param property a predicate that answers false or throws when it does not hold: write it as an expression, since braces
 * drop a boolean
 * @param runs default 100
 */
export function check<Ts>(property: fc.IAsyncProperty<Ts>, runs?: number): Promise<void>
export function check<Ts>(property: fc.IProperty<Ts>, runs?: number): void
export function check<Ts>(property: fc.IRawProperty<Ts>, runs = 100): unknown {
  if (!Number.isSafeInteger(seed)) throw new Error(`FAST_CHECK_SEED must be a whole number, not "${given}"`)
  const options = { seed, numRuns: runs }
  if (property.isAsync()) {
    return fc.assert(property as fc.IAsyncProperty<Ts>, options).catch((cause: unknown) => {
      throw hint(cause)
    })
  }
  try {
    return fc.assert(property as fc.IProperty<Ts>, options)
  } catch (cause) {
    throw hint(cause)
  }
}
