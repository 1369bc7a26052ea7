import type * as pulumi from '@pulumi/pulumi'
import type { GetScriptTemplatesArgs, ScriptTemplate } from '../../provider/lookups/ScriptTemplates'
import type { Inputs } from '../Inputs'
import { type LookupOptions, output, promised } from './Lookup'

/**
 * The script templates of the service provider, with the scripts that belong together. Their ids are the values of `onboardingScript` and
 * `cleanupScript`. All pages are read, 100 scripts each, counted from 0.
 *
 * It is read once a run and configuration, however often it is asked for.
 * Pages that repeat or have no end are an error.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Script Templates.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const scripts = live.getScriptTemplates({ scriptType: 'SBC' })
 * export const onboarding = scripts.then((all) => all.filter(({ kind }) => kind === 'SbcOnboarding').map(({ name }) => name))
 */
export const getScriptTemplates = (
  args: GetScriptTemplatesArgs = {},
  opts: LookupOptions = {}
): Promise<ReadonlyArray<ScriptTemplate>> => promised('getScriptTemplates', args, opts)

/**
 * The same as `getScriptTemplates`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const names = live.getScriptTemplatesOutput().apply((scripts) => scripts.map(({ id, name }) => `${id} ${name}`))
 */
export const getScriptTemplatesOutput = (
  args: Inputs<GetScriptTemplatesArgs> = {},
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<ScriptTemplate>> => output('getScriptTemplates', args, opts)
