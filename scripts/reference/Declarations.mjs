// What the package exports, as its sources declare it: names, docstrings and types in the words of the source.
//
// Packages stay unresolved: names, docstrings and the types of this repository are all that a page shows, and without
// the declarations of the packages it takes no time.

import * as path from 'node:path'
import ts from 'typescript'
import { root } from './Repository.mjs'

/** @typedef {{ name: string, text: string }} Param */
/** @typedef {{ text: string, params: Param[], throws: string[] }} Documentation text and tags of a docstring */
/** @typedef {{ text: string, named: ts.Symbol[] }} UserType a type as a user writes it, and the types of the package in it */
/** @typedef {{ name: string, type: UserType, required: boolean, doc: string }} Field */
/** @typedef {Field & { node: ts.TypeNode }} WrittenField with its type as it is written */
/** @typedef {{ name: string, type: UserType, required: boolean, isInput: boolean }} Parameter `isInput`: outputs are taken too */
/** @typedef {{ parameters: Parameter[], result: UserType | undefined }} Signature */
/** @typedef {{ name: string, symbol: ts.Symbol, kind: 'function' | 'class' | 'type', doc: Documentation }} Exported */

/** @type {ts.CompilerOptions} */
const options = {
  noLib: true,
  types: [],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16
}

/** @param {string} entry @returns {ts.Program} */
const programOf = (entry) => {
  const host = ts.createCompilerHost(options, true)
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith('.') ? ts.resolveModuleName(text, from, options, host).resolvedModule : undefined
    }))
  return ts.createProgram([path.join(root, entry)], options, host)
}

const program = programOf('sdk/index.ts')
const checker = program.getTypeChecker()

/** @param {ts.Symbol} symbol @returns {ts.Symbol} */
const resolved = (symbol) => ((symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol))

/** @param {ts.Node} name @returns {ts.Symbol} what a name in a source stands for */
export const meantBy = (name) => {
  const symbol = checker.getSymbolAtLocation(name)
  if (symbol === undefined) throw new Error(`${name.getText()} stands for nothing`)
  return resolved(symbol)
}

/** @param {string} file from the root of the repository @returns {ts.SourceFile} */
export const sourceOf = (file) => {
  const source = program.getSourceFile(path.join(root, file))
  if (source === undefined) throw new Error(`${file} is no part of what the package exports`)
  return source
}

/** @param {ts.Symbol} symbol @returns {ts.Declaration} */
export const declarationOf = (symbol) => {
  const declaration = symbol.declarations?.[0]
  if (declaration === undefined) throw new Error(`${symbol.name} is exported and nowhere declared`)
  return declaration
}

/** @param {ts.Symbol} symbol @returns {string} where it is declared, from the root of the repository */
export const fileOf = (symbol) => path.relative(root, declarationOf(symbol).getSourceFile().fileName)

/** @param {readonly ts.JSDocTagInfo[]} tags @param {string} name @returns {string[]} */
const tagTexts = (tags, name) =>
  tags.filter((tag) => tag.name === name).map(({ text }) => ts.displayPartsToString(text))

/** @param {ts.Symbol | ts.Signature} documented @returns {Documentation} */
const documentationOf = (documented) => {
  const tags = 'flags' in documented ? documented.getJsDocTags(checker) : documented.getJsDocTags()
  return {
    text: ts.displayPartsToString(documented.getDocumentationComment(checker)),
    params: tagTexts(tags, 'param').map((text) => {
      const end = text.search(/\s|$/)
      return { name: text.slice(0, end), text: text.slice(end).trim() }
    }),
    throws: tagTexts(tags, 'throws')
  }
}

/** @param {ts.Symbol} symbol @returns {ts.SignatureDeclaration | undefined} */
export const callableOf = (symbol) => {
  const declaration = declarationOf(symbol)
  if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) return declaration
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined
}

/** @param {ts.Symbol} symbol @returns {Exported['kind']} */
const kindOf = (symbol) => {
  if ((symbol.flags & ts.SymbolFlags.Class) !== 0) return 'class'
  if (callableOf(symbol) !== undefined) return 'function'
  if ((symbol.flags & ts.SymbolFlags.Type) !== 0) return 'type'
  throw new Error(`${symbol.name} is exported, and neither a class nor a function nor a type: there is no page for it`)
}

/** @returns {Exported[]} everything that the package exports, in the order of its index */
export const exported = () => {
  const source = program.getSourceFile(path.join(root, 'sdk/index.ts'))
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error('sdk/index.ts exports nothing')
  return checker.getExportsOfModule(module).map((each) => {
    const symbol = resolved(each)
    return { name: each.name, symbol, kind: kindOf(symbol), doc: documentationOf(symbol) }
  })
}

