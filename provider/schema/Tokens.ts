import { configNamespace } from '../Settings'

/** Names of things in the package for all languages; they are part of the state format. */

/** Token of a resource, of a function or of a type: `audiocodes-live:index:SipConnection`. */
export const tokenOf = (name: string): string => `${configNamespace}:index:${name}`

/** Type of the same resource in the dynamic host. A stack that was made with it goes on with the package, since this is an alias there. */
export const dynamicTypeOf = (type: string): string => `pulumi-nodejs:dynamic/${configNamespace}:${type}`
