/** Markdown for comments on GitHub and the like. */

export { code, heads, plain, row } from '../../provider/shown/Markdown'

/** A comment on GitHub may have 65,536 characters. Counted here in bytes, which are never fewer. */
export const commentLimit = 65_536

/** A section that may be cut: what it begins with, and its lines, the most important one first. */
export interface Section {
  readonly heads: ReadonlyArray<string>
  readonly rows: ReadonlyArray<string>
  /** Says in a line of the table how many rows are left out. */
  readonly leftOut: (count: number) => string
}

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8') + 1

const sizeOf = (lines: ReadonlyArray<string>): number => lines.reduce((sum, text) => sum + bytes(text), 0)

/** How many of the rows fit into the room. */
const fitting = (rows: ReadonlyArray<string>, room: number): number => {
  let left = room
  const end = rows.findIndex((text) => (left -= bytes(text)) < 0)
  return end === -1 ? rows.length : end
}

/**
 * A comment of at most `limit` bytes. `top` and `bottom` always stand; the sections take what is left in their order, so that the rows of the
 * last ones are left out first.
 */
export const comment = (
  top: ReadonlyArray<string>,
  sections: ReadonlyArray<Section>,
  bottom: ReadonlyArray<string>,
  limit = commentLimit
): string => {
  // The line that says what is left out has its place from the start: its number may grow.
  const frame = ({ heads: above, rows, leftOut }: Section): number => sizeOf([...above, leftOut(rows.length), ''])
  let room = limit - sizeOf(top) - sizeOf(bottom) - sections.reduce((sum, section) => sum + frame(section), 0)
  const lines = sections.flatMap(({ heads: above, rows, leftOut }) => {
    const count = fitting(rows, room)
    // Those left out count as well: nothing of less weight stands where something of more is left out.
    room -= sizeOf(rows)
    return [...above, ...rows.slice(0, count), ...(count < rows.length ? [leftOut(rows.length - count)] : []), '']
  })
  return [...top, ...lines, ...bottom].join('\n')
}
