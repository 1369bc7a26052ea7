// Facts that the code does not hold as data, but shows: by what changes in a request when one input changes.

/** @typedef {{ readonly decode: (value: unknown) => { readonly _tag: 'Left' | 'Right' } }} Codec */
/** @typedef {Readonly<Record<string, unknown>>} Values */

const guids = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002']

/** Values of all kinds. Two that a codec takes stand for an input; their parts are all different. */
const pool = [
  '10 sessions',
  '20 sessions',
  ...guids,
  true,
  false,
  101,
  102,
  'sbc1.example.net',
  'sbc2.example.net',
  'SipTrunk',
  'IpPbx',
  'SbcOnboarding',
  'SbcCleanup',
  ['+49301'],
  ['+49302'],
  [{ dialPlanName: 'PlanA', index: 1, active: true }],
  [{ dialPlanName: 'PlanB', index: 2, active: false }],
  { onboardingScript: 11, cleanupScript: 12, customerVariables: { '<name>': 'a' } },
  { onboardingScript: 21, cleanupScript: 22, customerVariables: { '<name>': 'b' } },
  { configureM365Routing: true, onboardingScript: 31, cleanupScript: 32 },
  { configureM365Routing: false, onboardingScript: 41, cleanupScript: 42 },
  ['rename'],
  ['sbcMove'],
  'Any',
  'SBC',
  {
    siteLocationName: 'SiteA',
    sbcId: 51,
    onboardingScript: 52,
    cleanupScript: 53,
    uploadNumberScript: 54,
    releaseNumberScript: 55
  },
  {
    siteLocationName: 'SiteB',
    sbcId: 61,
    onboardingScript: 62,
    cleanupScript: 63,
    uploadNumberScript: 64,
    releaseNumberScript: 65
  },
  { sbcId: 51, onboardingScript: 52, cleanupScript: 53 },
  { sbcId: 61, onboardingScript: 62, cleanupScript: 63 },
  { '<name>': 'a' },
  { '<name>': 'b' },
  'IPGROUP_TYPE',
  'TENANT_TYPE',
  'ipGroup',
  'tenant',
  'HostedEssentialsPlus',
  'HostedPro',
  'OcEssentialPlus',
  'OcPro',
  [{ prefix: '+4930', tag: 'sbc1.example.net', name: 'RuleA' }],
  [{ prefix: '+4940', tag: 'sbc2.example.net', name: 'RuleB' }],
  ['numbers'],
  []
]

/** @param {Codec} codec @returns {unknown[]} values that an input takes */
export const candidates = (codec) => pool.filter((value) => codec.decode(value)._tag === 'Right')

/** @param {string} name @param {Codec} codec @returns {[unknown, unknown]} two values that an input takes */
export const samples = (name, codec) => {
  const [one, two] = candidates(codec)
  if (one === undefined || two === undefined)
    throw new Error(`${name}: fewer than two values of scripts/reference/Probe.mjs are right for it; add some there`)
  return [one, two]
}

/** @typedef {{ keys: string[], path: string, value: unknown }} Leaf a single value within a value; `[]` is every item of a list */

/** @param {string[]} keys @returns {string} `dialPlanPrefixes[].index` */
const pathOf = (keys) => keys.join('.').replaceAll('.[]', '[]')

/** @param {unknown} value @param {string[]} keys @returns {Leaf[]} */
export const leaves = (value, keys = []) => {
  const below =
    typeof value !== 'object' || value === null
      ? []
      : Array.isArray(value)
        ? value.map((item) => leaves(item, [...keys, '[]']))
        : Object.entries(value).map(([key, item]) => leaves(item, [...keys, key]))
  return below.length === 0 ? [{ keys, path: pathOf(keys), value }] : below.flat()
}

/** @param {unknown} one @param {unknown} two @returns {string[]} the paths at which two values differ */
export const differences = (one, two) => {
  /** @param {unknown} value */
  const byPath = (value) => new Map(leaves(value).map((leaf) => [leaf.path, JSON.stringify(leaf.value)]))
  const [a, b] = [byPath(one), byPath(two)]
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path))
}

/**
 * @param {unknown} value
 * @param {string[]} keys
 * @param {unknown} other
 * @returns {unknown} the value with another one at a place within it
 */
export const withOther = (value, [key, ...rest], other) => {
  if (key === undefined) return other
  if (Array.isArray(value)) return value.map((item) => withOther(item, rest, other))
  const fields = /** @type {Values} */ (value)
  return { ...fields, [key]: withOther(fields[key], rest, other) }
}
