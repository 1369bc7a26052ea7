import type { LoggedRequest } from '../../../simulator'
import { providerText } from '../../../sdk/providerText'
import { ProtocolServer } from '../../support/ProtocolServer'
import { configFor, secretConfig } from '../Connections'
import { startPlatform } from './Platform'
import type { JsonObject } from '../../support/Json'
import { sitesOf } from './Sites'
import { parallel } from './Way'

/** A fleet made by the calls of the engine, without an engine: what is measured is the provider's own. */
export interface Called {
  /** Of `check` and `create` together, as the engine sees them. */
  readonly seconds: number
  readonly requests: readonly LoggedRequest[]
}

/** @param latency milliseconds before every answer of the platform */
export const createdByCalls = async (count: number, latency: number): Promise<Called> => {
  const platform = await startPlatform(latency)
  try {
    const server = await ProtocolServer.start({
      provider: providerText('sipConnectionFleet'),
      config: { ...configFor(platform), ...secretConfig },
      deadline: 600
    })
    try {
      const declared = (number: number): JsonObject => ({
        ...(sitesOf(number) as unknown as JsonObject),
        rollout: { maxParallel: parallel }
      })
      // The first call loads the code, which takes the same time whatever the size.
      await server.check({}, declared(1))
      const began = performance.now()
      const { inputs, failures } = await server.check({}, declared(count))
      if (failures.length > 0) throw new Error(`the check failed: ${failures.map(({ reason }) => reason).join('; ')}`)
      await server.create(inputs)
      return { seconds: (performance.now() - began) / 1000, requests: await platform.requests() }
    } finally {
      await server.close()
    }
  } finally {
    await platform.close()
  }
}
