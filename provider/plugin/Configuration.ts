import * as E from 'fp-ts/Either'
import { type Sources, settingsFrom } from '../Config'
import { suggestion } from '../Inputs'
import { type SettingKey, settingKeys, settingSpecs } from '../Settings'
import { isUnknown } from '../Unknowns'
import type { Properties } from './Properties'

/**
 * The configuration of a provider instance. Its values are texts in the stack config, and of their own types in a program, whose SDK writes
 * what is no text as JSON. What is right for a value is the decision of `Config.ts`. Pure.
 */

/** Properties that the engine adds. */
const enginesOwn = ['version', 'pluginDownloadURL', '__internal', '__defaults']

/** Keys whose value may be a list. */
const isList = (key: SettingKey): boolean => settingSpecs[key].kind._tag === 'Urls'

const asList = (value: ReadonlyArray<unknown>): string | undefined =>
  value.every((item) => typeof item === 'string') ? value.join(',') : undefined

/** The list that a text stands for, if it is one in JSON. */
const listIn = (text: string): ReadonlyArray<unknown> | undefined => {
  if (!text.trim().startsWith('[')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The value as the text that `Config.ts` reads; undefined: it is of the wrong type. */
const textOf = (key: SettingKey, value: unknown): string | undefined => {
  const list = !isList(key) ? undefined : typeof value === 'string' ? listIn(value) : value
  if (Array.isArray(list)) return asList(list)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : undefined
}

const typeOf = (key: SettingKey): string => {
  const { kind } = settingSpecs[key]
  switch (kind._tag) {
    case 'Number':
      return `a number of ${kind.unit}`
    case 'Flag':
      return 'true or false'
    case 'Choice':
      return `one of ${kind.choices.join(', ')}`
    case 'Urls':
      return 'a list of URLs, or a text with commas between them'
    case 'Url':
    case 'Text':
    case 'Token':
      return 'a text'
  }
}

/** A configuration, and all that is wrong with its keys and types, a line each. */
export interface Read {
  readonly stack: Sources['stack']
  readonly failures: ReadonlyArray<string>
  /** Every value is known and of its type, so that it can be told whether one is missing. */
  readonly isComplete: boolean
}

/** Reads the properties of a provider instance. */
export const read = (properties: Properties): Read => {
  const stack: Partial<Record<string, string>> = {}
  const failures: Array<string> = []
  let isComplete = true
  for (const [name, value] of Object.entries(properties)) {
    if (enginesOwn.includes(name) || value === null || value === undefined) continue
    const key = settingKeys.find((each) => each === name)
    const text = key === undefined || isUnknown(value) ? undefined : textOf(key, value)
    if (key === undefined) failures.push(`${name}: unknown; ${suggestion(name, settingKeys, 'keys')}`)
    else if (text !== undefined) stack[key] = text
    else {
      isComplete = false
      if (!isUnknown(value)) failures.push(`${key}: expected ${typeOf(key)}`)
    }
  }
  return { stack, failures, isComplete }
}

/**
 * All that is wrong with a configuration.
 *
 * @param environment of the process; an explicit instance has none
 */
export const failuresOf = (
  properties: Properties,
  environment: Sources['environment'],
  instance: string | undefined
): ReadonlyArray<string> => {
  const { stack, failures, isComplete } = read(properties)
  if (!isComplete) return failures
  const settings = settingsFrom({
    stack,
    environment: instance === undefined ? environment : {},
    ...(instance === undefined ? {} : { instance })
  })
  return E.isLeft(settings) ? [...failures, settings.left.text] : failures
}

/** Keys whose values are secret. */
export const secretKeys: ReadonlyArray<SettingKey> = settingKeys.filter((key) => settingSpecs[key].secret)

/** The name of an explicit instance: the engine calls its own ones `default`, or `default_` and a version. */
export const instanceOf = (name: string): string | undefined => (/^(default(_.*)?)?$/.test(name) ? undefined : name)
