import * as pulumi from '@pulumi/pulumi'
import { type PreflightMode, settingSpecs } from '../provider/Settings'
import type { Declaration } from '../provider/preflight/Declaration'
import type * as Host from '../provider/preflight/program'
import type { SipConnectionArgs } from '../provider/sip-connection/Args'
import { type Settling, originAt, run, sourcesFrom } from './lookups/Lookup'
import { type Board, boardOf } from './preflightBoard'
import { settled, whileAnswering } from './preflightRuntime'

/**
 * The preflight: a preview holds what a connection declares against the platform. It runs in the process of the program, so that the provider's
 * check needs no request, and only for what the run would create or change.
 */

/** Loaded by the first connection that a preview would create or change; it would delay every other run. */
const host = (): typeof Host => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../provider/preflight/program') as typeof Host
}

/** The inputs that are looked at. */
export const keys = [
  'customerGuid',
  'siteName',
  'sbcId',
  'configureSbc',
  'enableCac',
  'cacProfile',
  'sbcScripts',
  'm365Scripts',
  'onlinePstnGateway',
  'adopt'
] as const satisfies ReadonlyArray<keyof SipConnectionArgs>

type Given = Readonly<Record<string, unknown>>

export const isBag = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !pulumi.Output.isInstance(value) && !(value instanceof Promise)

export const isKnownText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

/** A value as the engine gave it back, in which what is not known yet stands as the text that the provider takes for that. */
export const orUnknown = (value: unknown): unknown => (pulumi.isUnknown(value) ? pulumi.runtime.unknownValue : value)

/** The ids alone; what else there is may be secret. */
export const scriptIds = (value: unknown): unknown =>
  pulumi.isUnknown(value) || !isBag(value)
    ? orUnknown(value)
    : {
        onboardingScript: orUnknown(value['onboardingScript']),
        cleanupScript: orUnknown(value['cleanupScript'])
      }

const isSecret = async (value: unknown): Promise<boolean> =>
  pulumi.Output.isInstance(value) ? pulumi.isSecret(value) : false

/**
 * Values that are secret, as texts. Scripts are secret as a whole when one of their variables is; what the program itself says of the ids
 * counts.
 */
const secretsOf = async (resource: Given, args: Given, had: Given): Promise<ReadonlyArray<string>> => {
  const texts = await Promise.all(
    keys.map(async (key): Promise<ReadonlyArray<unknown>> => {
      const [value, given] = [had[key], args[key]]
      if (!isBag(value)) return (await isSecret(resource[key])) ? [value] : []
      const parts = Object.entries(value).map(async ([name, part]) =>
        (await isSecret(isBag(given) ? given[name] : given)) ? [part] : []
      )
      return (await Promise.all(parts)).flat()
    })
  )
  return texts
    .flat()
    .flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
}

interface Registered {
  readonly declaration: Declaration
  readonly secrets: ReadonlyArray<string>
  /** Whether the run leaves it as it is. */
  readonly isUnchanged: boolean
}

/** The value of an output, in which others may not be known: a callback of `apply` would not be called for such a one. */
export const valueOf = async (output: unknown): Promise<unknown> =>
  pulumi.Output.isInstance(output) ? (output as unknown as Settling<unknown>).promise(true) : undefined

/**
 * What the engine made of the resource. In a preview it gives all outputs of a resource that stays as it is, the id and the inputs of one that is
 * updated, and the inputs alone of one that is created. It never answers for one whose inputs are wrong.
 */
const registered = async (resource: pulumi.CustomResource, args: Given, mayReplace: boolean): Promise<Registered> => {
  const outputs = resource as unknown as Given
  const [id, platform, ...values] = await Promise.all(
    [resource.id, outputs['platform'], ...keys.map((key) => outputs[key])].map(valueOf)
  )
  const had: Given = Object.fromEntries(
    keys.map((key, at) => [
      key,
      key === 'sbcScripts' || key === 'm365Scripts' ? scriptIds(values[at]) : orUnknown(values[at])
    ])
  )
  return {
    declaration: {
      ...(isKnownText(id) ? { siteGuid: id } : {}),
      // The provider's check has decoded them, and unknown ones stand as the texts that it takes for unknown.
      args: Object.fromEntries(Object.entries(had).filter(([, value]) => isGiven(value))),
      mayReplace
    },
    secrets: await secretsOf(outputs, args, had),
    isUnchanged: isKnownText(platform)
  }
}

