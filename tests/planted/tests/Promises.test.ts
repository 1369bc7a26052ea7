// Tests are linted like the rest: a promise that nobody awaits is a test that cannot fail.

import 'fast-check'
import 'node-fetch' // breaks only-live-knows-the-network
import { target } from './Support'

const later = (): Promise<number> => Promise.resolve(target)

it('forgets a promise', () => {
  later() // breaks @typescript-eslint/no-floating-promises
})
