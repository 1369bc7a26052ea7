import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { EngineRun } from '../../support/EngineRun'
import { repositoryRoot } from '../../support/repository'
import { cleanEnvironment, temporaryProject } from '../../support/TemporaryProject'
import { STATIC_TOKEN } from '../../../simulator'
import { type Operation, type Stand, parallel } from './Way'

const bin = path.join(repositoryRoot, '.engine', 'terraform', 'bin')
const terraform = path.join(bin, 'terraform')

/** Builds Terraform and the provider where they are missing. What stands in the way otherwise, in words. */
export const terraformMissing = (): string | undefined => {
  const { status, stderr, error } = spawnSync('sh', [path.join(repositoryRoot, 'engine', 'make-terraform.sh')], {
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe']
  })
  return status === 0 ? undefined : (error?.message ?? stderr).trim()
}

/** What is built, such as `Terraform v1.11.4 and restapi v1.20.0`. */
export const terraformInWords = (): string => {
  const pinned = fs.readFileSync(path.join(repositoryRoot, 'engine', 'terraform', 'go.mod'), 'utf8')
  const versionOf = (module: string): string => new RegExp(`/${module} (v\\S+)`).exec(pinned)?.[1] ?? ''
  return `Terraform ${versionOf('terraform')} and restapi ${versionOf('terraform-provider-restapi')}`
}

const atATime = `-parallelism=${parallel}`
const apply = ['apply', '-input=false', '-auto-approve', atATime]

const commands: Readonly<Record<Operation, readonly string[]>> = {
  create: apply,
  change: apply,
  noop: ['plan', '-input=false', '-detailed-exitcode', atATime],
  refresh: [...apply, '-refresh-only'],
  destroy: ['destroy', '-input=false', '-auto-approve', atATime]
}

/** The provider comes from the folder where it was built; nothing is asked for on the network. */
const settings = `provider_installation {
  dev_overrides { "Mastercard/restapi" = ${JSON.stringify(bin)} }
  direct {}
}
`

export const terraformStand = (platformUrl: string): Stand => {
  const project = temporaryProject()
  const program = path.join(repositoryRoot, 'tests', 'bench', 'programs', 'main.tf')
  project.write('main.tf', fs.readFileSync(program, 'utf8'))
  const environment = cleanEnvironment({
    TF_CLI_CONFIG_FILE: project.write('terraform.rc', settings),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    TF_VAR_base_url: platformUrl,
    TF_VAR_access_token: STATIC_TOKEN
  })
  const runs: EngineRun[] = []
  return {
    declare: (sites) => {
      project.write('sites.json', JSON.stringify(sites))
    },
    start: (operation) => {
      const run = EngineRun.start(terraform, [...commands[operation], '-no-color'], project.directory, environment)
      runs.push(run)
      return run
    },
    // The plan ends with 2 when it has found a change.
    fault: (_operation, { code }) =>
      code === 0 ? undefined : code === 2 ? 'it found a change' : `it ended with ${code ?? 'a signal'}`,
    state: () => fs.readFileSync(path.join(project.directory, 'terraform.tfstate'), 'utf8'),
    dispose: async () => {
      for (const run of runs) run.end()
      await Promise.all(runs.map((run) => run.result))
      project.dispose()
    }
  }
}
