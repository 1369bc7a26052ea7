/**
 * What the engine sends in a preview in place of a value that is not known yet, by kind. A dynamic provider receives
 * them as plain strings, even where its schema expects a list, an object or a flag. The Node SDK sends `string` for
 * every kind. Source: pkg/resource/plugin/rpc.go of pulumi/pulumi.
 */
export const unknowns = {
  bool: '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  number: '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  string: '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  array: '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  asset: '030794c1-ac77-496b-92df-f27374a8bd58',
  archive: 'e48ece36-62e2-4504-bad9-02848725956a',
  object: 'dd056dcd-154b-4c76-9bd3-c8f88648b5ff'
} as const
