/**
 * Secrets that every encoding changes, and that no other text resembles. Each begins with letters and digits that no encoding of
 * signs changes. The password may not go beyond U+00FF, and what stands in a header may not go beyond ASCII and has no blank.
 */
export const canaries = {
  password: 'PwKx7TmR2vLd"qü\\Zr+4/%<Tm &9wVb',
  rotatedPassword: 'RpJd3HnB8sQf"hö\\Fn+8/%<Ly &2sGc',
  dpi: 'DpWq5XcZ9tMg"zß\\Bv+6/%<Xj &3tNk',
  variable: 'VaHf9LpS4rKj"pä\\Sg+2/%<Mc &7rQd',
  /** A key has several lines. */
  key: 'KeBg2Tz4vWm8\nKeMd7"é\\Yl+5/%<Rx &6hPb\nKeEn3Gn3kDs7j',
  applicationSecret: 'ApYd6FkW3zLs"rè\\Hm+4/%<Qv &9bNt',
  rotatedApplicationSecret: 'RaXc7MgP2vKw"jô\\Zf+8/%<Dn &5tHs',
  accessToken: 'AtLv2CwG6xNp"c\\Pd+3/%<Wk&5xJm',
  clientSecret: 'CsNb8YdT3vHk"yñ\\Gt+7/%<Hq &4vZf',
  refusedSecret: 'RsQx5JfM8bWn"tå\\Ld+2/%<Cz &7kGv',
  issuedForSecret: 'IsRm6KzP9wDh"d\\Ks+9/%<Bx&2pTl',
  issuedForFile: 'IfYc4VgL7nSb"w\\Vj+5/%<Nh&8zDq',
  federatedToken: 'FtSg7XtQ2mRc"t\\Xb+2/%<Pm&6kWr',
  /** Set in the portal, so that the provider learns it from an answer. */
  portalPassword: 'PpMz5CkW8jFt"xî\\Cw+3/%<Vd &8jHt',
  portalVariable: 'PvTl3NqD6yGs"gê\\Nq+6/%<Kb &4yFs'
} as const
