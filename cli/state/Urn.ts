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

/** Whether a type is that of a SIP connection, in the dynamic host or in a plugin. */
export const isConnection = (type: string): boolean =>
  type === 'pulumi-nodejs:dynamic/audiocodes-live:SipConnection' || type === 'audiocodes-live:index:SipConnection'

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
