import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { parse, traceIds, words } from '../../provider/Problems'
import { check } from '../support/property'

const asIs = (text: string): string => text

const messages = {
  customerGuid: 'c',
  executionMessages: [
    { level: 'Information', message: ' Starting SBC Programming. ' },
    { level: 'Error', message: 'The SBC does not answer.' },
    { level: 'Error', message: '' },
    { level: 'Error' },
    'odd'
  ]
}
const validation = {
  type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
  title: 'One or more validation errors occurred.',
  status: 400,
  traceId: '00-aaaa-bbbb-00',
  errors: { TenantId: ['already known', 'too long'], CompanyName: 'missing', Other: [5, null] }
}
const problem = {
  type: 'about:blank',
  title: 'Not Found',
  status: 404,
  detail: 'The gateway is not known.',
  instance: '/x',
  errorTicket: 'ticket-1',
  errorCode: 'E17',
  traceId: '00-cccc-dddd-00',
  additionalProp1: {}
}
const identity = {
  error: 'unauthorized_client',
  error_description: 'AADSTS700016: Application was not found.',
  error_codes: [700016],
  trace_id: 'trace-1'
}

type Row = readonly [name: string, body: string, said: ReadonlyArray<string>, ids: ReadonlyArray<string>]

const rows: ReadonlyArray<Row> = [
  ['one message beside a title', '{"title":"Bad","executionMessages":[{"message":"Busy."}]}', ['Busy.'], []],
  ['execution messages', JSON.stringify(messages), ['Starting SBC Programming.', 'The SBC does not answer.'], []],
  [
    'an ASP.NET validation problem',
    JSON.stringify(validation),
    ['TenantId: already known', 'TenantId: too long', 'CompanyName: missing'],
    ['00-aaaa-bbbb-00']
  ],
  [
    'a validation problem without errors',
    JSON.stringify({ ...validation, errors: {} }),
    [validation.title],
    ['00-aaaa-bbbb-00']
  ],
  [
    'problem details',
    JSON.stringify(problem),
    ['Not Found', 'The gateway is not known.', 'code E17'],
    ['00-cccc-dddd-00', 'ticket-1']
  ],
  ['a bare JSON text', '"Customer with c not found"', ['Customer with c not found'], []],
  [
    'an answer of the identity provider',
    JSON.stringify(identity),
    ['AADSTS700016: Application was not found.', 'code unauthorized_client'],
    ['trace-1']
  ],
  [
    'names in another case',
    JSON.stringify({ TITLE: 'Gone', ErrorCode: 'E1', TraceID: 't' }),
    ['Gone', 'code E1'],
    ['t']
  ],
  ['a message', '{"message":"No."}', ['No.'], []],
  ['the answer of a deletion', '{"status":false,"msg":"busy"}', ['busy'], []],
  [
    'HTML',
    '<!DOCTYPE html>\n<html><head><title lang="en"> 502 Bad Gateway </title></head></html>',
    ['502 Bad Gateway'],
    []
  ],
  ['HTML without a title', '<html><body>hunter2</body></html>', [], []],
  ['plain text', 'upstream connect error\n', ['upstream connect error'], []],
  ['a long plain text', 'a'.repeat(600), ['a'.repeat(500)], []],
  ['half a JSON body', '{"title":"No', ['{"title":"No'], []],
  ['nothing', '', [], []],
  ['blanks', ' \r\n ', [], []],
  ['an empty JSON text', '"  "', [], []],
  ['a number', '1', [], []],
  ['null', 'null', [], []],
  ['a list', '["a"]', [], []],
  ['an empty object', '{}', [], []],
  ['texts that are no texts', '{"title":5,"detail":null,"errors":"x","executionMessages":{},"traceId":7}', [], []]
]

describe('Problems: words and ids', () => {
  for (const [name, body, said, ids] of rows) {
    it(name, () => {
      assert.deepStrictEqual({ said: words(body, asIs), ids: traceIds(body) }, { said, ids })
    })
  }

  it('are texts with something in them, for whatever is sent', () => {
    const field = fc.constantFrom(
      'executionMessages',
      'errors',
      'title',
      'detail',
      'message',
      'msg',
      'errorCode',
      'traceId'
    )
    const body = fc.oneof(
      fc.string(),
      fc.string().map((text) => `<${text}`),
      fc.json(),
      fc.dictionary(field, fc.jsonValue()).map((value) => JSON.stringify(value)),
      fc.dictionary(field, fc.array(fc.dictionary(field, fc.jsonValue()))).map((value) => JSON.stringify(value))
    )
    check(
      fc.property(body, (text) =>
        [...words(text, asIs), ...traceIds(text)].every((each) => typeof each === 'string' && each.trim() !== '')
      ),
      500
    )
  })
})

describe('Problems: parse', () => {
  const table: ReadonlyArray<readonly [body: string, expected: E.Either<string, unknown>]> = [
    ['{"a":[1,null]}', E.right({ a: [1, null] })],
    ['"a"', E.right('a')],
    ['1', E.right(1)],
    ['null', E.right(null)],
    ['', E.left('expected JSON, got an empty body')],
    [' \n', E.left('expected JSON, got an empty body')],
    ['<html>', E.left('expected JSON, got HTML or XML')],
    ['\n <?xml version="1.0"?>', E.left('expected JSON, got HTML or XML')],
    ['{"password":"hunter2"', E.left('expected JSON, got something else')],
    ['hunter2', E.left('expected JSON, got something else')]
  ]
  for (const [body, expected] of table) {
    it(JSON.stringify(body), () => assert.deepStrictEqual(parse(body), expected))
  }

  it('reads back any JSON, and answers any other text with one of three sentences', () => {
    check(
      fc.property(fc.json(), (text) => {
        assert.deepStrictEqual(parse(text), E.right(JSON.parse(text)))
      })
    )
    check(
      fc.property(fc.string(), (text) => {
        const result = parse(text)
        return E.isRight(result) || /^expected JSON, got (an empty body|HTML or XML|something else)$/.test(result.left)
      })
    )
  })
})
