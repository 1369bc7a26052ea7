import * as fs from 'node:fs'
import { type Running, processesOfSession } from '../../support/Children'
import { processorSeconds } from '../Processor'
import { type Look, type Usage, roleOf, roles, usageOf } from './Roles'

/** `undefined` for a process that has gone meanwhile. Needs /proc (Linux). */
const lookAt = ({ pid, command }: Running): Look | undefined => {
  const role = roleOf(command)
  if (role === undefined) return undefined
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    if (kibibytes === undefined) return undefined
    return { role, megabytes: (Number(kibibytes) * 1024) / 1e6, processor: processorSeconds(pid) }
  } catch {
    return undefined
  }
}

const intervalMs = 100

/** Looks at the processes of a session, ten times a second, until `stop`. */
export const watch = (session: number): { readonly stop: () => Usage } => {
  let usage = usageOf([])
  const look = (): void => {
    const looks = processesOfSession(session).flatMap((running) => lookAt(running) ?? [])
    usage = usageOf([...roles.map((role) => ({ role, ...usage[role] })), ...looks])
  }
  const timer = setInterval(look, intervalMs)
  return {
    stop: () => {
      clearInterval(timer)
      return usage
    }
  }
}
