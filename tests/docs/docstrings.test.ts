// An editor shows the docstrings: they are the reference manual.

import * as assert from 'node:assert/strict'
import { resources } from '../../provider/resources'
import { argKeys, optionKeys } from '../../provider/sip-connection/Args'
import { type Sources, exportsWithoutDocstring, propertiesOf, sourcesIn } from './support/Sources'

const sources = sourcesIn('provider', 'sdk')

/** All properties, and those without a docstring. */
const documentation = (files: Sources, file: string, name: string) => {
  const properties = propertiesOf(files, file, name)
  return {
    properties: properties.map((property) => property.name),
    withoutDocstring: properties.filter(({ documented }) => !documented).map((property) => property.name)
  }
}

describe('a docstring', () => {
  it('is there for every input of a connection', () => {
    assert.deepEqual(documentation(sources, 'provider/sip-connection/Args.ts', 'SipConnectionArgs'), {
      properties: argKeys,
      withoutDocstring: []
    })
  })

  it('is there for the fields within the inputs', () => {
    const within = ['DialPlanPrefix', 'SbcScripts', 'M365Scripts'].map((name) =>
      documentation(sources, 'provider/sip-connection/Args.ts', name)
    )
    assert.deepEqual(within, [
      { properties: ['dialPlanName', 'index', 'active'], withoutDocstring: [] },
      { properties: ['onboardingScript', 'cleanupScript', 'customerVariables'], withoutDocstring: [] },
      { properties: ['configureM365Routing', 'onboardingScript', 'cleanupScript'], withoutDocstring: [] }
    ])
  })

  it('is there for every output of a connection', () => {
    const computed = propertiesOf(sources, 'provider/sip-connection/State.ts', 'SipConnectionComputed')
    assert.deepEqual(documentation(sources, 'sdk/SipConnection.ts', 'SipConnection'), {
      properties: [...argKeys.filter((key) => !optionKeys.includes(key)), ...computed.map(({ name }) => name)],
      withoutDocstring: []
    })
  })

  it('is there for every input of the other resources, in whichever interface it is declared', () => {
    const services = 'provider/services/Args.ts ServiceArgs'
    const declared: Readonly<Record<string, ReadonlyArray<string>>> = {
      SipConnectionFleet: ['provider/fleet/Args.ts SipConnectionFleetArgs'],
      DialPlan: ['provider/dial-plan/Args.ts DialPlanArgs'],
      NumbersGuard: ['provider/numbers-guard/Args.ts NumbersGuardArgs'],
      HostedEssentialsService: [services, 'provider/hosted-essentials-service/Args.ts HostedEssentialsServiceArgs'],
      OperatorConnectService: [services, 'provider/operator-connect-service/Args.ts OperatorConnectServiceArgs']
    }
    const told = Object.values(resources)
      .filter(({ type }) => type !== 'SipConnection')
      .map(({ type }) => {
        const parts = (declared[type] ?? []).map((place) => {
          const [file = '', name = ''] = place.split(' ')
          return documentation(sources, file, name)
        })
        const properties = new Set(parts.flatMap((part) => part.properties))
        return { type, inputs: [...properties].sort(), without: parts.flatMap((part) => part.withoutDocstring) }
      })
    const expected = Object.values(resources)
      .filter(({ type }) => type !== 'SipConnection')
      .map(({ type, inputs }) => ({ type, inputs: Object.keys(inputs.codecs).sort(), without: [] }))
    assert.deepEqual(told, expected)
  })

  it('is there for the fields within the inputs of the other resources', () => {
    const within = [
      documentation(sources, 'provider/fleet/Args.ts', 'Rollout'),
      documentation(sources, 'provider/fleet/Args.ts', 'ChangeWindow'),
      documentation(sources, 'provider/fleet/Args.ts', 'Limits'),
      documentation(sources, 'provider/dial-plan/Args.ts', 'DialPlanRule'),
      documentation(sources, 'provider/services/Args.ts', 'ServiceSiteLocation'),
      documentation(sources, 'provider/operator-connect-service/Args.ts', 'OperatorConnectSiteLocation'),
      documentation(sources, 'sdk/Customer.ts', 'CustomerArgs'),
      documentation(sources, 'sdk/Customer.ts', 'CustomerDialPlan')
    ]
    assert.deepEqual(within, [
      {
        properties: [
          'canary',
          'batchSize',
          'maxParallel',
          'pauseBetweenBatches',
          'soakSeconds',
          'verify',
          'changeWindow',
          'pauseFile',
          'stopAfterFailures'
        ],
        withoutDocstring: []
      },
      { properties: ['start', 'end'], withoutDocstring: [] },
      { properties: ['maxDeletes', 'maxChanges', 'maxChangesPerSbc', 'cacSessionsPerSbc'], withoutDocstring: [] },
      { properties: ['prefix', 'tag', 'name'], withoutDocstring: [] },
      { properties: ['sbcId', 'onboardingScript', 'cleanupScript'], withoutDocstring: [] },
      { properties: ['siteLocationName', 'uploadNumberScript', 'releaseNumberScript'], withoutDocstring: [] },
      { properties: ['service', 'connections', 'dialPlans', 'allow'], withoutDocstring: [] },
      { properties: ['connection'], withoutDocstring: [] }
    ])
  })

  it('is there for every output of the other resources', () => {
    const faults = [...Object.values(resources).map(({ type }) => type), 'Customer'].flatMap((type) =>
      documentation(sources, `sdk/${type}.ts`, type).withoutDocstring.map((name) => `${type}.${name}`)
    )
    // What the state holds for the provider alone is no output.
    const hidden = ['managedKeys', 'schemaVersion', 'pending', 'leftovers', 'canary']
    const lost = Object.values(resources).flatMap(({ type, outputs }) => {
      const { properties } = documentation(sources, `sdk/${type}.ts`, type)
      return Object.keys(outputs)
        .filter((name) => !hidden.includes(name) && !properties.includes(name))
        .map((name) => `${type}.${name}`)
    })
    assert.deepEqual([faults, lost], [[], []])
  })

  it('is there for everything that the package exports', () => {
    assert.deepEqual(exportsWithoutDocstring(sources, 'sdk/index.ts'), [])
  })

  it('is missed where there is none, or nothing in it', () => {
    const planted: Sources = {
      'index.ts': `
        export type { Args } from './Args'
        /** Said. */
        export class Thing {
          /** Said. */
          declare readonly said: string
          declare readonly unsaid: string
          private own = 1
          /** */
          static empty = 1
        }
        /** @example 1 */
        export const silent = (): void => undefined
        /***/
        export type Empty = 1`,
      'Args.ts': `
        export interface Args {
          /** Said. */
          readonly said: string
          readonly unsaid: string
          /** */
          readonly empty?: string
          /** @deprecated */
          readonly tagged: string
          // not a docstring
          readonly comment: string
        }`
    }
    assert.deepEqual(
      [
        documentation(planted, 'Args.ts', 'Args'),
        documentation(planted, 'index.ts', 'Thing'),
        exportsWithoutDocstring(planted, 'index.ts')
      ],
      [
        {
          properties: ['said', 'unsaid', 'empty', 'tagged', 'comment'],
          withoutDocstring: ['unsaid', 'empty', 'tagged', 'comment']
        },
        { properties: ['said', 'unsaid'], withoutDocstring: ['unsaid'] },
        ['Args.ts Args', 'index.ts silent', 'index.ts Empty']
      ]
    )
  })
})
