import * as fs from 'node:fs'
import * as path from 'node:path'
import * as ts from 'typescript'
import { repositoryRoot } from '../../support/repository'

/** TypeScript files: their texts by their path from the root of the repository. */
export type Sources = Readonly<Record<string, string>>

/** A small TypeScript file that stands in a docstring or in a Markdown file. */
export interface Example {
  /** Where it stands, from the root of the repository. */
  readonly file: string
  /** The documented thing: `SipConnection.get`; the second example of one thing is `SipConnection.get 2`. */
  readonly of: string
  /** Line of the file at which the code begins, from 1. */
  readonly line: number
  readonly code: string
}

/** How an example is called in the name of a test and in a message. */
export const titleOf = ({ file, of }: Example): string => `${file} ${of}`

/** The sources of these folders, without the SDK for Node.js, which is generated from them. */
export const sourcesIn = (...folders: ReadonlyArray<string>): Sources =>
  Object.fromEntries(
    folders.flatMap((folder) =>
      fs
        .readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !`${folder}/${file}`.startsWith('sdk/nodejs/'))
        .sort()
        .map((file) => [`${folder}/${file}`, fs.readFileSync(path.join(repositoryRoot, folder, file), 'utf8')])
    )
  )

/**
 * A program over texts in memory, and nothing else: what comes from packages and from the language's own library stays
 * unresolved. That is enough for names, docstrings and exports, and takes no time.
 */
