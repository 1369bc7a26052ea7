// Preloaded into the Node.js processes that the engine starts in tests (see `quickNode`). Two thirds of what a `pulumi`
// command costs are spent on finding, reading and compiling the 900 modules of @pulumi/pulumi, twice: for the program and
// for the provider. The first program that ends well writes them into one file, from which they come from then on. Modules
// of this package are loaded as ever, and so is what the file does not hold, such as another version of the SDK.

import * as fs from 'node:fs'
import Module from 'node:module'
import * as path from 'node:path'
import * as v8 from 'node:v8'
import * as vm from 'node:vm'
import { type Store, type Stored, placeOf, read, write } from './Store'

/** What Node.js has for hooks of its loader, without being in its types. */
interface Loader {
  _resolveFilename(request: string, parent: Module | undefined, isMain: boolean, options?: object): string
  _extensions: Record<string, (module: Module, file: string) => void>
}
const loader = Module as unknown as Loader
const { TEST_MODULES: file = '', TEST_PACKAGES: packages = '' } = process.env
const [, started = '', ...rest] = process.argv

const isProgram = /\bcmd\Wrun\b/.test(started)
const isProvider = /\bcmd\Wdynamic-provider\b/.test(started)
const isPlain = isProgram && rest.at(-1)?.endsWith('.js') === true

// The host for Node.js programs that `make engine` builds is older than the way in which the engine tells it the option
// `typescript` of Pulumi.yaml, and takes every program for TypeScript.
if (isPlain) delete process.env['PULUMI_NODEJS_TYPESCRIPT']

const isInstalled = (name: string): boolean => name.startsWith(packages + path.sep)

/** Runs the code of a module as Node.js does. */
const run = (script: vm.Script, module: Module, name: string): void => {
  const compiled = script.runInThisContext() as (...names: readonly unknown[]) => void
  compiled.call(module.exports, module.exports, Module.createRequire(name), module, name, path.dirname(name))
}

const compile = (name: string, source: string, code?: Buffer): vm.Script =>
  new vm.Script(Module.wrap(source), {
    filename: name,
    ...(code === undefined ? {} : { cachedData: code }),
    // Without it `import()` fails; what is imported is not compiled here.
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  })

const loadPlainly = loader._extensions['.js'] as Loader['_extensions'][string]
const resolvePlainly = loader._resolveFilename.bind(Module)
const resolveBy =
  (known: (place: string, find: () => string) => string): Loader['_resolveFilename'] =>
  (request, parent, isMain, options) => {
    const find = () => resolvePlainly(request, parent, isMain, options)
    const from = parent?.filename ?? ''
    return options === undefined && isInstalled(from) ? known(placeOf(from, request), find) : find()
  }

const readModules = (store: Store): void => {
  loader._resolveFilename = resolveBy((place, find) => store.places.get(place) ?? find())
  loader._extensions['.js'] = (module, name) => {
    const stored = store.modules.get(name)
    if (stored === undefined) loadPlainly(module, name)
    else run(compile(name, stored.source.toString(), stored.code), module, name)
  }
}

const writeModules = (): void => {
  const places = new Map<string, string>()
  const scripts = new Map<string, readonly [source: string, vm.Script]>()
  loader._resolveFilename = resolveBy((place, find) => {
    const found = find()
    if (isInstalled(found)) places.set(place, found)
    return found
  })
  loader._extensions['.js'] = (module, name) => {
    if (!isInstalled(name)) {
      loadPlainly(module, name)
      return
    }
    const source = fs.readFileSync(name, 'utf8')
    const script = compile(name, source)
    scripts.set(name, [source, script])
    run(script, module, name)
  }
  process.once('exit', (code) => {
    if (code !== 0) return
    const stored = ([source, script]: readonly [string, vm.Script]): Stored => ({
      source: Buffer.from(source),
      // At the end, when it holds the functions that were called.
      code: script.createCachedData()
    })
    write(file, { places, modules: new Map([...scripts].map(([name, each]) => [name, stored(each)])) })
  })
}

if (isProgram || isProvider) {
  // The SDK sets this too, half-way; and V8 takes compiled code only where its flags are what they were.
  v8.setFlagsFromString('--allow-natives-syntax')
  const store = read(file)
  if (store !== undefined) readModules(store)
  else if (isPlain && isInstalled(started)) writeModules()
}
