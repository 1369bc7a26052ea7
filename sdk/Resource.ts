import * as pulumi from '@pulumi/pulumi'
import type { SecretPlaces } from '../provider/SecretMarks'
import { marked } from './secrets'

/** What the class of a resource says of it. */
export interface Description {
  /** Name of the class: `SipConnection`. */
  readonly type: string
  /** The provider of the resource, as it stands in the state. */
  readonly provider: string
  /** Names of the inputs. */
  readonly inputs: ReadonlyArray<string>
  /** Inputs that steer the provider and are no outputs. */
  readonly options: ReadonlyArray<string>
  /** The output that is the id of the resource. */
  readonly idOutput?: string
  /** Computed properties: seeded, so that a preview shows them as known after the run, and `get` has them. */
  readonly computed: ReadonlyArray<string>
  readonly secrets: SecretPlaces
  /** What serves in place of the engine's option `import`. */
  readonly instead: string
}

/** Token of a resource type, which is part of the state format. */
export const tokenOf = (type: string): string => `pulumi-nodejs:dynamic/audiocodes-live:${type}`

/**
 * What the classes of all resources have in common: secrets are marked whatever the program does, two things of one name are never made side by side,
 * and the option `import` is refused with what serves in its place.
 */
export class LiveResource extends pulumi.CustomResource {
  /**
   * @param description what the resource is
   * @param name name of the resource in the program
   * @param args what is declared
   * @param opts options of the engine
   */
  constructor(
    { type, provider, inputs, options, idOutput, computed, secrets, instead }: Description,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions
  ) {
    if (opts.import !== undefined) {
      throw new pulumi.RunError(
        `${type} "${name}": the option "import" does not work for dynamic resources. ${instead}, or use "pulumi import --file" with a file that holds inputs and outputs.`
      )
    }
    super(
      tokenOf(type),
      name,
      {
        ...Object.fromEntries(
          [...computed, ...inputs].filter((key) => !options.includes(key)).map((key) => [key, undefined])
        ),
        ...marked(args as Readonly<Record<string, unknown>>, secrets),
        __provider: provider
      },
      pulumi.mergeOptions({ deleteBeforeReplace: true, additionalSecretOutputs: [...secrets.keys] }, opts)
    )
    // In the preview of an update every computed output is unknown, and what refers to one would be shown as replaced; the id stays known.
    if (idOutput !== undefined) Object.assign(this, { [idOutput]: this.id })
  }
}