const programOf = (sources: Sources): ts.Program => {
  const textOf = (file: string): string | undefined => sources[file.replace(/^\//, '')]
  const host: ts.CompilerHost = {
    fileExists: (file) => textOf(file) !== undefined,
    readFile: textOf,
    getSourceFile: (file, version) => {
      const text = textOf(file)
      return text === undefined ? undefined : ts.createSourceFile(file, text, version, true)
    },
    getDefaultLibFileName: () => '/lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (file) => file,
    getNewLine: () => '\n',
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined
  }
  const options: ts.CompilerOptions = {
    noLib: true,
    types: [],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16
  }
  return ts.createProgram(
    Object.keys(sources).map((file) => `/${file}`),
    options,
    host
  )
}

const sourceFile = (program: ts.Program, file: string): ts.SourceFile => {
  const found = program.getSourceFile(`/${file}`)
  if (found === undefined) throw new Error(`there is no ${file}`)
  return found
}

/** `SipConnection.get`, from the outermost named thing to the node itself. */
const qualifiedName = (node: ts.Node): string => {
  const names: Array<string> = []
  // The docstring of a variable stands at its statement.
  const first = ts.isVariableStatement(node) ? (node.declarationList.declarations[0] ?? node) : node
  for (let at: ts.Node = first; !ts.isSourceFile(at); at = at.parent) {
    const name = ts.isConstructorDeclaration(at) ? 'constructor' : (at as ts.NamedDeclaration).name?.getText()
    if (name !== undefined) names.unshift(name)
  }
  return names.join('.') || '(file)'
}

/**
 * The code of an `@example`. The compiler also sees a tag in the middle of a line of code (`// mail to @me`) and ends the example
 * there; half an example must not pass for a whole one, so it goes on to the next tag that begins a line.
 */
const codeOf = (text: string, tags: ReadonlyArray<ts.JSDocTag>, index: number): { start: number; code: string } => {
  const beginsLine = ({ pos }: ts.JSDocTag): boolean =>
    /^[\s*/]*$/.test(text.slice(text.lastIndexOf('\n', pos - 1) + 1, pos))
  const rest = tags.slice(index + 1)
  const next = rest.findIndex(beginsLine)
  const last = (next === -1 ? rest : rest.slice(0, next)).at(-1) ?? tags[index]
  const from = tags[index]?.tagName.end ?? 0
  const raw = text.slice(from, last?.end)
  const lines = raw.split('\n').map((line, number) => (number === 0 ? line : line.replace(/^\s*\* ?/, '')))
  const first = lines.findIndex((line) => line.trim() !== '')
  const code = lines.slice(Math.max(first, 0)).join('\n').trimEnd()
  return { start: from + raw.split('\n', first).join('\n').length + (first > 0 ? 1 : 0), code: `${code}\n` }
}

/** Every `@example` of the docstrings, in the order of the files. */
export const examplesOf = (sources: Sources): ReadonlyArray<Example> => {
  const program = programOf(sources)
  return Object.keys(sources).flatMap((file) => {
    const source = sourceFile(program, file)
    const found: Array<Example> = []
    const visit = (node: ts.Node): void => {
      for (const comment of ts.getJSDocCommentsAndTags(node)) {
        // The compiler also gives a variable the docstring of its statement, which is visited by itself.
        if (!ts.isJSDoc(comment) || comment.parent !== node) continue
        const tags = comment.tags ?? []
        tags.forEach((tag, index) => {
          if (tag.tagName.text !== 'example') return
          const name = qualifiedName(node)
          const before = found.filter(({ of }) => of === name || of.startsWith(`${name} `)).length
          const { start, code } = codeOf(source.text, tags, index)
          found.push({
            file,
            of: before === 0 ? name : `${name} ${before + 1}`,
            line: source.getLineAndCharacterOfPosition(start).line + 1,
            code
          })
        })
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
    return found
  })
}

/** Lines that begin an example, as a reader sees them: a docstring that belongs to nothing has some that `examplesOf` cannot know. */
export const exampleLines = (sources: Sources): ReadonlyArray<string> =>
  Object.entries(sources).flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, index) => (/(\/\*\*|^\s*\*)\s*@example\b/.test(line) ? [`${file}:${index + 1}`] : []))
  )

const has = (symbol: ts.Symbol, flags: ts.SymbolFlags): boolean => (symbol.flags & flags) !== 0

const declarationOf = (symbol: ts.Symbol): ts.Declaration => {
  const declaration = symbol.declarations?.[0]
  if (declaration === undefined) throw new Error(`${symbol.name} is exported and nowhere declared`)
  return declaration
}

const nameOf = (declaration: ts.Declaration): string =>
  `${declaration.getSourceFile().fileName.slice(1)} ${qualifiedName(declaration)}`

const isPublic = (symbol: ts.Symbol): boolean =>
  (ts.getCombinedModifierFlags(declarationOf(symbol)) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0

const exportsOf = (program: ts.Program, file: string): ReadonlyArray<ts.Symbol> => {
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(sourceFile(program, file))
  if (module === undefined) throw new Error(`${file} exports nothing`)
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (has(symbol, ts.SymbolFlags.Alias) ? checker.getAliasedSymbol(symbol) : symbol))
}

const saysNothing = (program: ts.Program, symbol: ts.Symbol): boolean =>
  ts.displayPartsToString(symbol.getDocumentationComment(program.getTypeChecker())).trim() === ''

/** Functions and classes that a file exports, and the static methods of the classes: what a reader calls. As `file name`. */
export const callables = (sources: Sources, file: string): ReadonlyArray<string> => {
  const program = programOf(sources)
  const checker = program.getTypeChecker()
  const isCallable = (symbol: ts.Symbol): boolean =>
    has(symbol, ts.SymbolFlags.Function | ts.SymbolFlags.Class) ||
    (has(symbol, ts.SymbolFlags.Variable) && checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0)
  return exportsOf(program, file)
    .filter(isCallable)
    .flatMap((symbol) => [
      symbol,
      ...[...(symbol.exports?.values() ?? [])].filter((each) => has(each, ts.SymbolFlags.Method) && isPublic(each))
    ])
    .map((symbol) => nameOf(declarationOf(symbol)))
}

/** Exports of a file without a docstring, or with an empty one. As `file name`. */
export const exportsWithoutDocstring = (sources: Sources, file: string): ReadonlyArray<string> => {
  const program = programOf(sources)
  return exportsOf(program, file)
    .filter((symbol) => saysNothing(program, symbol))
    .map((symbol) => nameOf(declarationOf(symbol)))
}

/** The public properties of an exported interface or class, in their order; `documented` tells which of them have a docstring. */
export const propertiesOf = (
  sources: Sources,
  file: string,
  name: string
): ReadonlyArray<{ readonly name: string; readonly documented: boolean }> => {
  const program = programOf(sources)
  const owner = exportsOf(program, file).find((symbol) => symbol.name === name)
  if (owner === undefined) throw new Error(`${file} exports no ${name}`)
  return [...(owner.members?.values() ?? [])]
    .filter((member) => has(member, ts.SymbolFlags.Property) && isPublic(member))
    .map((member) => ({ name: member.name, documented: !saysNothing(program, member) }))
}