const modeOf = ({ stack, environment }: Host.Asked['sources']): PreflightMode => {
  const given = [stack['preflight'], environment[settingSpecs.preflight.env], settingSpecs.preflight.fallback]
  const mode = given.map((text) => text?.trim() ?? '').find((text) => text !== '')
  // Another word is told by the provider's check.
  return mode === 'off' || mode === 'fail' ? mode : 'warn'
}

/** Where the configuration of a resource comes from, as texts; `undefined`: it is not known before the run, or the provider is of another kind. */
export const sourcesOf = async (
  resource: pulumi.Resource,
  type: string
): Promise<Host.Asked['sources'] | undefined> => {
  // As the engine's SDK finds it: the option, or what a parent hands down.
  const origin = originAt(resource.getProvider(type))
  if (origin === undefined) return undefined
  const values = origin.values === undefined ? {} : await valueOf(origin.values)
  return pulumi.containsUnknowns(values) ? undefined : sourcesFrom(origin, values as Readonly<Record<string, string>>)
}

/** Whether a preview registers the resource; one that the program only reads is none of them. */
export const isPreview = (opts: pulumi.CustomResourceOptions): boolean =>
  pulumi.runtime.isDryRun() && opts.id === undefined && opts.urn === undefined

/** Whether a preview may have something to say of the resource, as far as that is known at once. */
const isLookedAt = (resource: pulumi.CustomResource, type: string, opts: pulumi.CustomResourceOptions): boolean => {
  const origin = isPreview(opts) ? originAt(resource.getProvider(type)) : undefined
  return origin !== undefined && (origin.values !== undefined || modeOf(sourcesFrom(origin, {})) !== 'off')
}

/** Whether the run may replace a resource that changes in nothing else. */
export const mayReplace = (opts: pulumi.CustomResourceOptions): boolean =>
  (opts.replaceOnChanges?.length ?? 0) > 0 || isGiven(opts.replacementTrigger) || (opts.replaceWith?.length ?? 0) > 0

export const warn = (text: string): void => {
  void pulumi.log.warn(text)
}

/** A resource that the program registers. */
export interface Registering {
  readonly resource: pulumi.CustomResource
  /** Its type token. */
  readonly type: string
  readonly opts: pulumi.CustomResourceOptions
}

/** What is at hand where a resource is looked at. */
interface Look {
  readonly sources: Host.Asked['sources']
  readonly mode: PreflightMode
  readonly ofRun: ReturnType<typeof run>
  readonly board: Board
}

/**
 * Looks at a resource that a preview registers, as soon as the engine has answered. It throws nothing, and waits for no answer that does not come.
 *
 * @param registered the resource as the engine gave it back
 * @param isOfInterest whether there may be something to say of it
 * @param beside hears of the beginning and the end, as the board does
 */
export const lookAt = <A>(
  { resource, type, opts }: Registering,
  registered: () => Promise<A>,
  isOfInterest: (found: A) => boolean,
  look: (found: A, at: Look) => Promise<void> | void,
  beside?: { readonly begin: (resource: pulumi.Resource) => void; readonly end: () => void }
): void => {
  if (!isLookedAt(resource, type, opts)) return
  const ofRun = run()
  const board = boardOf(ofRun)
  board.begin()
  beside?.begin(resource)
  whileAnswering(async (answered) => {
    try {
      const found = await settled(registered(), answered)
      if (found === undefined || !isOfInterest(found)) return
      const sources = await sourcesOf(resource, type)
      if (sources === undefined) return
      const mode = modeOf(sources)
      if (mode !== 'off') await look(found, { sources, mode, ofRun, board })
    } finally {
      beside?.end()
      board.end()
    }
  })
}

/**
 * Looks at a connection that a preview registers, and says what does not fit. It throws nothing, and the program waits for it no longer than
 * for two exchanges with the platform.
 */
export const preflight = (
  resource: pulumi.CustomResource,
  type: string,
  name: string,
  args: object,
  opts: pulumi.CustomResourceOptions
): void => {
  lookAt(
    { resource, type, opts },
    () => registered(resource, args as Given, mayReplace(opts)),
    ({ isUnchanged }) => !isUnchanged,
    async ({ declaration, secrets }, { sources, mode, ofRun, board }) => {
      board.note(resource, name, mode, await host().inspect({ declaration, secrets, sources, run: ofRun, warn }))
    }
  )
}
