import { now } from '../live/Clock'
import { engineLog } from './EngineLog'
import { listen } from './Server'
import { receivePlainValues } from './Struct'

/**
 * The executable `pulumi-resource-audiocodes-live`: the engine starts it with its own address as the last argument, and reads the port from
 * the first line of standard output.
 */
const main = async (): Promise<void> => {
  receivePlainValues()
  const log = engineLog(now)
  const address = process.argv.at(2)
  if (address !== undefined) log.connect(address)
  const { port } = await listen({ log, period: 10_000 })
  process.stdout.write(`${port}\n`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'pulumi-resource-audiocodes-live cannot listen')
  process.exit(1)
})
