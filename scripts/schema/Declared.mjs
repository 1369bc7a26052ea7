// The types of the sources for the schema: what is named in them, with its docstring.

import ts from 'typescript'
import { docOf, fieldsOf, namedType, wordsOf } from '../reference/Declarations.mjs'
import { capital, flat, paragraphs } from '../reference/Docstring.mjs'

/** @typedef {import('../../dist/provider/schema/Declared.js').Declared} Declared */
/** @typedef {import('../../dist/provider/schema/Declared.js').DeclaredField} DeclaredField */

/** Wrappers that say how a value is passed, not what it is. */
const wrappers = ['Readonly', 'Input', 'Inputs', 'Output', 'Promise', 'Program']

/** @param {string} text @returns {string} the text for readers who do not know TypeScript */
const forAllLanguages = (text) =>
  text
    .replace(/`undefined`/g, 'absent')
    .replace(/ is undefined\b/g, ' is absent')
    .replace(/\bThrows when\b/g, 'Fails when')

/** @param {string} text a docstring, without its tags @returns {string} its paragraphs, each on a line */
export const described = (text) => paragraphs(text).map(flat).map(forAllLanguages).join('\n\n')

/** @param {ts.TypeNode} node */
const isUndefined = (node) => node.kind === ts.SyntaxKind.UndefinedKeyword

/** @param {ts.TypeNode} node @returns {ts.TypeNode} what is wrapped */
const unwrapped = (node) => {
  if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return unwrapped(node.type)
  const [first] = ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : []
  return first !== undefined && wrappers.includes(nameOf(node)) ? unwrapped(first) : node
}

/** @param {ts.TypeNode} node @returns {string} `Output` of `pulumi.Output<…>` */
const nameOf = (node) =>
  !ts.isTypeReferenceNode(node) ? '' : ts.isQualifiedName(node.typeName) ? node.typeName.right.text : node.typeName.text

/** @param {ts.TypeNode} node @returns {boolean} whether it may be left out */
const mayBeMissing = (node) => {
  const inner = unwrapped(node)
  return ts.isUnionTypeNode(inner) && inner.types.some(isUndefined)
}

/** @param {readonly ts.TypeNode[]} nodes @returns {string[] | undefined} the words, when all are words */
const words = (nodes) => {
  const found = nodes.flatMap((node) =>
    ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? [node.literal.text] : []
  )
  return found.length === nodes.length ? found : undefined
}

/** @type {ReadonlyMap<ts.SyntaxKind, 'Text' | 'Number' | 'Flag' | 'Any'>} */
const plainTypes = new Map([
  [ts.SyntaxKind.StringKeyword, 'Text'],
  [ts.SyntaxKind.NumberKeyword, 'Number'],
  [ts.SyntaxKind.BooleanKeyword, 'Flag'],
  [ts.SyntaxKind.UnknownKeyword, 'Any']
])

/** @param {ts.TypeNode} node @param {string} nameless its name, if it is a choice without one @returns {Declared} */
export const declared = (node, nameless) => {
  const inner = unwrapped(node)
  const plain = plainTypes.get(inner.kind)
  if (plain !== undefined) return { _tag: plain }
  if (ts.isArrayTypeNode(inner)) return { _tag: 'List', item: declared(inner.elementType, nameless) }
  if (ts.isUnionTypeNode(inner))
    return union(
      inner.types.filter((each) => !isUndefined(each)),
      nameless
    )
  if (ts.isLiteralTypeNode(inner)) return union([inner], nameless)
  if (ts.isTypeReferenceNode(inner)) return reference(inner, nameless)
  throw new Error(`${nameless}: no schema has the type ${node.getText()}`)
}

/** @param {ts.TypeNode[]} nodes @param {string} nameless @returns {Declared} */
const union = (nodes, nameless) => {
  const choices = words(nodes)
  if (choices !== undefined) return { _tag: 'Choice', name: nameless, text: '', choices }
  const [first, ...others] = nodes
  if (first !== undefined && others.length === 0) return declared(first, nameless)
  return { _tag: 'OneOf', types: nodes.map((each) => declared(each, nameless)) }
}

/** @param {ts.TypeReferenceNode} node @param {string} nameless @returns {Declared} */
const reference = (node, nameless) => {
  const name = nameOf(node)
  const [first, second] = node.typeArguments ?? []
  if (first !== undefined && (name === 'ReadonlyArray' || name === 'Array'))
    return { _tag: 'List', item: declared(first, nameless) }
  if (second !== undefined && name === 'Record') return { _tag: 'Map', value: declared(second, nameless) }
  const symbol = namedType(node)
  if (symbol === undefined) throw new Error(`${nameless}: no schema has the type ${node.getText()}`)
  const text = described(docOf(symbol).text)
  const choices = wordsOf(symbol)
  if (choices !== undefined) return { _tag: 'Choice', name: symbol.name, text, choices }
  return { _tag: 'Fields', name: symbol.name, text, fields: declaredFields(symbol) }
}

/** @param {ts.Symbol} symbol an interface, or a class @returns {DeclaredField[]} */
export const declaredFields = (symbol) =>
  fieldsOf(symbol).map(({ name, node, required, doc }) => ({
    name,
    text: described(doc),
    type: declared(node, symbol.name.replace(/Args$/, '') + capital(name)),
    required: required && !mayBeMissing(node)
  }))
