import { few } from '../Words'
import { nearest, scriptText } from '../lookups/Names'
import type { ScriptKind, ScriptTemplate } from '../lookups/ScriptTemplates'
import { type Declaration, ifKnown } from './Declaration'

/**
 * Whether the scripts are there, run on the right side, and belong together. Pure.
 *
 * The vendor gives no list of the types of scripts: what the number of a type means was seen on samples. So a type is held against a script only
 * where it says the opposite of what is declared.
 */

type Scripts = ReadonlyArray<ScriptTemplate>

interface Side {
  readonly input: 'sbcScripts' | 'm365Scripts'
  readonly name: string
  readonly onboarding: ScriptKind
  readonly cleanup: ScriptKind
}

const sbc: Side = { input: 'sbcScripts', name: 'the SBC', onboarding: 'SbcOnboarding', cleanup: 'SbcCleanup' }
const m365: Side = {
  input: 'm365Scripts',
  name: 'the Microsoft 365 side',
  onboarding: 'M365Onboarding',
  cleanup: 'M365Cleanup'
}

const isOf = ({ kind }: ScriptTemplate, { onboarding, cleanup }: Side): boolean =>
  kind === onboarding || kind === cleanup

interface Chosen {
  readonly field: 'onboardingScript' | 'cleanupScript'
  readonly id: number
  readonly script: ScriptTemplate | undefined
}

const chosen = ({ args }: Declaration, { input }: Side, scripts: Scripts): ReadonlyArray<Chosen> => {
  const declared = ifKnown(args[input])
  return (['onboardingScript', 'cleanupScript'] as const).flatMap((field) => {
    const id = ifKnown(declared?.[field])
    return id === undefined ? [] : [{ field, id, script: scripts.find((each) => each.id === id) }]
  })
}

const kindOf = (field: Chosen['field'], side: Side): ScriptKind =>
  field === 'onboardingScript' ? side.onboarding : side.cleanup

/** The scripts that are meant for a field come first: there may be hundreds. */
const candidates = (id: number, kind: ScriptKind, scripts: Scripts): string => {
  const ofKind = scripts.filter((each) => each.kind === kind)
  const shown = ofKind.length > 0 ? ofKind : scripts
  return few(
    nearest(
      String(id),
      shown.map(({ id: each }) => String(each))
    ).flatMap((each) => shown.filter((script) => String(script.id) === each).map(scriptText))
  )
}

const alone = ({ field, id, script }: Chosen, side: Side, other: Side, scripts: Scripts): ReadonlyArray<string> => {
  const path = `${side.input}.${field}`
  if (script === undefined)
    return [`${path}: there is no script ${id}; there are ${candidates(id, kindOf(field, side), scripts)}`]
  return isOf(script, other)
    ? [
        `${path}: script ${scriptText(script)} runs on ${other.name}, and not on ${side.name}; there are ${candidates(id, kindOf(field, side), scripts)}`
      ]
    : []
}

/** The scripts of that kind that a script names. Others, such as those for numbers, tell nothing of the pair. */
const partners = (script: ScriptTemplate, kind: ScriptKind, scripts: Scripts): Scripts =>
  scripts.filter((each) => each.kind === kind && script.relatedScripts.some(({ id }) => id === each.id))

const names = (script: ScriptTemplate, other: ScriptTemplate): boolean =>
  script.relatedScripts.some(({ id }) => id === other.id)

const together = (onboarding: ScriptTemplate, cleanup: ScriptTemplate, side: Side, scripts: Scripts) => {
  if (onboarding.kind === side.cleanup && cleanup.kind === side.onboarding) {
    return [
      `${side.input}: ${scriptText(onboarding)} and ${scriptText(cleanup)} are the wrong way round; exchange onboardingScript and cleanupScript`
    ]
  }
  // One of them is enough; the platform may leave the list of the other empty.
  if (names(onboarding, cleanup) || names(cleanup, onboarding)) return []
  const told = [
    [onboarding, partners(onboarding, side.cleanup, scripts)],
    [cleanup, partners(cleanup, side.onboarding, scripts)]
  ] as const
  const belongs = told.flatMap(([script, those]) =>
    those.length === 0 ? [] : [`${script.name} belongs with ${few(those.map(scriptText))}`]
  )
  return belongs.length === 0
    ? []
    : [
        `${side.input}: ${scriptText(onboarding)} and ${scriptText(cleanup)} do not belong together: ${belongs.join('; ')}`
      ]
}

const ofSide = (declaration: Declaration, side: Side, other: Side, scripts: Scripts): ReadonlyArray<string> => {
  const both = chosen(declaration, side, scripts)
  const faults = both.flatMap((each) => alone(each, side, other, scripts))
  const script = (field: Chosen['field']): ScriptTemplate | undefined =>
    both.find((each) => each.field === field)?.script
  const [onboarding, cleanup] = [script('onboardingScript'), script('cleanupScript')]
  return faults.length > 0 || onboarding === undefined || cleanup === undefined
    ? faults
    : together(onboarding, cleanup, side, scripts)
}

/** @param scripts all scripts of the service provider; none at all tell nothing */
export const scriptFindings = (declaration: Declaration, scripts: Scripts): ReadonlyArray<string> =>
  scripts.length === 0 ? [] : [...ofSide(declaration, sbc, m365, scripts), ...ofSide(declaration, m365, sbc, scripts)]
