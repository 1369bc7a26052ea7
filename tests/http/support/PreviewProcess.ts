import * as pulumi from '@pulumi/pulumi'
import { STATIC_TOKEN } from '../../../simulator'

/** A process that previews a Pulumi program on an engine of mocks: `node <program>.js <base URL> <mode of the preflight> …`. */

const said: Array<string> = []
const unhandled: Array<string> = []

/** Previews the program, and prints one JSON line: what was said, and what nobody handled. */
export const preview = async (mocks: pulumi.runtime.Mocks, program: () => Promise<void>): Promise<void> => {
  const [baseUrl = '', mode = ''] = process.argv.slice(2)
  process.on('unhandledRejection', (error) => unhandled.push((error as Error).message))
  const settings = { BASE_URL: baseUrl, ACCESS_TOKEN: STATIC_TOKEN, REQUESTS_PER_SECOND: '0', PREFLIGHT: mode }
  for (const [name, value] of Object.entries(settings)) process.env[`AUDIOCODES_LIVE_${name}`] = value
  await pulumi.runtime.setMocks(mocks, 'test', 'dev', true)
  for (const severity of ['info', 'warn', 'error'] as const) {
    const log = (text: string, resource?: pulumi.Resource): Promise<void> => {
      const { __name: name = 'program' } = (resource ?? {}) as { __name?: string }
      said.push(`${severity} ${name}: ${text}`)
      return Promise.resolve()
    }
    Object.defineProperty(pulumi.log, severity, { value: log })
  }
  await pulumi.runtime.runInPulumiStack(program)
  await pulumi.runtime.disconnect()
  await new Promise((resolve) => setTimeout(resolve, 200))
  console.log(JSON.stringify({ said: said.sort(), unhandled: unhandled.sort() }))
}
