import * as fs from 'node:fs'
import * as path from 'node:path'
import { Engine } from '../../support/Engine'
import { withPlugin } from '../../support/withPlugin'
import { configFor, secretConfig } from '../Connections'
import { type Operation, type Stand, type Way, parallel } from './Way'

const atATime = ['--parallel', String(parallel)]
const unattended = ['--skip-preview', '--yes', ...atATime]

const commands: Readonly<Record<Operation, readonly string[]>> = {
  create: ['up', ...unattended],
  change: ['up', ...unattended],
  noop: ['up', ...unattended],
  refresh: ['refresh', ...unattended],
  destroy: ['destroy', ...unattended]
}

/** The programs as the compiler leaves them: no run waits for it. */
const programOf = (way: Way): string => fs.readFileSync(path.join(__dirname, '..', 'programs', `${way}.js`), 'utf8')

export const pulumiStand = async (way: Exclude<Way, 'terraform'>, platformUrl: string): Promise<Stand> => {
  const stack = await Engine.project({
    program: programOf(way),
    config: configFor({ url: platformUrl }),
    secrets: secretConfig
  })
  if (way === 'plugin') withPlugin(stack)
  return {
    declare: (sites) => {
      fs.writeFileSync(path.join(stack.directory, 'sites.json'), JSON.stringify(sites))
    },
    start: (operation) => stack.spawn(commands[operation]),
    fault: (_operation, { code }) => (code === 0 ? undefined : `it ended with ${code ?? 'a signal'}`),
    state: () =>
      fs.readFileSync(path.join(stack.directory, 'state', '.pulumi', 'stacks', 'harness', 'dev.json'), 'utf8'),
    dispose: () => stack.dispose()
  }
}
