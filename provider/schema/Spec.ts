/** The package schema of Pulumi, as far as it is used here (pulumi/pulumi `pkg/codegen/schema/pulumi.json`). */

export type TypeSpec =
  | { readonly type: 'string' | 'number' | 'integer' | 'boolean' }
  | { readonly type: 'array'; readonly items: TypeSpec }
  | { readonly type: 'object'; readonly additionalProperties: TypeSpec }
  | { readonly $ref: string }
  | { readonly oneOf: ReadonlyArray<TypeSpec> }

export type PropertySpec = TypeSpec & {
  readonly description?: string
  readonly default?: string | number | boolean
  readonly secret?: true
  readonly willReplaceOnChanges?: true
}

export type Properties = Readonly<Record<string, PropertySpec>>

export interface ObjectSpec {
  readonly properties: Properties
  readonly required: ReadonlyArray<string>
}

/** What `#/types/<token>` refers to. */
export type NamedTypeSpec = { readonly description?: string } & (
  | ({ readonly type: 'object' } & ObjectSpec)
  | { readonly type: 'string'; readonly enum: ReadonlyArray<{ readonly value: string }> }
)

export interface ResourceSpec extends ObjectSpec {
  readonly description: string
  readonly inputProperties: Properties
  readonly requiredInputs: ReadonlyArray<string>
  readonly aliases: ReadonlyArray<{ readonly type: string }>
}

export interface FunctionSpec {
  readonly description: string
  readonly inputs?: ObjectSpec
  readonly outputs: ObjectSpec
}

export interface PackageSpec {
  readonly name: string
  readonly displayName: string
  readonly version: string
  readonly description: string
  readonly keywords: ReadonlyArray<string>
  readonly license: string
  readonly meta: { readonly moduleFormat: string }
  readonly language: Readonly<Record<string, object>>
  readonly config: { readonly variables: Properties }
  readonly types: Readonly<Record<string, NamedTypeSpec>>
  readonly provider: { readonly description: string; readonly inputProperties: Properties }
  readonly resources: Readonly<Record<string, ResourceSpec>>
  readonly functions: Readonly<Record<string, FunctionSpec>>
}
