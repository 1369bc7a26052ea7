/** A table for a terminal: columns as wide as their widest cell, two blanks between them, none at the end of a line. */
export const table = (
  names: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>
): ReadonlyArray<string> => {
  const all = [names, ...rows]
  const widths = names.map((_, column) =>
    all.reduce((widest, cells) => Math.max(widest, (cells[column] ?? '').length), 0)
  )
  const line = (cells: ReadonlyArray<string>): string =>
    widths
      .map((width, column) => (cells[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd()
  return [line(names), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}
