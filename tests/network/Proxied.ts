import { type Simulator, startSimulator } from '../../simulator'
import { type Toxiproxy, startToxiproxy } from './Toxiproxy'

/** A platform, and the faulty network that leads to it. */
export interface Proxied {
  readonly platform: Simulator
  readonly proxy: Toxiproxy
  /** The platform as it is seen through the network. */
  readonly baseUrl: string
}

/** One for the tests of a block, whole and empty before each of them. */
export const proxied = (): Proxied => {
  const world = {} as { -readonly [K in keyof Proxied]: Proxied[K] }
  before(async () => {
    world.platform = await startSimulator()
    world.proxy = await startToxiproxy()
    world.baseUrl = await world.proxy.through(world.platform.url)
  })
  beforeEach(async () => {
    await world.proxy.heal()
    world.platform.reset()
  })
  after(async () => {
    await world.proxy.end()
    await world.platform.close()
  })
  return world
}
