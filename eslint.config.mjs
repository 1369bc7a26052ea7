// Lint rules. Every rule is named here, none comes in by a preset, and `tests/planted` holds a violation of each:
// `tests/house/planted.test.ts` sees every one of them fire. A rule that never fires protects nothing.

import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const plugins = { '@typescript-eslint': tseslint.plugin }

/** Rules that read the syntax only. They hold everywhere. */
const syntax = {
  eqeqeq: 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-constant-condition': 'error',
  'no-unused-expressions': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/ban-ts-comment': 'error',
  '@typescript-eslint/no-require-imports': 'error'
}

/** Rules that ask the type checker. */
const types = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/require-await': 'error',
  '@typescript-eslint/return-await': ['error', 'in-try-catch'],
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  '@typescript-eslint/no-unnecessary-condition': 'error',
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  '@typescript-eslint/no-deprecated': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  // An object in a template is `[object Object]` for the user, or a secret in a message.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-base-to-string': 'error',
  '@typescript-eslint/unbound-method': 'error',
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error'
}

/** `push(...list)` puts every item on the stack: a RangeError from about 100,000 items on. */
const spread = {
  selector: "CallExpression[callee.property.name='push'] > SpreadElement",
  message: 'No spread into push: a long list overflows the stack. Use concat, or push in a loop.'
}

/** Time and chance come in as arguments, so that a test can say what they are. */
const clockAndChance = [
  ['CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name="now"]', 'Date.now()'],
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'new Date()'],
  ['CallExpression[callee.object.name="Math"][callee.property.name="random"]', 'Math.random()'],
  [
    ':matches(MemberExpression > Identifier.property, ImportSpecifier > Identifier.imported)[name="randomUUID"]',
    'randomUUID'
  ]
].map(([selector, name]) => ({
  selector,
  message: `No ${name} in provider/: time and chance come in as arguments; provider/Live.ts holds the real ones.`
}))

/** The environment is read at the edges, so that a decision never depends on it unseen. */
const environment = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'No process.env in provider/: it is read in provider/Live.ts and provider/dynamic.ts and handed on.'
}

const restricted = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] })

/** Examples are programs of their own, with settings of their own: no types there. */
const typed = [
  ...['provider', 'sdk', 'simulator', 'cli', 'tests'].map((folder) => `${folder}/**/*.ts`),
  'scripts/**/*.mjs'
]

export default defineConfig(
  {
    ignores: [
      ...['dist/**', 'node_modules/**', '.engine/**', '.state/**', 'release/**', 'sdk/nodejs/**'],
      ...['tests/planted/**', 'tests/fixtures/**']
    ]
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,mjs,cjs}'],
    languageOptions: { parser: tseslint.parser },
    plugins,
    rules: { ...syntax, ...restricted(spread) }
  },
  {
    files: typed,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: types
  },
  { files: ['provider/**/*.ts'], rules: restricted(spread, ...clockAndChance, environment) },
  { files: ['provider/dynamic.ts'], rules: restricted(spread, ...clockAndChance) },
  { files: ['provider/Live.ts', 'provider/live/**/*.ts'], rules: restricted(spread) },
  // These run as they are, without a build, so `require` is their only way to load a CommonJS file.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } }
)
