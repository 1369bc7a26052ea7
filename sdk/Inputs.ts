import type * as pulumi from '@pulumi/pulumi'

/** The same shape, in which every value may be an output of another resource, at any depth. */
export type Inputs<T> = T extends string | number | boolean
  ? T
  : T extends ReadonlyArray<infer Item>
    ? ReadonlyArray<pulumi.Input<Inputs<Item>>>
    : { readonly [K in keyof T]: pulumi.Input<Inputs<Exclude<T[K], undefined>>> | Extract<T[K], undefined> }
