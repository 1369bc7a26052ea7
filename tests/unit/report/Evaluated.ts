import * as assert from 'node:assert'
import * as vm from 'node:vm'
import * as ts from 'typescript'

/** What a restored program declares, with the values of its secrets put back. */
export const evaluated = (
  program: string,
  secrets: (key: string) => string
): ReadonlyArray<readonly [string, object]> => {
  const made: Array<readonly [string, object]> = []
  const { outputText, diagnostics = [] } = ts.transpileModule(program, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
  })
  assert.deepStrictEqual(diagnostics, [])
  const modules: Readonly<Record<string, unknown>> = {
    '@pulumi/pulumi': {
      Config: class {
        readonly requireSecret = secrets
      }
    },
    'pulumi-audiocodes-live': {
      SipConnection: class {
        constructor(name: string, inputs: object) {
          made.push([name, JSON.parse(JSON.stringify(inputs)) as object])
        }
      }
    }
  }
  const exports: Readonly<Record<string, unknown>> = {}
  vm.runInNewContext(outputText, { exports, require: (name: string) => modules[name] })
  return [
    ...made,
    ...Object.entries(exports).map(([name, value]) => [name, JSON.parse(JSON.stringify(value)) as object] as const)
  ]
}
