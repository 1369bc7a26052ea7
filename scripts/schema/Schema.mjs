// The schema of the package, as text.

import * as path from 'node:path'
import * as prettier from 'prettier'
import { packageSpec } from '../../dist/provider/schema/Package.js'
import { version } from '../../dist/provider/version.js'
import { meantBy, sourceOf } from '../reference/Declarations.mjs'
import { root } from '../reference/Repository.mjs'
import { declaredFields } from './Declared.mjs'
import { functions } from './Lookups.mjs'
import { resources } from './Resources.mjs'
import ts from 'typescript'

/** The fields of `Settings`, which give a name to every choice. */
const settings = () => {
  const declaration = sourceOf('provider/Settings.ts').statements.find(
    (each) => ts.isInterfaceDeclaration(each) && each.name.text === 'Settings'
  )
  if (declaration === undefined || !ts.isInterfaceDeclaration(declaration))
    throw new Error('provider/Settings.ts declares no Settings')
  return declaredFields(meantBy(declaration.name))
}

/** @param {string} file where the text is to stand @returns {Promise<{ text: string } | { faults: readonly string[] }>} */
export const schema = async (file) => {
  const made = packageSpec({ version, resources: resources(), functions: functions(), settings: settings() })
  if (made._tag === 'Left') return { faults: made.left }
  const style = (await prettier.resolveConfig(file)) ?? {}
  return { text: await prettier.format(JSON.stringify(made.right), { ...style, parser: 'json' }) }
}

export const schemaFile = path.join(root, 'schema.json')
