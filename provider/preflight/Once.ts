/** What is made once and shared: thousands of connections of a fleet ask the same. */

/** What is made of a list or another object, once for the same one: looking through a list for every connection would take the square of the time. */
export const onceFor = <K extends object, A>(make: (of: K) => A): ((of: K) => A) => {
  const made = new WeakMap<K, { readonly value: A }>()
  return (of) => {
    const kept = made.get(of) ?? { value: make(of) }
    made.set(of, kept)
    return kept.value
  }
}

/** What is made of a thing, once for all things with the same key. */
export const onceForAlike = <K, A>(keyOf: (of: K) => string, make: (of: K) => A): ((of: K) => A) => {
  const made = new Map<string, { readonly value: A }>()
  return (of) => {
    const key = keyOf(of)
    const kept = made.get(key) ?? { value: make(of) }
    made.set(key, kept)
    return kept.value
  }
}
