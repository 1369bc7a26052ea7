import * as t from 'io-ts'
import { Integer, Text, caseBlind, optional } from '../Decode'
import type { Program } from '../Env'
import { isObject } from '../Json'
import { type Arguments, oneOf } from './Arguments'
import { listed } from './Lists'

/** What a script is for, as far as its number tells. The vendor gives no list of the numbers; they were seen on samples. */
export type ScriptKind = 'SbcOnboarding' | 'SbcCleanup' | 'M365Onboarding' | 'M365Cleanup' | 'Numbers' | 'Other'

/** All kinds of scripts. */
export const scriptKinds = [
  'SbcOnboarding',
  'SbcCleanup',
  'M365Onboarding',
  'M365Cleanup',
  'Numbers',
  'Other'
] as const satisfies ReadonlyArray<ScriptKind>

/** A script that a script belongs together with. */
export interface RelatedScript {
  /** Id of that script. */
  readonly id: number
  /** Name of that script. */
  readonly name: string | undefined
}

/** A script template. */
export interface ScriptTemplate {
  /** Id of the script: the value of `onboardingScript` or `cleanupScript`. */
  readonly id: number
  /** Name of the script. */
  readonly name: string
  /** What it is for. */
  readonly kind: ScriptKind
  /** Its type as the platform writes it: 0 numbers, 1 SBC onboarding, 3 and 4 M365 onboarding and cleanup; 2 is taken for SBC cleanup. */
  readonly scriptType: string | undefined
  /** What the vendor or the service provider says of it. */
  readonly description: string | undefined
  /** Names of its variables, where the platform tells them: the position, from 1, gives the N of `CustomVar.Variable<N>`. */
  readonly customerVariables: ReadonlyArray<string> | undefined
  /** The scripts that undo it, or that it undoes. */
  readonly relatedScripts: ReadonlyArray<RelatedScript>
}

/** Arguments of `getScriptTemplates`. */
export interface GetScriptTemplatesArgs {
  /** Where the scripts run. Default: `Any`. */
  readonly scriptType?: 'Any' | 'SBC' | 'M365'
}

/** What is right for `getScriptTemplates`. */
export const scriptTemplatesArguments: Arguments<GetScriptTemplatesArgs> = {
  scriptType: optional(oneOf('Any', 'SBC', 'M365'))
}

const kinds: Readonly<Partial<Record<string, ScriptKind>>> = {
  '0': 'Numbers',
  '1': 'SbcOnboarding',
  '2': 'SbcCleanup',
  '3': 'M365Onboarding',
  '4': 'M365Cleanup'
}

/** null in the vendor's sample. Texts and the names of an object are names; of another shape nothing is known. */
const VariableNames = new t.Type<ReadonlyArray<string> | undefined, unknown, unknown>(
  'names of variables',
  (u): u is ReadonlyArray<string> | undefined => u === undefined || t.array(t.string).is(u),
  (u) => t.success(t.array(t.string).is(u) ? u : isObject(u) ? Object.keys(u) : undefined),
  t.identity
)

const Related: t.Type<RelatedScript, unknown, unknown> = caseBlind(
  { id: Integer, name: optional(t.string) },
  'RelatedScript',
  { id: ['key'], name: ['value'] }
)

const Wire = caseBlind(
  {
    id: Integer,
    name: t.string,
    scriptType: optional(Text),
    description: optional(t.string),
    customerVariables: VariableNames,
    relatedScripts: optional(t.array(Related))
  },
  'ScriptTemplate'
)

const Template = new t.Type<ScriptTemplate, unknown, unknown>(
  Wire.name,
  (u): u is ScriptTemplate => Wire.is(u),
  (u, context) => {
    const wire = Wire.validate(u, context)
    if (wire._tag === 'Left') return wire
    const { id, name, scriptType, relatedScripts = [], ...rest } = wire.right
    return t.success({ id, name, kind: kinds[scriptType ?? ''] ?? 'Other', scriptType, ...rest, relatedScripts })
  },
  t.identity
)

/** Get Script Templates. */
export const getScriptTemplates = ({ scriptType = 'Any' }: GetScriptTemplatesArgs = {}): Program<
  ReadonlyArray<ScriptTemplate>
> =>
  listed({
    path: '/api/v2/scripttemplates',
    query: { scriptType, allDetails: 'true' },
    entry: Template,
    paging: { first: 0, size: 100, usual: [10] }
  })
