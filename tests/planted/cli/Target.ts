/** Something that others import. */
export const target = 1
