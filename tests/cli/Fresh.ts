import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { type Simulator, type Switches, startSimulator } from '../../simulator'

/** A simulator for the tests of a suite, fresh for each of them. */
export const simulatorOf = (switches: Partial<Switches> = {}): (() => Simulator) => {
  let simulator: Simulator | undefined
  const get = (): Simulator => {
    if (simulator === undefined) throw new Error('the simulator has not started')
    return simulator
  }
  before(async () => {
    simulator = await startSimulator({ switches })
  })
  beforeEach(() => get().reset())
  after(() => get().close())
  return get
}

/** An empty folder for each test of a suite. */
export const folderOf = (): (() => string) => {
  let folder = ''
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'audiocodes-live-'))
  })
  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true })
  })
  return () => folder
}