/** Wrappers that say how a value is passed, not what it is. */
const transparent = ['Readonly', 'Input', 'Inputs', 'Output', 'Promise']

/** @param {ts.TypeNode} node @returns {ts.Symbol | undefined} the type of this repository that a name stands for */
export const namedType = (node) => {
  if (!ts.isTypeReferenceNode(node)) return undefined
  const symbol = checker.getSymbolAtLocation(node.typeName)
  const found = symbol && resolved(symbol)
  return found?.declarations?.some((each) => ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each))
    ? found
    : undefined
}

/** @param {ts.Symbol} symbol @returns {ts.TypeNode | undefined} what a name of a type stands for */
const aliased = (symbol) => {
  const declaration = declarationOf(symbol)
  return ts.isTypeAliasDeclaration(declaration) ? declaration.type : undefined
}

/** @param {ts.Symbol} symbol @returns {string[] | undefined} the words of a type that is one of some words */
export const wordsOf = (symbol) => {
  const node = aliased(symbol)
  const parts = node === undefined ? [] : ts.isUnionTypeNode(node) ? [...node.types] : [node]
  const words = parts.flatMap((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : []
  )
  return words.length > 0 && words.length === parts.length ? words : undefined
}

/** @param {UserType[]} parts @param {(texts: string[]) => string} to @returns {UserType} */
const joined = (parts, to) => ({
  text: to(parts.map(({ text }) => text)),
  named: [...new Set(parts.flatMap(({ named }) => named))]
})

/** @param {string} text @returns {string} */
const bracketed = (text) => (text.includes(' | ') ? `(${text})` : text)

/** @param {ts.TypeNode} node @returns {UserType} a type as a user writes it: without wrappers, words in place of their name */
const userType = (node) => {
  if (ts.isParenthesizedTypeNode(node)) return userType(node.type)
  if (ts.isTypeOperatorNode(node)) return userType(node.type)
  if (ts.isArrayTypeNode(node)) return joined([userType(node.elementType)], ([item = '']) => `${bracketed(item)}[]`)
  if (ts.isUnionTypeNode(node)) return joined(node.types.map(userType), (texts) => texts.join(' | '))
  if (!ts.isTypeReferenceNode(node)) return { text: node.getText(), named: [] }
  const name = ts.isQualifiedName(node.typeName) ? node.typeName.right.text : node.typeName.text
  const [first, ...rest] = node.typeArguments ?? []
  if (first !== undefined && (name === 'ReadonlyArray' || name === 'Array'))
    return joined([userType(first)], ([item = '']) => `${bracketed(item)}[]`)
  if (first !== undefined && transparent.includes(name)) return userType(first)
  if (first !== undefined) {
    return joined([first, ...rest].map(userType), (texts) => `${name}<${texts.join(', ')}>`)
  }
  const symbol = namedType(node)
  if (symbol === undefined) return { text: node.getText(), named: [] }
  const words = wordsOf(symbol)
  const text = words === undefined ? symbol.name : words.map((word) => `'${word}'`).join(' | ')
  return { text, named: [symbol] }
}

/** @param {ts.Symbol} property @returns {WrittenField[]} */
const fieldOf = (property) => {
  const declaration = declarationOf(property)
  if (!ts.isPropertySignature(declaration) && !ts.isPropertyDeclaration(declaration)) return []
  if ((ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0) return []
  if (declaration.type === undefined) throw new Error(`${property.name} has no type`)
  return [
    {
      name: property.name,
      type: userType(declaration.type),
      node: declaration.type,
      required: declaration.questionToken === undefined,
      doc: documentationOf(property).text
    }
  ]
}

/** @param {ts.Symbol} symbol @returns {ts.Symbol} the type behind `Inputs<Args>` and other names of it */
const behind = (symbol) => {
  const node = aliased(symbol)
  const [only] = node === undefined ? [] : userType(node).named
  return only === undefined || wordsOf(only) !== undefined ? symbol : behind(only)
}

/** @param {ts.Symbol} symbol @returns {boolean} whether it is `Partial<Args>`, all of whose fields may be left out */
const isPartial = (symbol) => {
  const node = aliased(symbol)
  return node !== undefined && ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Partial'
}

/**
 * @param {ts.Symbol} symbol an interface, or another name of one
 * @returns {WrittenField[]} its fields and those that it inherits, those of its own last, as they are declared
 */
export const fieldsOf = (symbol) => {
  const target = behind(symbol)
  const fields = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target)).flatMap(fieldOf)
  return isPartial(symbol) ? fields.map((field) => ({ ...field, required: false })) : fields
}

