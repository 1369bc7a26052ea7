/** The first of a list, and how many more there are: `a, b and 3 more`. */
export const few = (all: ReadonlyArray<string>, most = 5): string =>
  `${all.slice(0, most).join(', ')}${all.length > most ? ` and ${all.length - most} more` : ''}`

/** A text that begins a sentence. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
