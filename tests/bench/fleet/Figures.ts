import type { Figure } from '../Figure'
import { median, quartiles, round } from '../Statistics'
import { type Life, requestsApart, requestsInWords } from './Cell'
import type { Failing } from './Failing'
import { inputsInWords } from './Sites'
import { operationInWords, operations } from './Way'

/** Two times of each round: what is judged, and what it is judged by. */
export type Pairs = ReadonlyArray<readonly [measured: number, against: number]>

const many = (count: number): string => count.toLocaleString('en-US')

/** A time in times of another one of the same run. */
export const ratio = (
  figure: Pick<Figure, 'id' | 'name' | 'unit' | 'target'>,
  pairs: Pairs,
  words: readonly [string, string],
  more = ''
): Figure => {
  const ratios = pairs.map(([measured, against]) => measured / against)
  const [low, high] = quartiles(ratios)
  const of = (index: 0 | 1): string => median(pairs.map((pair) => pair[index])).toFixed(2)
  return {
    ...figure,
    measured: round(median(ratios), 2),
    rounds: pairs.length,
    ...(pairs.length === 1 ? {} : { quartiles: [round(low, 2), round(high, 2)] as const }),
    detail: `${words[0]} ${of(0)} s, ${words[1]} ${of(1)} s${pairs.length === 1 ? '; one round' : `; medians of ${pairs.length} rounds in turn`}${more}`
  }
}

/** The fleet against Terraform, in the same rounds. */
export const againstTerraform = (
  rounds: ReadonlyArray<readonly [fleet: Life, terraform: Life]>,
  versions: string
): readonly Figure[] => {
  const count = many(rounds[0]?.[0].count ?? NaN)
  const pairs = (operation: 'create' | 'noop'): Pairs =>
    rounds.map(([fleet, terraform]) => [fleet.cells[operation].seconds, terraform.cells[operation].seconds])
  return [
    ratio(
      {
        id: 'fleetCreation',
        name: `\`pulumi up\` that creates a fleet of ${count}`,
        unit: '× the time of Terraform + restapi',
        target: 0.33
      },
      pairs('create'),
      ['`pulumi up`', '`terraform apply`'],
      `; ${versions}`
    ),
    ratio(
      {
        id: 'fleetNoop',
        name: `\`pulumi up --skip-preview\` of a fleet of ${count} without a change`,
        unit: '× the time of `terraform plan`',
        target: 1
      },
      pairs('noop'),
      ['`pulumi up`', '`terraform plan`'],
      `; Terraform reads every object first, the fleet none; ${versions}`
    )
  ]
}

/** What a change of one connection of a fleet may ask of the platform. */
const requestsOfAChange = { GET: 2, PATCH: 1 }

/** The memory of the provider in one of its hosts. */
export const memoryOf = ({ count, cells }: Life, id: string, host: string): Figure => ({
  id,
  name: `Provider process of a fleet of ${many(count)}, ${host}`,
  measured: round(Math.max(...Object.values(cells).map(({ usage }) => usage.provider.megabytes)), 0),
  unit: 'MB',
  target: 300,
  detail: `resident memory at its highest: ${operations.map((operation) => `${operationInWords[operation]} ${cells[operation].usage.provider.megabytes.toFixed(0)}`).join(', ')}`
})

export const ofTheFleet = (fleet: Life, large: Life, byPlugin: Life): readonly Figure[] => {
  const state = large.cells.create.compactBytes
  return [
    {
      id: 'fleetChange',
      name: `Requests of a change of one connection in ${many(fleet.count)}, more or less than 1 \`PATCH\` and 2 \`GET\``,
      measured: requestsApart(fleet.cells.change.requests, requestsOfAChange),
      unit: 'requests',
      target: 0,
      detail: `sent: ${requestsInWords(fleet.cells.change.requests)}`
    },
    memoryOf(large, 'fleetMemory', 'in the dynamic host'),
    memoryOf(byPlugin, 'fleetMemoryPlugin', 'by the plugin'),
    {
      id: 'fleetState',
      name: `State of a connection in a fleet of ${many(large.count)}`,
      measured: round(state / large.count, 0),
      unit: 'bytes',
      target: 900,
      detail: `the whole file of the stack as compact JSON, ${many(state)} bytes, by the number of connections; declared are ${inputsInWords}`
    }
  ]
}

/** The provider alone, at two sizes. */
export const growth = (counts: readonly [number, number], pairs: Pairs): Figure =>
  ratio(
    {
      id: 'fleetGrowth',
      name: `Provider time of a fleet of ${many(counts[1])}`,
      unit: `× that of ${many(counts[0])}`,
      target: 12
    },
    pairs,
    [many(counts[1]), many(counts[0])],
    '; `check` and `create` of the provider process as the engine calls them, its code loaded already; no latency'
  )

export const againstBareLoop = (count: number, latency: number, pairs: Pairs): Figure =>
  ratio(
    {
      id: 'fleetBare',
      name: `Creation of ${many(count)} connections at ${latency} ms latency`,
      unit: '× a bare loop with the same requests',
      target: 1.2
    },
    pairs,
    [
      '`check` and `create` of the provider process, its code loaded already,',
      'node-fetch alone, 20 at a time as well,'
    ]
  )

export const withFaults = (count: number, { refused, misreported, stray, missing }: Failing): readonly Figure[] => [
  {
    id: 'fleetFaultsReported',
    name: `Connections that one \`pulumi up\` of ${many(count)} reports wrongly when ${refused} are refused`,
    measured: misreported.length,
    unit: 'connections',
    target: 0,
    detail: `refused and not reported, or reported and not refused${misreported.length === 0 ? '' : `: ${misreported.slice(0, 5).join(', ')}`}`
  },
  {
    id: 'fleetFaultsConverged',
    name: `Writes of the next \`pulumi up\` beside those of the ${refused}`,
    measured: stray + missing,
    unit: 'writes',
    target: 0,
    detail: `${stray} writes of others or too many, ${missing} connections missing afterwards`
  }
]