/** A type and its codec may share a name, and then only one of the two docstrings is about the type. @param {ts.Symbol} symbol */
const ownDoc = (symbol) => {
  const type = symbol.declarations?.find((each) => ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each))
  const comment = type && ts.getJSDocCommentsAndTags(type).find(ts.isJSDoc)
  const doc = documentationOf(symbol)
  return comment === undefined ? doc : { ...doc, text: ts.getTextOfJSDocComment(comment.comment) ?? '' }
}

/** @param {ts.Symbol} symbol @returns {Documentation} */
export const docOf = (symbol) => {
  const own = ownDoc(symbol)
  return own.text === '' && behind(symbol) !== symbol ? ownDoc(behind(symbol)) : own
}

/** @param {ts.Symbol} symbol @returns {Documentation} the docstring of the type behind another name of it */
export const docBehind = (symbol) => ownDoc(behind(symbol))

/** @param {ts.ParameterDeclaration} node @returns {Parameter} */
const parameterOf = (node) => {
  if (node.type === undefined) throw new Error(`the parameter ${node.getText()} has no type`)
  return {
    name: ts.isIdentifier(node.name) ? node.name.text : 'opts',
    type: userType(node.type),
    required: node.initializer === undefined && node.questionToken === undefined,
    isInput: /^(pulumi\.)?Inputs?</.test(node.type.getText())
  }
}

/** @param {ts.Symbol} symbol a function @returns {Signature} */
export const signatureOf = (symbol) => {
  const callable = callableOf(symbol)
  if (callable === undefined) throw new Error(`${symbol.name} is no function`)
  return {
    parameters: callable.parameters.map(parameterOf),
    result: callable.type && userType(callable.type)
  }
}

/** @param {ts.Symbol} symbol @returns {string} `Promise` or `Output`, in which a function gives its result; empty: none */
export const wrapperOf = (symbol) => {
  const type = callableOf(symbol)?.type
  if (type === undefined || !ts.isTypeReferenceNode(type)) return ''
  const name = type.typeName.getText()
  return transparent.includes(name.replace('pulumi.', '')) ? name : ''
}

/** @param {ts.Symbol} symbol a class @returns {string} the class that it extends */
export const parentOf = (symbol) => {
  const declaration = declarationOf(symbol)
  const clause = ts.isClassDeclaration(declaration) ? declaration.heritageClauses?.[0] : undefined
  return clause?.types[0]?.expression.getText() ?? ''
}

/** @param {ts.Symbol} symbol a class @returns {{ name: string, symbol: ts.Symbol, doc: Documentation }[]} its public static methods */
export const staticMethodsOf = (symbol) =>
  [...(symbol.exports?.values() ?? [])]
    .filter((each) => (each.flags & ts.SymbolFlags.Method) !== 0)
    .filter(
      (each) =>
        (ts.getCombinedModifierFlags(declarationOf(each)) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) ===
        0
    )
    .map((method) => ({ name: method.name, symbol: method, doc: documentationOf(method) }))

/** @param {ts.Symbol} symbol a class @returns {{ parameters: Parameter[], doc: Documentation }} its constructor */
export const constructorOf = (symbol) => {
  const constructor = symbol.members?.get(ts.InternalSymbolName.Constructor)
  const declaration = constructor?.declarations?.find(ts.isConstructorDeclaration)
  if (constructor === undefined || declaration === undefined) throw new Error(`${symbol.name} has no constructor`)
  return { parameters: declaration.parameters.map(parameterOf), doc: documentationOf(constructor) }
}

/** @param {ts.Symbol} symbol @returns {WrittenField[][]} the fields of each form of a type that is one of some objects; none otherwise */
export const formsOf = (symbol) => {
  const node = aliased(symbol)
  const forms = node !== undefined && ts.isUnionTypeNode(node) ? node.types.filter(ts.isTypeLiteralNode) : []
  return forms.map((form) => form.members.flatMap((member) => (member.name ? fieldOf(meantBy(member.name)) : [])))
}

/**
 * @param {ts.Symbol} symbol a type that is `Omit<Other, 'a' | 'b'>`, or extends that
 * @returns {{ of: string, but: string[] } | undefined} the other type, and which of its fields are left out
 */
export const omissionOf = (symbol) => {
  const declaration = declarationOf(symbol)
  const written = ts.isInterfaceDeclaration(declaration) ? declaration.heritageClauses?.[0]?.types[0] : aliased(symbol)
  if (written === undefined || !(ts.isTypeReferenceNode(written) || ts.isExpressionWithTypeArguments(written)))
    return undefined
  const name = ts.isTypeReferenceNode(written) ? written.typeName : written.expression
  const [of, but] = written.typeArguments ?? []
  if (name.getText() !== 'Omit' || of === undefined || but === undefined) return undefined
  return { of: of.getText(), but: [...but.getText().matchAll(/'(\w+)'/g)].map(([, key = '']) => key) }
}
