import * as fs from 'node:fs'
import * as path from 'node:path'
import { repositoryRoot } from '../../support/repository'

const page = fs.readFileSync(path.join(repositoryRoot, 'docs/languages.md'), 'utf8')

/** The program in that language which docs/languages.md shows: its longest block of code, since others show a line or two. */
export const programIn = (language: 'typescript' | 'python' | 'go' | 'yaml'): string => {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language)
  return blocks.map(([, , text = '']) => text).reduce((a, b) => (b.length > a.length ? b : a), '')
}
