import type { BinaryReader, BinaryWriter } from 'google-protobuf'
import { Struct } from 'google-protobuf/google/protobuf/struct_pb'
import type { Properties } from './Properties'

/**
 * `google.protobuf.Struct` from bytes to plain values and back, without the objects that the library makes for every value: they take some 900 bytes each,
 * which are 45 MB a message of 10,000 connections, and a call has up to four of them. Source: struct.proto of Protocol Buffers.
 */

/** Reads a message within a message. */
const within = <A>(reader: BinaryReader, read: (reader: BinaryReader) => A): A => {
  let value: A | undefined
  reader.readMessage(undefined, (_message: unknown, inner: BinaryReader) => {
    value = read(inner)
  })
  return value as A
}

const readValue = (reader: BinaryReader): unknown => {
  let value: unknown
  while (reader.nextField())
    switch (reader.getFieldNumber()) {
      case 1:
        reader.readEnum()
        value = null
        break
      case 2:
        value = reader.readDouble()
        break
      case 3:
        value = reader.readString()
        break
      case 4:
        value = reader.readBool()
        break
      case 5:
        value = within(reader, readStruct)
        break
      case 6:
        value = within(reader, readList)
        break
      default:
        reader.skipField()
    }
  return value
}

const readList = (reader: BinaryReader): ReadonlyArray<unknown> => {
  const items: unknown[] = []
  while (reader.nextField())
    if (reader.getFieldNumber() === 1) items.push(within(reader, readValue))
    else reader.skipField()
  return items
}

const readEntry = (reader: BinaryReader): readonly [string, unknown] => {
  let key = ''
  let value: unknown
  while (reader.nextField())
    switch (reader.getFieldNumber()) {
      case 1:
        key = reader.readString()
        break
      case 2:
        value = within(reader, readValue)
        break
      default:
        reader.skipField()
    }
  return [key, value]
}

const readStruct = (reader: BinaryReader): Properties => {
  const entries: Array<readonly [string, unknown]> = []
  while (reader.nextField())
    if (reader.getFieldNumber() === 1) entries.push(within(reader, readEntry))
    else reader.skipField()
  // The engine writes them in any order. As with the library, they come in the order of their keys, so that every run goes the same way.
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const writeValue = (value: unknown, writer: BinaryWriter): void => {
  if (value === null) writer.writeEnum(1, 0)
  else if (typeof value === 'number') writer.writeDouble(2, value)
  else if (typeof value === 'string') writer.writeString(3, value)
  else if (typeof value === 'boolean') writer.writeBool(4, value)
  else if (Array.isArray(value)) writer.writeMessage(6, value, writeList)
  else if (typeof value === 'object') writer.writeMessage(5, value, writeStruct)
  else throw new Error(`a property is of the type ${typeof value}, which JSON does not have`)
}

// The writer leaves out a message that is null, so it is given the value in a list.
const writeWrapped = ([value]: readonly [unknown], writer: BinaryWriter): void => {
  writeValue(value, writer)
}

const writeList = (items: ReadonlyArray<unknown>, writer: BinaryWriter): void => {
  for (const item of items) writer.writeMessage(1, [item], writeWrapped)
}

const writeEntry = ([key, value]: readonly [string, unknown], writer: BinaryWriter): void => {
  writer.writeString(1, key)
  writer.writeMessage(2, [value], writeWrapped)
}

const writeStruct = (properties: object, writer: BinaryWriter): void => {
  for (const entry of Object.entries(properties)) writer.writeMessage(1, entry, writeEntry)
}

/** What the library asks for when it writes the message, and when the plugin reads it. */
const holding = (message: Struct, properties: Properties): Struct =>
  Object.assign(message, {
    toJavaScript: () => properties,
    getFieldsMap: () => ({
      getLength: () => Object.keys(properties).length,
      serializeBinary: (_field: number, writer: BinaryWriter) => {
        writeStruct(properties, writer)
      }
    })
  })

/** Properties as gRPC carries them. */
export const structOf = (properties: Properties): Struct => holding(new Struct(), properties)

/** From now on every message that this process receives holds its properties as plain values. The result takes that back. */
export const receivePlainValues = (): (() => void) => {
  const ofLibrary = Struct.deserializeBinaryFromReader.bind(Struct)
  Struct.deserializeBinaryFromReader = (message, reader) => holding(message, readStruct(reader))
  return () => {
    Struct.deserializeBinaryFromReader = ofLibrary
  }
}
