import type { ArgKey, DangerousChange, SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { customerGuids } from '../../../simulator'

/** A Pulumi program of up to three connections, and what a person does to it. */

export const slots = ['a', 'b', 'c'] as const

/** Name of a resource in the program. Its connection is named after it: `a-1`, `a-2`, or `a-p` when the portal has renamed it. */
export type Slot = (typeof slots)[number]

export type Program = Readonly<Partial<Record<Slot, SipConnectionArgs>>>

export const { acme, contoso } = customerGuids

/** What a declaration says beside customer, name, SBC, and the options. */
export type Fields = Partial<
  Omit<SipConnectionArgs, 'customerGuid' | 'siteName' | 'sbcId' | 'proxySet' | 'adopt' | 'allow'>
>

/** Secrets that every encoding changes: none of their forms may turn up in anything that a person can see. */
export const canaries = {
  passwords: ['C4nary-one "pä/ß+&', 'C4nary-two "pö/?+&', 'C4nary-three "pü/ß+&'],
  portal: 'C4nary-portal "på/ß+&',
  dpi: ['C4nary-dpi-one "dö/?+&', 'C4nary-dpi-two "dæ/?+&'],
  variables: ['C4nary-variable-one "vü/ß+&', 'C4nary-variable-two "vø/ß+&'],
  bystander: 'C4nary-bystander "bý/ß+&'
} as const

export const allCanaries: ReadonlyArray<string> = Object.values(canaries).flat()

/** Values of each field, few enough that changes come back to old values. */
export const values = {
  sbcConfigurationType: ['SipTrunk', 'Byoc'],
  configureSbc: [true, false],
  enableCac: [true, false],
  cacProfile: ['5 sessions', '10 sessions'],
  carrierRegistration: [true, false],
  carrierUserName: ['u-1', 'u-2'],
  carrierUserPassword: canaries.passwords,
  carrierPasswordDpi: canaries.dpi,
  carrierMainLine: ['main', '+49891234'],
  carrierHostName: ['sip.example.net', 'sip2.example.net'],
  phones: [['+49301234'], ['+49301234', '+49301235']],
  dialPlanPrefixes: [
    [{ dialPlanName: 'CustDialPlan', index: 0, active: true }],
    [
      { dialPlanName: 'CustDialPlan', index: 1, active: false },
      { dialPlanName: 'Other', index: 0, active: true }
    ]
  ],
  m365Scripts: [
    { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13002 },
    { configureM365Routing: false }
  ],
  onlinePstnGateway: ['sbc3.provider.example', 'sbc5.provider.example'],
  sbcScripts: [
    { onboardingScript: 12001, cleanupScript: 12002 },
    { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
    {
      onboardingScript: 10007,
      cleanupScript: 10700,
      customerVariables: { Region: 'APAC', Password: canaries.variables[0] }
    },
    {
      onboardingScript: 12001,
      cleanupScript: 12002,
      customerVariables: { Carrier: 'One', Password: canaries.variables[1] }
    }
  ]
} as const satisfies { readonly [K in keyof Fields]-?: ReadonlyArray<NonNullable<Fields[K]>> }

export type Field = keyof typeof values

/** Fields that may be left out; a new connection needs the scripts. */
export const optionalFields = (Object.keys(values) as ReadonlyArray<Field>).filter((key) => key !== 'sbcScripts')

export const sbcIds = [3, 5, 8] as const

export type Edit =
  | {
      readonly do: 'declare'
      readonly slot: Slot
      readonly n: number
      readonly sbcId: number
      readonly atContoso: boolean
      readonly fields: Fields
    }
  | { readonly do: 'change'; readonly slot: Slot; readonly fields: Fields }
  | { readonly do: 'leave out'; readonly slot: Slot; readonly keys: ReadonlyArray<Field> }
  | { readonly do: 'undeclare'; readonly slot: Slot }
  | { readonly do: 'rename'; readonly slot: Slot; readonly n: number }
  | { readonly do: 'move'; readonly slot: Slot; readonly sbcId: number }
  | { readonly do: 'other customer'; readonly slot: Slot }

/** The declaration with these words in `allow`. */
export const allowing = (args: SipConnectionArgs, ...words: ReadonlyArray<DangerousChange>): SipConnectionArgs => ({
  ...args,
  allow: [...new Set([...(args.allow ?? []), ...words])].sort()
})

const without = (args: SipConnectionArgs, keys: ReadonlyArray<ArgKey>): SipConnectionArgs =>
  Object.fromEntries(
    Object.entries(args).filter(([key]) => !keys.includes(key as ArgKey))
  ) as unknown as SipConnectionArgs

/** The declaration without `adopt`. */
export const notAdopting = (args: SipConnectionArgs): SipConnectionArgs => without(args, ['adopt'])

/** Makes a declaration one that a check accepts: what a flag needs must be there. */
export const coherent = (args: SipConnectionArgs): SipConnectionArgs => {
  const noProfile = args.enableCac === true && args.cacProfile === undefined
  const noCarrier =
    args.carrierRegistration === true &&
    [args.carrierMainLine, args.carrierHostName, args.carrierUserName, args.carrierUserPassword].includes(undefined)
  const untold = args.enableCac === undefined || args.carrierRegistration === undefined
  const fitting = {
    ...args,
    ...(noProfile ? { enableCac: false } : {}),
    ...(noCarrier ? { carrierRegistration: false } : {})
  }
  return untold ? notAdopting(fitting) : fitting
}

/**
 * The program after an edit; an edit of what is not declared changes nothing.
 *
 * @param kept whether the state of the stack has the resource, so that a new declaration goes on with its connection
 */
export const edited = (program: Program, edit: Edit, kept: boolean): Program => {
  const { slot } = edit
  const old = program[slot]
  const put = (args: SipConnectionArgs): Program => ({ ...program, [slot]: coherent(args) })
  if (edit.do === 'declare') {
    const args: SipConnectionArgs = {
      customerGuid: edit.atContoso ? contoso : acme,
      siteName: `${slot}-${edit.n}`,
      sbcId: edit.sbcId,
      ...(slot === 'b' ? { proxySet: 'Trunk-A' } : {}),
      sbcScripts: values.sbcScripts[1],
      ...edit.fields
    }
    return put(kept ? allowing(args, 'rename', 'sbcMove', 'clearPhones') : args)
  }
  if (old === undefined) return program
  switch (edit.do) {
    case 'change':
      return put({ ...old, ...edit.fields })
    case 'leave out':
      return put(without(edit.keys.includes('phones') ? allowing(old, 'clearPhones') : old, edit.keys))
    case 'undeclare':
      return Object.fromEntries(Object.entries(program).filter(([name]) => name !== slot))
    case 'rename':
      return put(allowing({ ...old, siteName: `${slot}-${edit.n}` }, 'rename'))
    case 'move':
      return put(allowing({ ...old, sbcId: edit.sbcId }, 'sbcMove'))
    case 'other customer':
      return put({ ...notAdopting(old), customerGuid: old.customerGuid === acme ? contoso : acme })
  }
}

/** Edits after which nobody looks any more for a connection that a run has left without telling its id. */
export const forgets = (edit: Edit): boolean =>
  edit.do === 'undeclare' || edit.do === 'rename' || edit.do === 'other customer' || edit.do === 'declare'
