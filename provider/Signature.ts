/** The engine's own form of values that are no plain JSON: an object with this key, whose value tells the kind (pulumi/pulumi `sdk/go/common/resource/sig`). */
export const signature = '4dabf18193072939515e22adb298388d'

/** The kind of a secret. */
export const secretKind = '1b47061264138c4ac30d75fd1eb44270'
