import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The schema of the package, as JSON: the file at its root. */
export const schemaText = (): string => readFileSync(join(__dirname, '../../../schema.json'), 'utf8')
