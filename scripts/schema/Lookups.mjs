// The lookups: their arguments and results, from the table of the calls and the types that it names.

import ts from 'typescript'
import { calls } from '../../dist/provider/lookups/Calls.js'
import { callableOf, declarationOf, exported, meantBy, sourceOf } from '../reference/Declarations.mjs'
import { declared, declaredFields, described } from './Declared.mjs'

/** @typedef {import('../../dist/provider/schema/Functions.js').DeclaredFunction} DeclaredFunction */
/** @typedef {{ args: ts.Expression, program: ts.Expression }} Row a row of the table: `getTask: call(taskArguments, getTask)` */

/** @returns {Map<string, Row>} */
const rows = () => {
  /** @type {Map<string, Row>} */
  const found = new Map()
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isCallExpression(node.initializer) && ts.isIdentifier(node.name)) {
      const [args, program] = node.initializer.arguments
      if (node.initializer.expression.getText() === 'call' && args !== undefined && program !== undefined)
        found.set(node.name.text, { args, program })
    }
    ts.forEachChild(node, visit)
  }
  visit(sourceOf('provider/lookups/Calls.ts'))
  return found
}

/** @param {ts.TypeNode | undefined} node `Arguments<A>` or `Program<A>` @param {string} name @returns {ts.TypeNode} */
const within = (node, name) => {
  const [first] = node !== undefined && ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : []
  if (first === undefined) throw new Error(`${name}: its type is not written where it is declared`)
  return first
}

/** @param {Row} row @param {string} name @returns {import('../../dist/provider/schema/Declared.js').DeclaredField[]} */
const inputs = ({ args }, name) => {
  if (ts.isObjectLiteralExpression(args) && args.properties.length === 0) return []
  const declaration = declarationOf(meantBy(args))
  const type = within(ts.isVariableDeclaration(declaration) ? declaration.type : undefined, name)
  return ts.isTypeReferenceNode(type) ? declaredFields(meantBy(type.typeName)) : []
}

/** @param {Row} row @param {string} name */
const result = ({ program }, name) => declared(within(callableOf(meantBy(program))?.type, name), name)

/** @returns {DeclaredFunction[]} */
export const functions = () => {
  const table = rows()
  const all = exported()
  return Object.entries(calls).map(([name, { args }]) => {
    const row = table.get(name)
    const sdk = all.find((each) => each.name === name)
    if (row === undefined || sdk === undefined) throw new Error(`${name}: is a call, and the sdk has no such function`)
    return {
      name,
      text: described(sdk.doc.text),
      codecs: args,
      inputs: inputs(row, name),
      result: result(row, name)
    }
  })
}
