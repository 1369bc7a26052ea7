import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { resources } from '../../provider/resources'
import { repositoryRoot } from '../support/repository'

/** A row of the recipe in CONTRIBUTING.md: a text that a file must have, or one of the files in a folder. */
interface Piece {
  readonly where: readonly string[]
  readonly says: string
}

const quoted = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)

const recipe: readonly Piece[] = fs
  .readFileSync(path.join(repositoryRoot, 'CONTRIBUTING.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, where = '', , says = ''] = line.split('|')
    return { where: quoted(where), says: quoted(says)[0] ?? '' }
  })

const registry = fs.readFileSync(path.join(repositoryRoot, 'provider/resources.ts'), 'utf8')

/** The folder that the registration names. */
const folderOf = (key: string): string =>
  new RegExp(`import \\{ ${key} \\} from '\\./([\\w-]+)/Definition'`).exec(registry)?.[1] ?? `(none for ${key})`

const filesIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

const has = (place: string, text: string): boolean => {
  const found = path.join(repositoryRoot, place)
  if (!fs.existsSync(found)) return false
  const files = fs.statSync(found).isDirectory() ? filesIn(found) : [found]
  return files.some((file) => fs.readFileSync(file, 'utf8').includes(text))
}

/** The pieces that a resource lacks, in the order of the recipe. */
const missing = (key: string, type: string): readonly string[] => {
  const filledIn = (text: string): string =>
    text.replaceAll('<Type>', type).replaceAll('<key>', key).replaceAll('<folder>', folderOf(key))
  return recipe.flatMap(({ where, says }) =>
    where
      .map(filledIn)
      .filter((place) => !has(place, filledIn(says)))
      .map((place) => `${place}: ${filledIn(says)}`)
  )
}

describe('The recipe for a further resource', () => {
  for (const [key, { type }] of Object.entries(resources)) {
    it(`has been followed for ${type}`, () => {
      assert.deepStrictEqual(missing(key, type), [])
    })
  }

  it('tells every piece of one that is registered and has nothing else', () => {
    const all = recipe.reduce((count, { where }) => count + where.length, 0)
    assert.ok(all >= 19, `${all} pieces`)
    assert.strictEqual(missing('sipTrunkGroup', 'SipTrunkGroup').length, all)
  })

  it('calls a resource by one name: the key is its type, but for the first letter', () => {
    assert.deepStrictEqual(
      Object.entries(resources).map(([key, { type }]) => [key, type]),
      Object.entries(resources).map(([key]) => [key, `${key.charAt(0).toUpperCase()}${key.slice(1)}`])
    )
  })
})
