/** A defect of this package, in words. What was thrown may hold anything, also a secret, so that only its kind is told. Pure. */
export const defectText = (thrown: unknown): string =>
  `pulumi-audiocodes-live ended a call with an unexpected ${thrown instanceof Error ? thrown.name : 'error'}; report it to the maintainers of pulumi-audiocodes-live`
