import * as fs from 'node:fs'
import * as path from 'node:path'
import type { Stack } from './Stack'
import { repositoryRoot } from './repository'

/** Names the executable of this checkout in the project of a stack, as users do. */
export const withPlugin = (stack: Stack): void => {
  fs.appendFileSync(
    path.join(stack.directory, 'Pulumi.yaml'),
    `plugins:\n  providers:\n    - name: audiocodes-live\n      path: ${path.join(repositoryRoot, 'bin')}\n`
  )
}
