import * as path from 'node:path'

/** The root folder of this repository. */
export const root = path.dirname(path.dirname(import.meta.dirname))
