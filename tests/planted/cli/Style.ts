import { Console } from 'node:console' // breaks @typescript-eslint/consistent-type-imports

export const equal = (a: unknown, b: unknown): boolean => a == b // breaks eqeqeq
export var old = 1 // breaks no-var
export const changes = (): number => {
  let fixed = 1 // breaks prefer-const
  return fixed
}
export const forever = (): void => {
  if (1) { // breaks no-constant-condition, @typescript-eslint/no-unnecessary-condition
    old = 2
  }
  old === 3 // breaks no-unused-expressions
}
export const loose = (value: any): boolean => value === 1 // breaks @typescript-eslint/no-explicit-any
export const sure = (value: string | undefined): string => value! // breaks @typescript-eslint/no-non-null-assertion
// @ts-ignore // breaks @typescript-eslint/ban-ts-comment
export const wrong: string = 1
export const loaded = (): unknown => require('node:path') // breaks @typescript-eslint/no-require-imports
// eslint-disable-next-line eqeqeq -- breaks unused-disable
export const strict = (a: unknown, b: unknown): boolean => a === b
export const type = (console: Console): Console => console
