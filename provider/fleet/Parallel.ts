import * as E from 'fp-ts/Either'
import type { Program } from '../Env'
import type { ProviderError } from '../Errors'

/** Connections that are worked on at the same time, unless the program says otherwise. */
export const usualParallel = 20

/** Runs a program for each of many things, so many at a time; after an error none is begun any more. The results are in the order of the things. */
export const inParallel =
  <A, B>(most: number, all: ReadonlyArray<A>, program: (each: A) => Program<B>): Program<ReadonlyArray<B>> =>
  (env) =>
  async () => {
    const results: Array<B> = []
    let next = 0
    let error: ProviderError | undefined
    const work = async (): Promise<void> => {
      while (error === undefined && next < all.length) {
        const index = next++
        const result = await program(all[index] as A)(env)()
        if (E.isLeft(result)) error ??= result.left
        else results[index] = result.right
      }
    }
    await Promise.all(Array.from({ length: Math.min(most, all.length) }, work))
    return error === undefined ? E.right(results) : E.left(error)
  }
