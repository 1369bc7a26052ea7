#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { doctorCommand } from './doctor'
import { driftCommand } from './drift'
import { exportCommand } from './export'
import { planCommand } from './plan'
import { rollbackCommand } from './rollback'
import { simulateCommand } from './simulate'
import { templateCommand } from './template'

// Found from dist/cli, in the repository and in the installed package alike.
const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string }

const commands = [
  planCommand,
  driftCommand,
  exportCommand,
  rollbackCommand,
  doctorCommand,
  templateCommand,
  simulateCommand
]

const program = new Command('audiocodes-live')
  .description('Tools for SIP connections of the AudioCodes Live Platform')
  .version(version)
for (const command of commands) program.addCommand(command())

program.parseAsync().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exitCode = 1
})
