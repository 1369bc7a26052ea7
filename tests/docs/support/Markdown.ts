import type { Example } from './Sources'

/** A fenced block of a Markdown text. */
export interface Block {
  /** `ts`, `sh`; empty when none is given. */
  readonly language: string
  /** Line of the text at which its content begins, from 1. */
  readonly line: number
  readonly content: string
}

interface Parts {
  readonly blocks: ReadonlyArray<Block>
  /** The text between the blocks. */
  readonly prose: string
}

/** Blocks and prose. A fence that is not closed is an error: it would swallow the rest of the page. */
export const partsOf = (markdown: string): Parts => {
  const blocks: Array<Block> = []
  const prose: Array<string> = []
  let open: { readonly fence: string; readonly language: string; readonly line: number } | undefined
  let content: Array<string> = []
  markdown.split('\n').forEach((text, index) => {
    if (open === undefined) {
      const [, fence, language = ''] = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/.exec(text) ?? []
      if (fence === undefined) prose.push(text)
      else [open, content] = [{ fence, language, line: index + 2 }, []]
    } else if (text.trim() === open.fence) {
      blocks.push({ language: open.language, line: open.line, content: `${content.join('\n')}\n` })
      open = undefined
    } else content.push(text)
  })
  if (open !== undefined) throw new Error(`the fence above line ${open.line} is not closed`)
  return { blocks, prose: prose.join('\n') }
}

/** The TypeScript programs of a page. */
export const programsOf = (file: string, markdown: string): ReadonlyArray<Example> =>
  partsOf(markdown)
    .blocks.filter(({ language }) => /^(ts|typescript)$/i.test(language))
    .map(({ line, content }, index) => ({ file, of: `program ${index + 1}`, line, code: content }))

/** `code` in the prose. */
export const inlineCode = (prose: string): ReadonlyArray<string> =>
  [...prose.matchAll(/(`+)(.+?)\1/g)].map(([, , code = '']) => code.trim())

/** Where the links and images of the prose lead to. */
export const linkTargets = (prose: string): ReadonlyArray<string> =>
  [...prose.replace(/(`+).+?\1/g, '').matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map(([, target = '']) => target)

/** Anchors of the headings, as they are made on the web: `## See it run, without an account` is `see-it-run-without-an-account`. */
export const anchors = (prose: string): ReadonlyArray<string> =>
  [...prose.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
  )

/** The rows, without heading, of the table whose first column has this heading. */
export const tableRows = (prose: string, heading: string): ReadonlyArray<ReadonlyArray<string>> => {
  const rows = prose
    .split('\n')
    .map((line) => (/^\s*\|(.*)\|\s*$/.exec(line)?.[1] ?? '').split('|').map((cell) => cell.trim()))
  const start = rows.findIndex(([first]) => first === heading)
  if (start === -1) throw new Error(`there is no table with the heading "${heading}"`)
  const end = rows.findIndex((cells, index) => index > start && cells.length === 1)
  return rows.slice(start + 2, end === -1 ? undefined : end)
}
