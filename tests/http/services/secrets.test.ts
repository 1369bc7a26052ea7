import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { errorText, whole } from '../../../provider/ErrorText'
import { resources } from '../../../provider/resources'
import { onCall, story } from '../support/Simulated'
import { globex, licensed } from './Services'

/** Secrets of a service never show: not in texts, logs and warnings, and in the state they are marked. */
const secrets = ['Zq7-application-secret', 'Zq7-script-password', 'Zq7-another-secret']
const [applicationClientSecret = '', password = '', another = ''] = secrets

const args = {
  ...licensed,
  applicationClientId: '44444444-4444-4444-8444-444444444444',
  applicationClientSecret,
  scriptParameters: { 'CustomVar.Variable1': 'plain', AdminPassword: password }
}

/** The values of an object that are not marked as secret. */
const inClear = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && '4dabf18193072939515e22adb298388d' in each ? 'marked' : each
  )

describe('services: secrets', () => {
  for (const [name, resource, inputs] of [
    ['Hosted Essentials', resources.hostedEssentialsService, args],
    [
      'Operator Connect',
      resources.operatorConnectService,
      { ...args, ...globex, scriptParameters: args.scriptParameters, license: 'OcPro', ovocCustomerType: undefined }
    ]
  ] as const) {
    story(
      `${name}: marked in the state, and in no text`,
      { switches: { applicationSecret: 'clear' } },
      async (world) => {
        const shown: Array<string> = []
        const created = await resource.create(inputs).program(world.env)()
        assert.ok(E.isRight(created) && O.isNone(created.right.fault), JSON.stringify(created))
        const { id, state } = created.right
        shown.push(inClear(state))
        assert.deepStrictEqual(
          [inClear(state['applicationClientSecret']), inClear(state['scriptParameters'])],
          ['"marked"', '{"CustomVar.Variable1":"plain","AdminPassword":"marked"}']
        )

        // The state as the engine hands it over again.
        const olds = { ...state, applicationClientSecret, scriptParameters: args.scriptParameters }
        const found = await resource.read(id, olds).program(world.env)()
        assert.ok(E.isRight(found) && O.isSome(found.right))
        shown.push(inClear(found.right.value))

        for (const fault of [
          { kind: 'status', status: 400, body: { title: `No: ${another} and ${applicationClientSecret}` } },
          { kind: 'errorMessage', effect: false, message: `The secret ${another} is wrong.` },
          { kind: 'statusAfterEffect', status: 500 }
        ] as const) {
          world.simulator.addFault(onCall('PATCH', fault))
          const step = resource.update(id, olds, { ...inputs, applicationClientSecret: another })
          const result = await step.program(world.env)()
          if (E.isLeft(result)) shown.push(whole(errorText(step.subject, result.left, false, 0)))
          else {
            shown.push(inClear(result.right.state))
            if (O.isSome(result.right.fault))
              shown.push(whole(errorText(step.subject, result.right.fault.value, true, 0)))
          }
        }
        const other = world.process()
        const refused = await resource.remove(id, olds).program(other.env)()
        assert.ok(E.isLeft(refused))
        shown.push(whole(errorText(resource.remove(id, olds).subject, refused.left, false, 0)))

        const all = [...shown, JSON.stringify(world.trace), JSON.stringify(world.audit), ...world.warnings].join('\n')
        assert.deepStrictEqual(
          secrets.filter((secret) => all.includes(secret)),
          []
        )
        assert.ok(all.includes('[secret]'), 'something must have been replaced')
        assert.deepStrictEqual(
          world.audit.map(({ method, resource: type, name: shortName, fields }) => [
            method,
            type,
            shortName,
            fields.includes('applicationClientSecret')
          ])[0],
          ['POST', resource.type, inputs.shortName, true]
        )
      }
    )
  }
})
