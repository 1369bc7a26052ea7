/**
 * The provider of a resource, as it stands in the state: the text that Pulumi's dynamic-provider process runs. It names the
 * installed package, so that the code in force is always the installed one, whatever wrote the state. It is kept twice a
 * resource, and a changed text would be an update of every resource: it is part of the state format and never edited.
 *
 * @param key name of the resource in `provider/resources.ts`
 */
export const providerText = (key: string): string =>
  `exports.handler = () => require("pulumi-audiocodes-live/dynamic").${key};`
