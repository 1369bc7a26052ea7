import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configNamespace } from '../Settings'
import { version } from '../version'

/** The schema stands beside the plugin; without a build step that puts it there, in the sources. */
const places = ['../plugin/schema.json', '../../../provider/plugin/schema.json']

/** A package of which nothing is told but its name. */
const minimal = JSON.stringify({ name: configNamespace, version })

/** The schema of the package, as JSON. */
export const schemaText = (): string => {
  for (const place of places) {
    try {
      return readFileSync(join(__dirname, place), 'utf8')
    } catch {
      // It stands in the next place, or is not generated yet.
    }
  }
  return minimal
}
