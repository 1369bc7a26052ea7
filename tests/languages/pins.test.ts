// Every go.mod pins its versions; those that have to be the same are.

import * as assert from 'node:assert/strict'
import { engineModule, pinOf, pythonPin, sdkModule } from './support/Pins'

describe('the pinned versions of Pulumi', () => {
  const engine = pinOf('engine/cli/go.mod', engineModule)

  it('are one version of the engine, of the generator and of what programs run on', () => {
    assert.deepEqual(
      {
        generator: pinOf('engine/sdkgen/go.mod', engineModule),
        yaml: pinOf('engine/yaml-host/go.mod', engineModule),
        go: pinOf('tests/languages/go/go.mod', sdkModule),
        python: `v${pythonPin()}`
      },
      { generator: engine, yaml: engine, go: engine, python: engine }
    )
  })

  it('are one version of the language hosts', () => {
    assert.equal(pinOf('engine/language-hosts/go.mod', sdkModule), pinOf('engine/nodejs-host/go.mod', sdkModule))
  })
})
