import * as assert from 'node:assert'
import { callingProfileIds } from '../../simulator'
import { at, session } from './support'

const sbc = (sbcId: number, name: string) => ({
  sbcId,
  fqdn: `sbc${sbcId}.provider.example`,
  ipAddress: `192.0.2.${sbcId}`,
  name
})
const frankfurt = sbc(3, 'sbc-frankfurt')
const london = sbc(5, 'sbc-london')
const madrid = sbc(8, 'sbc-madrid')

const trunk = (n: number, trunkFqdn: string, ...matchingSbcList: readonly object[]) => ({
  trunkFqdn,
  trunkId: `eeeeeeee-0001-4000-8000-00000000000${n}`,
  matchingSbcList
})

const profiles = [
  {
    additionalSbcList: [],
    callingProfileId: callingProfileIds['oc-emea'],
    name: 'oc-emea',
    enviroment: null,
    region: 'EMEA',
    carrier: null,
    offerTypes: [
      { offerTypeName: 'Calling', testNumbers: [] },
      { offerTypeName: 'AudioConferencing', testNumbers: [] }
    ],
    emergencyDialStrings: ['112'],
    isEmergencyProfile: false,
    emergencyProfileId: callingProfileIds['oc-emergency'],
    trunksEnrolled: [trunk(1, 'sbc3.provider.example', frankfurt), trunk(2, 'oc.provider.example', london, madrid)],
    validation: { Calling: 'NotValidated', AudioConferencing: 'NotValidated' }
  },
  {
    additionalSbcList: [],
    callingProfileId: callingProfileIds['oc-emergency'],
    name: 'oc-emergency',
    enviroment: null,
    region: null,
    carrier: null,
    offerTypes: [{ offerTypeName: 'Calling', testNumbers: [] }],
    emergencyDialStrings: [],
    isEmergencyProfile: true,
    emergencyProfileId: null,
    trunksEnrolled: [trunk(3, 'emergency.provider.example', frankfurt)],
    validation: { Calling: 'NotValidated' }
  }
]

describe('simulator: calling profiles', () => {
  it('all at once, with or without parameters of paging', () => {
    for (const query of ['', '?PageNumber=9&PageSize=1']) {
      assert.deepStrictEqual(session().send('GET', `v2/oc/callingprofile${query}`), { status: 200, body: profiles })
    }
  })

  const additional = [
    ['none', []],
    ['objects', [frankfurt, madrid]],
    ['ids', [3, 8]]
  ] as const
  for (const [additionalSbcs, expected] of additional) {
    it(`additionalSbcs: ${additionalSbcs}`, () => {
      const [first, second] = session({ additionalSbcs }).send('GET', 'v2/oc/callingprofile').body as unknown[]
      assert.deepStrictEqual([at(first, 'additionalSbcList'), at(second, 'additionalSbcList')], [expected, []])
    })
  }
})
