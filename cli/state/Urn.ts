import { type Kind, kinds, resources } from '../report/Kinds'

/** What the name of a resource (`urn:pulumi:<stack>::<project>::<types>::<name>`) says. */
export interface Urn {
  readonly stack: string
  readonly project: string
  /** Without those of its parents. */
  readonly type: string
  readonly name: string
}

/** The parts of a URN; only the name may hold `::` itself. */
export const parseUrn = (urn: string): Urn => {
  const [head = '', project = '', types = '', ...name] = urn.split('::')
  return {
    stack: head.replace(/^urn:pulumi:/, ''),
    project,
    type: types.slice(types.lastIndexOf('$') + 1),
    name: name.join('::')
  }
}

/** What stands before the class in a type: in the dynamic host, and in a plugin. */
const packages = ['pulumi-nodejs:dynamic/audiocodes-live:', 'audiocodes-live:index:']

/** Which of our resources a type is; none for one of another package, and for our components. */
export const kindOf = (type: string): Kind | undefined =>
  kinds.find((kind) => packages.some((front) => type === `${front}${resources[kind].type}`))

/** Whether a type is the engine's own: the stack, or a provider instance. */
export const isEnginesOwn = (type: string): boolean =>
  type === 'pulumi:pulumi:Stack' || type.startsWith('pulumi:providers:')

/** The URN in a reference to a provider (`<urn>::<id>`). */
export const providerUrn = (reference: string): string => reference.slice(0, reference.lastIndexOf('::'))

/** Name of the explicit provider instance that a reference names; none for a default one (`default`, `default_1_2_3`). */
export const instanceOf = (reference: string | undefined): string | undefined => {
  const { name } = parseUrn(providerUrn(reference ?? ''))
  return name === '' || /^default(_\d+)*$/.test(name) ? undefined : name
}
