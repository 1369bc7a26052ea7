// Which file may import which. The rules are checked by `make lint`; `tests/planted` holds a violation of each, and
// `tests/house/planted.test.ts` sees every one of them fire.

/** A package in node_modules, wherever that directory is. */
const npm = (names) => `(^|/)node_modules/(${names})(/|$)`

/** Decisions without effects. To add a file to them, add its name here. */
const pure =
  '^provider/(' +
  '(Answers|Codecs|Config|Decode|Defect|Difference|ErrorText|Errors|Groups|Inputs|Json|Problems|Report|ReportText|Retry|SecretMarks|Secrets|Settings|Shape|Signature|State|Unknowns|Words)|' +
  '[a-z-]+/(Args|Body|ChangeSet|Check|Diff|Entries|Fields|License|Limits|Live|Messages|Plan|Shown|Stages|State|Text|Wire)|' +
  'plugin/(Configuration|DetailedDiff|Fault|Preview|Properties)|' +
  'preflight/(Declaration|FleetEntries|Report|Trouble)|' +
  'schema/[^/]+|' +
  'shown/[^/]+' +
  ')\\.ts$'

/** What a user's program loads of provider/: descriptions of data, the reading of it, no lifecycle. All of them are pure. */
const descriptions =
  '^provider/(Answers|Decode|Inputs|Json|SecretMarks|Secrets|Settings|Shape|State|[a-z-]+/(Args|State|Wire))\\.ts$'

/** The only files of provider/ that act on the world. */
const live = '^provider/(Live\\.ts$|live/)'

/** What is published. */
const shipped = '^(provider|sdk|simulator|cli)/'

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule(
      'core-knows-no-host',
      'The lifecycle runs in the engine’s dynamic-provider process and in a plugin of its own. As long as it does not ' +
        'know which, both do the same.',
      { path: '^provider/', pathNot: '^provider/(dynamic\\.ts$|plugin/)' },
      { path: [npm('@pulumi/pulumi'), '^(sdk|simulator|cli|examples|tests)/'] }
    ),
    rule(
      'dynamic-knows-the-host-by-type',
      'dynamic.ts is loaded by the process of the engine for every provider; the root of @pulumi/pulumi takes more ' +
        'than half a second to load. A type costs nothing.',
      { path: '^provider/dynamic\\.ts$' },
      { path: [npm('@pulumi/pulumi'), '^(sdk|simulator|cli|examples|tests)/'], dependencyTypesNot: ['type-only'] }
    ),
    rule(
      'plugin-knows-the-protocol-only',
      'The plugin answers its engine within a fifth of a second. The root of @pulumi/pulumi takes more than three of ' +
        'them to load; the messages and the service of the protocol take none.',
      { path: '^provider/plugin/' },
      {
        path: [npm('@pulumi/pulumi'), '^(sdk|simulator|cli|examples|tests)/'],
        pathNot: '(^|/)node_modules/@pulumi/pulumi/proto/'
      }
    ),
    rule(
      'pure-stays-pure',
      'A decision that imports no effect is tested by a table, without a server, a clock or a file. It may import ' +
        'fp-ts, io-ts and other decisions.',
      { path: pure },
      { pathNot: [pure, npm('fp-ts|io-ts')] }
    ),
    rule(
      'only-live-knows-the-network',
      'One place sends requests, so that time-outs, retries, the proxy, redaction and readOnly hold for every request.',
      // What is measured against is written as others would write it.
      { pathNot: [live, '^tests/bench/(fleet/bare-process|programs/textbook)\\.ts$'] },
      {
        path: npm('node-fetch|https?-proxy-agent|proxy-from-env|agent-base'),
        dependencyTypesNot: ['type-only']
      }
    ),
    rule(
      'only-live-knows-the-machine',
      'Files, sockets and processes reach the rest of provider/ as functions, which a test can replace.',
      { path: '^provider/', pathNot: live },
      {
        path: '^(node:)?(fs|http|http2|https|net|tls|dns|dgram|child_process|worker_threads)(/|$)',
        dependencyTypes: ['core']
      }
    ),
    rule(
      'sdk-knows-no-lifecycle',
      'A user’s program loads the sdk. It must not load the lifecycle with it, which belongs to the provider process. What looks at the platform while the program runs is no part of it.',
      { path: '^sdk/' },
      { path: '^provider/', pathNot: [descriptions, '^provider/(lookups|preflight)/'] }
    ),
    rule(
      'simulator-knows-no-provider',
      'A simulator that shares code with the provider shares its mistakes, and then finds none of them.',
      { path: '^simulator/' },
      { path: '^(provider|sdk|cli)/' }
    ),
    rule(
      'examples-see-the-package-only',
      'An example is copied by users. What it imports must exist for them: packages, and files of the example itself.',
      { path: '^examples/([^/]+)/' },
      {
        pathNot: ['^examples/$1/', '(^|/)node_modules/', '^dist/(sdk|provider|simulator)/'],
        dependencyTypesNot: ['core']
      }
    ),
    rule(
      'no-cycles',
      'Two files that import each other are one concept in two places; what each sees of the other depends on who is ' +
        'loaded first.',
      {},
      { circular: true }
    ),
    rule(
      'no-root-of-fp-ts',
      'The root of fp-ts loads more than a hundred modules into every provider process. Import fp-ts/Either and so on.',
      {},
      { path: '(^|/)node_modules/fp-ts/(lib|es6)/index\\.js$' }
    ),
    rule(
      'tests-are-leaves',
      'Code that needs a test to run is no code to ship.',
      { pathNot: '^tests/' },
      { path: '^tests/' }
    ),
    rule(
      'not-to-dev-dep',
      'A development dependency is not there when a user has installed the package. (@pulumi/pulumi is a peer ' +
        'dependency as well, so it is there.)',
      { path: shipped },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm-peer'] }
    ),
    rule(
      'no-unresolvable',
      'An import that leads nowhere would also escape every other rule.',
      {},
      { couldNotResolve: true }
    )
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|sdk/(python|go|nodejs)|tests/(planted|fixtures))/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types are imports: a rule that allows them says so.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'require', 'node', 'default'] }
  }
}
