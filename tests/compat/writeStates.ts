/**
 * Writes the fixtures of this version: `node dist/tests/compat/writeStates.js`, after `make build engine`. What a released version
 * wrote is history, so a folder that is there is left alone, and the command fails; `--again` replaces it (for a version that is not
 * released yet).
 */
import * as fs from 'node:fs'
import * as path from 'node:path'
import { STATIC_TOKEN } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { acme, full, minimal, program, startWorld, type World } from '../engine/World'
import { manifest } from './support/Package'
import { fixtureOf, host, passphrase, type StateFixture, statesFolder } from './support/States'

type Declares = StateFixture['declares']

const adopted = {
  ...minimal('adopted'),
  enableCac: false,
  carrierRegistration: false,
  cacProfile: '10 sessions',
  adopt: true
}

/** Connections whose last write ended well, in every way in which one can come into a state. */
const settled: Declares = {
  full: full('full'),
  minimal: minimal('minimal'),
  adopted,
  instance: {
    args: { ...minimal('instance'), carrierUserPassword: full('').carrierUserPassword },
    options: `{
      provider: new live.Provider('eu', {
        baseUrl: 'http://${host}/tenantui', accessToken: '${STATIC_TOKEN}', pollInterval: 0.02, requestsPerSecond: 0
      })
    }`
  }
}

/** Connections whose last write did not end well: one was created with an error, of the other the last change is unclear. */
const unfinished: Declares = { failed: full('failed'), unclear: full('unclear') }

const writers: Readonly<
  Record<string, { readonly declares: Declares; readonly run: (world: World) => Promise<void> }>
> = {
  settled: {
    declares: settled,
    run: async ({ stack, simulator }) => {
      simulator.addSite({
        customerGuid: acme,
        name: 'adopted',
        sbcId: 3,
        onboardingScript: 12001,
        cleanupScript: 12002,
        enableCac: false,
        carrierRegistration: false,
        cacProfile: '10 sessions'
      })
      stack.setProgram(program(settled).replaceAll(host, `127.0.0.1:${simulator.port}`))
      succeeded(await stack.up())
    }
  },
  unfinished: {
    declares: unfinished,
    run: async ({ stack, simulator }) => {
      const before = { ...full('unclear'), carrierPasswordDpi: 'canary-dpi-before' }
      stack.setProgram(program({ unclear: before }))
      succeeded(await stack.up())
      stack.setProgram(program(unfinished))
      simulator.addFault({
        match: { method: 'POST' },
        fault: { kind: 'errorMessage', effect: true, message: 'No slot.' }
      })
      // Whether a password that no read returns was taken cannot be known after this.
      simulator.addFault({ match: { method: 'PATCH' }, fault: { kind: 'resetBefore' } })
      const { code, output } = await stack.up()
      if (code !== 1) throw new Error(`both writes must fail:\n${output}`)
    }
  }
}

const write = async (): Promise<void> => {
  const folder = path.join(statesFolder, manifest.version)
  if (fs.existsSync(folder) && !process.argv.includes('--again')) {
    throw new Error(`${folder} is there already. Released states are never written again; --again replaces them.`)
  }
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  for (const [name, { declares, run }] of Object.entries(writers)) {
    const world = await startWorld({ program: '', env: { PULUMI_CONFIG_PASSPHRASE: passphrase } })
    try {
      await run(world)
      fs.writeFileSync(path.join(folder, `${name}.json`), await fixtureOf(world, declares))
    } finally {
      await world.end()
    }
  }
}

write().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
