import * as fs from 'node:fs'
import * as path from 'node:path'
import { type SettingKey, type SettingSpec, configNamespace } from '../../../provider/Settings'
import type { Configuration } from './Examples'
import { anchors, inlineCode, linkTargets, partsOf, tableRows } from './Markdown'

/** What a page may speak of. */
export interface Facts {
  readonly settings: Readonly<Record<string, SettingSpec>>
  readonly makeTargets: ReadonlyArray<string>
  /** Subcommands of `audiocodes-live`. */
  readonly subcommands: ReadonlyArray<string>
  /** What a user must install: the package and its peers. */
  readonly packages: ReadonlyArray<string>
}

/** Names of the rules of a Makefile. */
export const makeTargetsOf = (makefile: string): ReadonlyArray<string> =>
  [...makefile.matchAll(/^([A-Za-z][\w-]*)\s*:(?!=)/gm)].map(([, name = '']) => name)

/** `…_BASE_URL` is `AUDIOCODES_LIVE_BASE_URL`. */
const wholeVariable = (name: string): string => name.replace(/^…/, 'AUDIOCODES_LIVE')

/**
 * How a default stands in the text of a row: a number or a word by itself; choices with slashes between them, the default first.
 * Units and prose are free.
 */
const defaultPattern = ({ kind, fallback = '' }: SettingSpec): RegExp => {
  if (kind._tag !== 'Choice') return new RegExp(`(?<![\\w.])${fallback}(?!\\w|\\.\\d)`, 'g')
  const choices = [fallback, ...kind.choices.filter((each) => each !== fallback)]
  return new RegExp(choices.map((each) => `\`${each}\``).join('/'), 'g')
}

/**
 * What is wrong with the table of the configuration. Keys, environment variables and defaults that share a row stand in the same
 * order in each of its cells.
 */
export const tableFaults = (markdown: string, settings: Facts['settings']): ReadonlyArray<string> => {
  const rows = tableRows(partsOf(markdown).prose, 'key')
  const named = rows.flatMap(([keys = '', variables = '', meaning = '']) => {
    const environment = inlineCode(variables).map(wholeVariable)
    let from = 0
    return inlineCode(keys).map((key, index) => {
      const spec = settings[key]
      if (spec === undefined) return { key, faults: [`${key}: there is no such key`] }
      const faults: Array<string> = []
      const variable = environment[index] ?? 'nothing'
      if (variable !== spec.env) faults.push(`${key}: its variable is ${spec.env}, the table says ${variable}`)
      if (new RegExp(`\`${key}\` \\(secret\\)`).test(keys) !== spec.secret)
        faults.push(`${key}: ${spec.secret ? 'is a secret, and the table does not say so' : 'is no secret'}`)
      if (spec.fallback !== undefined) {
        const pattern = defaultPattern(spec)
        pattern.lastIndex = from
        if (pattern.test(meaning)) from = pattern.lastIndex
        else faults.push(`${key}: its default ${spec.fallback} does not stand in its row`)
      }
      return { key, faults }
    })
  })
  const count = (key: string): number => named.filter((each) => each.key === key).length
  return [
    ...named.flatMap(({ faults }) => faults),
    ...Object.keys(settings).flatMap((key) =>
      count(key) === 1 ? [] : [`${key}: stands ${count(key)} times in the table`]
    )
  ]
}

/** Links that lead nowhere within the repository. Those to the web are not followed. */
export const linkFaults = (file: string, root: string): ReadonlyArray<string> => {
  const proseOf = (page: string): string => partsOf(fs.readFileSync(path.join(root, page), 'utf8')).prose
  return linkTargets(proseOf(file))
    .filter((target) => !/^[a-z]+:/i.test(target))
    .flatMap((target) => {
      const [pathname = '', anchor] = target.split('#')
      const page = pathname === '' ? file : path.join(path.dirname(file), decodeURI(pathname))
      if (!fs.existsSync(path.join(root, page))) return [`${target}: there is no ${page}`]
      return anchor === undefined || anchors(proseOf(page)).includes(anchor)
        ? []
        : [`${target}: ${page} has no such heading`]
    })
}

