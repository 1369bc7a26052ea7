// The bill of materials of the archive, in CycloneDX 1.5: the packages in it, with their versions, licenses and the hashes of
// the lock file. Without a time and a serial number, which the format leaves open, so that the same contents give the same text.

/** @typedef {import('./Packages.mjs').Package} Package */
/** @typedef {{ name: string, version: string, license: string }} About */

/** @param {string} name @param {string} version @returns {string} */
const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** @param {string | undefined} license an id, or an expression of them such as `(MIT OR Apache-2.0)` */
const licenses = (license) => {
  if (license === undefined) return []
  return [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }]
}

/** @param {string} integrity `sha512-<base64>` */
const hash = (integrity) => {
  const [algorithm = '', base64 = ''] = integrity.split('-')
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') }
}

/**
 * @param {About} about @param {readonly Package[]} packages @param {readonly string[]} direct names of those that it loads itself
 * @returns {string}
 */
export const sbom = (about, packages, direct) => {
  const own = purl(about.name, about.version)
  // A package may be there twice, at two places, in one version.
  const refOf = new Map(packages.map(({ place, name, locked }) => [place, purl(name, locked.version)]))
  const refs = (/** @type {readonly string[]} */ places) =>
    [...new Set(places.map((place) => refOf.get(place) ?? ''))].sort()
  const once = packages.filter(
    ({ place }, index) => packages.findIndex((each) => refOf.get(each.place) === refOf.get(place)) === index
  )
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: 'pulumi-resource-audiocodes-live',
        version: about.version,
        purl: own,
        licenses: licenses(about.license)
      }
    },
    components: once.map(({ place, name, locked }) => ({
      type: 'library',
      'bom-ref': refOf.get(place),
      name,
      version: locked.version,
      scope: 'required',
      purl: purl(name, locked.version),
      hashes: [hash(locked.integrity)],
      licenses: licenses(locked.license)
    })),
    dependencies: [
      { ref: own, dependsOn: refs(direct.map((name) => `node_modules/${name}`)) },
      ...once.map(({ place, needs }) => ({ ref: refOf.get(place), dependsOn: refs(needs) }))
    ]
  }
  return `${JSON.stringify(bill, undefined, 2)}\n`
}
