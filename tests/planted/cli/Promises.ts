const later = (): Promise<number> => Promise.resolve(1)

export const waits = async (): Promise<void> => {
  await 1 // breaks @typescript-eslint/await-thenable
}
export const forgets = (): void => {
  later() // breaks @typescript-eslint/no-floating-promises
}
export const handles = (on: (listener: () => void) => void): void => on(later) // breaks @typescript-eslint/no-misused-promises
export const idle = async (): Promise<number> => 1 // breaks @typescript-eslint/require-await
export const escapes = async (): Promise<number> => {
  try {
    return later() // breaks @typescript-eslint/return-await
  } catch {
    return 0
  }
}
