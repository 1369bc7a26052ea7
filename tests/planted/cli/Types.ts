export type Outcome = 'ok' | 'failed'

declare const anything: any // breaks @typescript-eslint/no-explicit-any
declare function takes(text: string): void
declare class Counter {
  count(): number
}

/** @deprecated use something else */
declare function outdated(): void

export const show = (outcome: Outcome): string => {
  switch (outcome) { // breaks @typescript-eslint/switch-exhaustiveness-check
    case 'ok':
      return 'fine'
  }
  return ''
}
export const always = (text: string): boolean => text !== undefined // breaks @typescript-eslint/no-unnecessary-condition
export const asserted = (text: string): string => text as string // breaks @typescript-eslint/no-unnecessary-type-assertion
export const old = (): void => outdated() // breaks @typescript-eslint/no-deprecated
export const thrown = (): never => {
  throw 'text' // breaks @typescript-eslint/only-throw-error
}
export const rejected = (): Promise<never> => Promise.reject('text') // breaks @typescript-eslint/prefer-promise-reject-errors
export const template = (value: object): string => `value ${value}` // breaks @typescript-eslint/restrict-template-expressions, @typescript-eslint/no-base-to-string
export const method = (counter: Counter): unknown => [counter].map(counter.count) // breaks @typescript-eslint/unbound-method
export const argument = (): void => takes(anything) // breaks @typescript-eslint/no-unsafe-argument
export const assignment = (): string => {
  const text: string = anything // breaks @typescript-eslint/no-unsafe-assignment
  return text
}
export const call = (): void => anything() // breaks @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return
export const member = (): boolean => anything.name === 1 // breaks @typescript-eslint/no-unsafe-member-access
export const returned = (): string => anything // breaks @typescript-eslint/no-unsafe-return
