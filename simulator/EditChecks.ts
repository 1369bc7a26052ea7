/** Edits made behind the provider's back are checked, since they come in as JSON or from untyped programs. */
import { isObject } from './Body'

export type Test = (value: unknown) => boolean

export const isText: Test = (value) => typeof value === 'string'
export const isFlag: Test = (value) => typeof value === 'boolean'
export const isInteger: Test = (value) => Number.isInteger(value)
export const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value)
export const isTextMap: Test = (value) => isObject(value) && Object.values(value).every(isText)

/** @throws Error with one sentence for an unknown field or a value of the wrong type */
export const checkedEdit = <E extends object>(
  what: string,
  editable: { readonly [K in keyof Required<E>]: Test },
  edit: object
): E => {
  const tests: Readonly<Record<string, Test>> = editable
  for (const [name, value] of Object.entries(edit)) {
    const test = Object.hasOwn(tests, name) ? tests[name] : undefined
    if (test === undefined) {
      throw new Error(`A ${what} has no field "${name}" to set: choose among ${Object.keys(tests).join(', ')}.`)
    }
    if (!test(value)) throw new Error(`Field "${name}" cannot have a value of this type.`)
  }
  // Every member has just passed the test of its name.
  return edit as E
}
