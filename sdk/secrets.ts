import * as pulumi from '@pulumi/pulumi'
import { isObject } from '../provider/Json'
import { markedBy } from '../provider/SecretMarks'

/** What is declared, with its secrets marked. An object that is not there yet is changed when it is, without making the whole of it secret. */
export const marked = markedBy({
  secret: pulumi.secret,
  whole: pulumi.secret,
  within: (value, change) => {
    const changed = (known: unknown): unknown => (isObject(known) ? change(known) : known)
    return pulumi.Output.isInstance(value) || value instanceof Promise
      ? pulumi.output(value).apply(changed)
      : changed(value)
  }
})
