import { type ByMethod, type Cell, byMethod, requestsApart, requestsInWords } from './Cell'
import { pulumiStand } from './PulumiStand'
import { type Platform, startPlatform } from './Platform'
import { sitesOf, withOneChanged } from './Sites'
import { terraformStand } from './TerraformStand'
import { watch } from './Usage'
import { type Operation, type Stand, type Way, operations } from './Way'

/** The writes that an operation on so many connections takes: no more, and no less. */
const writesOf = (operation: Operation, count: number): ByMethod => {
  switch (operation) {
    case 'create':
      return { POST: count }
    case 'change':
      return { PATCH: 1 }
    case 'destroy':
      return { DELETE: count }
    case 'noop':
    case 'refresh':
      return {}
  }
}

/** A run that did something else than it should have must not become a number. */
const asIntended = (operation: Operation, count: number, requests: ByMethod): void => {
  const writes = Object.fromEntries(Object.entries(requests).filter(([method]) => method !== 'GET'))
  const wanted = writesOf(operation, count)
  if (requestsApart(writes, wanted) > 0)
    throw new Error(
      `${operation} of ${count} sent the writes ${requestsInWords(writes)} in place of ${requestsInWords(wanted)}`
    )
}

const standOf = (way: Way, platform: Platform): Promise<Stand> =>
  way === 'terraform' ? Promise.resolve(terraformStand(platform.url)) : pulumiStand(way, platform.url)

/** The whole life of so many connections, one way, on a platform of its own. */
export const seriesOf = async (
  way: Way,
  count: number,
  latency: number,
  told: (cell: Cell) => void
): Promise<readonly Cell[]> => {
  const platform = await startPlatform(latency)
  try {
    const stand = await standOf(way, platform)
    try {
      const before = await platform.size()
      const cells: Cell[] = []
      for (const operation of operations) {
        stand.declare(operation === 'create' ? sitesOf(count) : withOneChanged(sitesOf(count)))
        await platform.forget()
        const began = performance.now()
        const run = stand.start(operation)
        const watched = watch(run.pid)
        const result = await run.result
        const seconds = (performance.now() - began) / 1000
        const usage = watched.stop()
        const fault = stand.fault(operation, result)
        if (fault !== undefined) throw new Error(`${way}, ${operation} of ${count}: ${fault}\n${result.output}`)
        const requests = byMethod(await platform.requests())
        asIntended(operation, count, requests)
        const state = stand.state()
        const cell = {
          ...{ way, count, latency, operation, seconds, usage, requests },
          stateBytes: Buffer.byteLength(state),
          compactBytes: Buffer.byteLength(JSON.stringify(JSON.parse(state)))
        }
        told(cell)
        cells.push(cell)
      }
      const left = (await platform.size()) - before
      if (left !== 0) throw new Error(`${way}: ${left} connections are left after destroy`)
      return cells
    } finally {
      await stand.dispose()
    }
  } finally {
    await platform.close()
  }
}
