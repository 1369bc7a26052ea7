/**
 * Where the hosts differ by design. Everything else must be equal; and each of these must show somewhere in the suite, so that none stands here
 * that is no more.
 */

export interface Difference {
  readonly dynamic: string
  readonly plugin: string
  readonly why: string
}

export const differences = {
  detail: {
    dynamic: 'a diff tells whether anything changes, and what replaces',
    plugin: 'a diff names the path of every changed property',
    why: 'the server for dynamic providers does not pass a detailed diff on'
  },
  changes: {
    dynamic: 'a change is answered as "unknown", and the engine compares the inputs',
    plugin: 'a change is answered as a change',
    why: 'only "unknown" lets `replaceOnChanges` of the program work where no property is named'
  },
  previewed: {
    dynamic: 'a preview shows the inputs',
    plugin: 'a preview shows the outputs too, as far as they are known',
    why: 'the server for dynamic providers has no preview of create and update'
  },
  providerText: {
    dynamic: '`__provider` in inputs and outputs',
    plugin: 'none, unless the resource was moved over',
    why: 'it is what the server for dynamic providers loads'
  },
  managedKeys: {
    dynamic: 'a look (`get`) by the id alone names no managed inputs',
    plugin: 'a look by the id alone is answered as an import, which names them',
    why: 'the engine asks for both in the same words; an import by the engine is possible in the plugin alone'
  },
  code: {
    dynamic: 'a defect of this package is answered with the gRPC status UNKNOWN, as every error is',
    plugin: 'a defect of this package is answered with INTERNAL',
    why: 'the server for dynamic providers has one status for all errors'
  },
  configuration: {
    dynamic: 'a wrong configuration fails the first resource',
    plugin: 'a wrong configuration fails the provider, before any resource',
    why: 'the server for dynamic providers has no check of the configuration'
  }
} as const satisfies Readonly<Record<string, Difference>>

export type Own = keyof typeof differences
