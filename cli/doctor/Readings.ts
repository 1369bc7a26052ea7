import * as E from 'fp-ts/Either'
import { type Finding, finding } from './Finding'
import type { Target } from './Lookups'
import { type Paging, pagingOf } from './Paging'
import {
  at,
  cacNameIn,
  caseOf,
  fieldsOf,
  formOf,
  listIn,
  mainLineIn,
  passwordIn,
  tasksIn,
  variableNamesIn
} from './Shapes'
import type { World } from './World'

/** Which reading of the documentation the platform shows, as far as reading tells. */

const of =
  (point: string) =>
  (found: string | undefined, unless: string): Finding =>
    found === undefined
      ? finding('readings', point)('skipped', `not decided: ${unless}`)
      : finding('readings', point)('ok', found)

const noConnection = 'there is no connection to look at'

/** What a connection tells, in Get and in the list of its service. Pure. */
export const connectionReadings = (site: unknown, entry: unknown): ReadonlyArray<Finding> => {
  const states = [
    ['Get', formOf(at(site, 'sbcDeploymentState'))],
    ['the service details', formOf(at(entry, 'sbcDeploymentState'))]
  ].flatMap(([where, form]) => (form === undefined ? [] : [`${form} in ${where}`]))
  const types = [
    ['Get', formOf(at(site, 'sbcInfo', 'sbcConfigurationType'))],
    ['the service details', formOf(at(entry, 'sbcConfigurationType'))]
  ].flatMap(([where, form]) => (form === undefined ? [] : [`${form} in ${where}`]))
  const cacName = cacNameIn(site)
  const mainLine = mainLineIn(site)
  const tasks = tasksIn(site)
  const shown = site === undefined ? undefined : passwordIn(site)
  return [
    of('deployment states')(states.length === 0 ? undefined : states.join(', '), noConnection),
    of('configuration type')(types.length === 0 ? undefined : types.join(', '), noConnection),
    of('name of the CAC profile')(cacName === undefined ? undefined : `${cacName} in Get`, noConnection),
    of('main line')(
      mainLine === undefined ? undefined : `in ${mainLine}`,
      site === undefined ? noConnection : 'the connection has none'
    ),
    of('carrier password')(
      shown === undefined
        ? undefined
        : shown === 'not at all'
          ? 'Get does not show it, or the connection has none'
          : `Get shows it ${shown}`,
      noConnection
    ),
    of('script variables')(variableNamesIn(site), site === undefined ? noConnection : 'the connection has none'),
    of('pending tasks')(
      tasks === undefined ? undefined : `a list of ${tasks}`,
      site === undefined ? noConnection : 'none is pending'
    )
  ]
}

/** What the list of script templates tells. Pure. */
export const scriptReadings = (scripts: ReadonlyArray<unknown>): ReadonlyArray<Finding> => {
  const with_ = (name: string): number =>
    scripts.filter((script) => {
      const value = at(script, name)
      return Array.isArray(value) ? value.length > 0 : Object.keys(fieldsOf(value)).length > 0
    }).length
  const told = (name: string): string | undefined =>
    scripts.length === 0
      ? undefined
      : `${with_(name) === 0 ? 'not told' : `told for ${with_(name)} of ${scripts.length}`}`
  return [
    of('relatedScripts')(told('relatedScripts'), 'there is no script'),
    of('variables of scripts')(told('customerVariables'), 'there is no script')
  ]
}

const pagingFinding = (list: string, { counting, isSpaced, isEnvelope }: Paging): Finding => {
  const found = finding('readings', `pages of ${list}`)
  const form = isEnvelope ? ', in an envelope' : ''
  if (counting === 'not decided')
    return found('skipped', 'not decided: there are too few entries, or they cannot be read')
  if (counting === 'ignored') {
    return found('warning', `page number and size are ignored${form}`, {
      next: 'nothing, when everything comes at once; else lists end with an error, since they cannot be had as a whole'
    })
  }
  return isSpaced
    ? found('warning', `counted ${counting}, with the parameters "Page Number" and "Page Size"${form}`, {
        next: 'report this to the maintainers of pulumi-audiocodes-live: it sends PageNumber and PageSize'
      })
    : found('ok', `counted ${counting}${form}`)
}

const value = (answer: E.Either<unknown, unknown>): unknown => (E.isRight(answer) ? answer.right : undefined)

/** How names are written in the answers. */
const cases = (answers: ReadonlyArray<readonly [string, unknown]>): Finding => {
  const told = answers.flatMap(([where, answer]) => {
    const written = caseOf(answer)
    return written === undefined ? [] : [`${written} in ${where}`]
  })
  return of('names of fields')(told.length === 0 ? undefined : told.join(', '), 'nothing can be read')
}

const versions = (v3: E.Either<unknown, unknown>, v2: E.Either<unknown, unknown>): Finding => {
  const there = [...(E.isRight(v3) ? ['V3'] : []), ...(E.isRight(v2) ? ['V2'] : [])]
  return of('lists of services')(there.length === 0 ? undefined : there.join(' and '), 'neither V3 nor V2 answers')
}

const script = { scriptType: 'Any', allDetails: 'true' }

/** Looks at the answers of the platform as they are, and asks its lists for two pages each. */
export const checkReadings = async (
  world: World,
  { customerGuid, siteGuid, msTenantId }: Target,
  withLeads: boolean
): Promise<ReadonlyArray<Finding>> => {
  const { raw } = world
  const v3 = await raw('/api/v3/customer')
  const v2 = await raw('/api/v2/customer')
  const details =
    customerGuid === undefined
      ? undefined
      : value(await raw(`/api/v3/customer/${customerGuid}`, { allDetails: 'true' }))
  const site = siteGuid === undefined ? undefined : value(await raw(`/api/v2/sitelocation/${siteGuid}`))
  const connections = at(details, 'SiteLocation')
  const entry = listIn(connections).find((each) => String(at(each, 'id')).toLowerCase() === siteGuid)
  const scripts = listIn(value(await raw('/api/v2/scripttemplates', { ...script, PageSize: '100' })))
  const gateways = `/api/v3/customer/${customerGuid ?? ''}/onlinepstngateway`
  return [
    versions(v3, v2),
    cases([
      ['V3', listIn(value(v3))[0]],
      ['V2', listIn(value(v2))[0]],
      ['Get SIP Connections', site]
    ]),
    of('connections in the V3 details')(
      details === undefined ? undefined : connections === undefined ? 'not told: V2 is asked for them' : 'told',
      'the V3 details cannot be read'
    ),
    ...connectionReadings(site, entry),
    ...scriptReadings(scripts),
    pagingFinding('script templates', await pagingOf(world, '/api/v2/scripttemplates', script)),
    ...(customerGuid === undefined ? [] : [pagingFinding('gateways', await pagingOf(world, gateways))]),
    ...(msTenantId === undefined
      ? []
      : [pagingFinding('numbers', await pagingOf(world, '/api/v3/oc/numbers', { msTenantId }))]),
    ...(withLeads ? [pagingFinding('leads', await pagingOf(world, '/api/v2/oc/lead'))] : []),
    finding('readings', 'siteIdPlacement, modifyBody, clearWith')('skipped', 'not decided by reading', {
      details: [
        'Only a change tells where Modify takes the site id, which body it takes, and what clears a text:',
        'audiocodes-live doctor --lab <siteGuid> --yes finds out on a connection that may be broken.'
      ]
    })
  ]
}
