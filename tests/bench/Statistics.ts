/** The middle value; of an even number of values the mean of the two in the middle. NaN for none. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? NaN : (low + high) / 2
}

/** Lower and upper quartile: the middle values of the lower and the upper half. Needs two values or more. */
export const quartiles = (values: readonly number[]): readonly [number, number] => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return [median(sorted.slice(0, half)), median(sorted.slice(sorted.length - half))]
}

/** Rounded to so many digits after the point. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Runs two measurements in turn, `rounds` times; every other round begins with the second, so that a drift of the machine hits both. */
export const inTurn = async <A>(
  rounds: number,
  first: () => Promise<A>,
  second: () => Promise<A>
): Promise<ReadonlyArray<readonly [A, A]>> => {
  const pairs: Array<readonly [A, A]> = []
  for (let done = 0; done < rounds; done++) {
    if (done % 2 === 0) {
      const a = await first()
      pairs.push([a, await second()])
    } else {
      const b = await second()
      pairs.push([await first(), b])
    }
  }
  return pairs
}