/** Commands as a user types them: the lines of `sh` blocks, the lines after a `$` in others, and commands in the prose. */
const commandsOf = (markdown: string): ReadonlyArray<string> => {
  const { blocks, prose } = partsOf(markdown)
  const lines = blocks.flatMap(({ language, content }) =>
    content.split('\n').flatMap((line) => {
      const command = language === 'sh' ? line : language === '' ? (/^\$ (.*)$/.exec(line)?.[1] ?? '') : ''
      return command.replace(/(^|\s)#.*$/, '').trim()
    })
  )
  return [...lines, ...inlineCode(prose).filter((code) => /^(make|npx|npm) /.test(code))].filter((line) => line !== '')
}

/** A placeholder, `<host>` or `…`, as a value that a user might give. */
const filled = (command: string): string =>
  command.replace(/<[^<>]*>/g, 'placeholder.example.net').replaceAll('…', 'placeholder')

/** What is wrong with one command. A command that nobody knows here is a fault as well, or it would go unchecked. */
const commandFault = (command: string, { settings, makeTargets, subcommands, packages }: Facts): string | undefined => {
  const [name = '', ...args] = filled(command).split(/\s+/)
  const words = args.filter((arg) => !arg.startsWith('-'))
  switch (name) {
    case 'make': {
      const missing = words.filter((word) => !makeTargets.includes(word))
      return missing.length > 0 ? `no such target: ${missing.join(', ')}` : undefined
    }
    case 'npm': {
      const [action, ...names] = words
      const same = names.length === packages.length && packages.every((each) => names.includes(each))
      return action === 'install' && same ? undefined : `expected npm install ${packages.join(' ')}`
    }
    case 'npx': {
      const [bin, subcommand = ''] = words
      return bin === 'audiocodes-live' && subcommands.includes(subcommand) ? undefined : 'no such subcommand'
    }
    case 'export': {
      const known = Object.values(settings).map(({ env }) => env)
      const unknown = args.map((arg) => arg.split('=')[0] ?? '').filter((variable) => !known.includes(variable))
      return unknown.length > 0 ? `no such variable: ${unknown.join(', ')}` : undefined
    }
    case 'pulumi': {
      if (words[0] !== 'config') return words.join(' ') === 'up' ? undefined : 'an unknown command of pulumi'
      const [, action, key = ''] = words
      if (action !== 'set') return 'expected pulumi config set'
      if (!key.startsWith(`${configNamespace}:`)) return undefined
      const spec = settings[key.slice(configNamespace.length + 1)]
      if (spec === undefined) return 'no such key'
      return args.includes('--secret') === spec.secret
        ? undefined
        : `--secret is ${spec.secret ? 'missing' : 'too much'}`
    }
    default:
      return 'an unknown command'
  }
}

/** What is wrong with the commands of a page, and with the keys and variables that it names anywhere. */
export const commandFaults = (markdown: string, facts: Facts): ReadonlyArray<string> => {
  const variables = Object.values(facts.settings).map(({ env }) => env)
  return [
    ...commandsOf(markdown).flatMap((command) => {
      const fault = commandFault(command, facts)
      return fault === undefined ? [] : [`${command}: ${fault}`]
    }),
    ...[...markdown.matchAll(/\bAUDIOCODES_LIVE_\w+/g)]
      .map(([name]) => name)
      .filter((name) => !variables.includes(name))
      .map((name) => `${name}: no such variable`),
    ...[...markdown.matchAll(new RegExp(`\\b${configNamespace}:(\\w+)`, 'g'))]
      .map(([, key = '']) => key)
      .filter((key) => facts.settings[key as SettingKey] === undefined && !/^[A-Z]|^index$/.test(key))
      .map((key) => `${configNamespace}:${key}: no such key`)
  ]
}

/** The configuration that a user has after the commands of a page, with every placeholder filled in. */
export const configurationBy = (markdown: string, project: string): Configuration => {
  const commands = commandsOf(markdown).map((command) => filled(command).split(/\s+/))
  const config = commands
    .filter(([pulumi, config, set]) => pulumi === 'pulumi' && config === 'config' && set === 'set')
    .map((words) => words.slice(3).filter((word) => !word.startsWith('-')))
    .map(([key = '', value = 'placeholder']) => [key.includes(':') ? key : `${project}:${key}`, value] as const)
  const environment = commands
    .filter(([command]) => command === 'export')
    .flatMap(([, ...settings]) => settings)
    .map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const)
  return { config: Object.fromEntries(config), environment: Object.fromEntries(environment) }
}
