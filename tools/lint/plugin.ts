// SPDX-License-Identifier: Apache-2.0
/** oxlint plugin: the house rules of `house.ts`, applied to every file. */
import { dirname, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importFault, ownerFault, packageFault } from './house.ts'

type Node = { type: string; [key: string]: any }
type Context = { filename: string; report(finding: { node: Node; message: string }): void }

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const seeds = 'test/architecture/seeds/'

/** The file's place in the house; seeded violations stand for the path below their folder. */
const placeOf = (context: Context): string => {
  const path = relative(root, context.filename).replaceAll('\\', '/')
  return path.startsWith(seeds) ? path.slice(seeds.length) : path
}

const layers = {
  create(context: Context) {
    const from = placeOf(context)
    const check = (node: Node): void => {
      const name = node['source']?.value
      if (typeof name !== 'string') return
      const fault = name.startsWith('.')
        ? importFault(from, posix.normalize(posix.join(posix.dirname(from), name)))
        : packageFault(from, name)
      if (fault !== undefined) context.report({ node, message: fault })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

const powers = {
  create(context: Context) {
    const from = placeOf(context)
    const check = (node: Node, name: string): void => {
      const fault = ownerFault(from, name)
      if (fault !== undefined) context.report({ node, message: fault })
    }
    return {
      MemberExpression(node: Node) {
        if (node['object'].type !== 'Identifier' || node['property'].type !== 'Identifier') return
        if (node['object'].name === 'console') check(node, 'console')
        else check(node, `${node['object'].name}.${node['property'].name}`)
      },
      NewExpression(node: Node) {
        const { callee } = node
        if (callee?.type !== 'Identifier') return
        // `new Date(ms)` formats a given time; only reading the clock has an owner.
        if (callee.name === 'Date' && node['arguments'].length === 0) check(node, 'new Date')
        else if (callee.name !== 'Date') check(node, callee.name)
      },
      CallExpression(node: Node) {
        if (node['callee']?.type === 'Identifier') check(node, node['callee'].name)
      },
    }
  },
}

/** No `as` but `as const`: a type that is asserted is a type that nobody checked. `shared/rpc` may, with a reason. */
const noAssertion = {
  create(context: Context) {
    const from = placeOf(context)
    const exempt = /^(test|tools)\/|\.config\.ts$|^shared\/rpc\//.test(from)
    return {
      TSAsExpression(node: Node) {
        const type = node['typeAnnotation']
        const isConst = type?.type === 'TSTypeReference' && type.typeName?.name === 'const'
        if (!exempt && !isConst) context.report({ node, message: 'no type assertion: parse it or narrow it' })
      },
      TSTypeAssertion(node: Node) {
        context.report({ node, message: 'no type assertion: parse it or narrow it' })
      },
    }
  },
}

/** node-forge decodes DER and answers no yes/no question: every verdict comes from node:crypto. */
const forgeDecodesOnly = {
  create(context: Context) {
    return {
      MemberExpression(node: Node) {
        const { object, property } = node
        if (object.type !== 'Identifier' || object.name !== 'forge' || property.type !== 'Identifier') return
        if (!['asn1', 'util'].includes(property.name)) {
          context.report({ node, message: `forge.${property.name}: node-forge only decodes DER here` })
        }
      },
    }
  },
}

/** The rules by the name they have in .oxlintrc.json. */
export default {
  meta: { name: 'house' },
  rules: { layers, powers, 'no-assertion': noAssertion, 'forge-decodes-only': forgeDecodesOnly },
}
