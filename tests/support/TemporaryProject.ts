import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { atExit } from './Children'
import { repositoryRoot } from './repository'

/** A folder of a test, gone after `dispose`. */
export interface TemporaryProject {
  readonly directory: string
  readonly write: (name: string, text: string) => string
  readonly dispose: () => void
}

/**
 * A folder like that of a user's program: `pulumi-audiocodes-live`, `@pulumi/pulumi` and `typescript` resolve from it
 * through its `node_modules`, a link to that of this repository, where `pulumi-audiocodes-live` links to the root.
 */
export const temporaryProject = (): TemporaryProject => {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'audiocodes-live-')))
  fs.symlinkSync(path.join(repositoryRoot, 'node_modules'), path.join(directory, 'node_modules'), 'dir')
  const remove = (): void => {
    // More than one try, because a process that is being killed may still write.
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  const forget = atExit(remove)
  return {
    directory,
    write: (name, text) => {
      const file = path.join(directory, name)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, text)
      return file
    },
    dispose: () => {
      forget()
      remove()
    }
  }
}

/** Variables that would let the machine of a developer decide the result of a test. */
const foreign = /^(PULUMI_.*|AUDIOCODES_LIVE_.*|HTTPS?_PROXY|NO_PROXY|ALL_PROXY)$/i

/** The environment of this process without Pulumi's, this package's and the proxy's settings, and with `more`. */
export const cleanEnvironment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !foreign.test(key))),
  ...more
})
