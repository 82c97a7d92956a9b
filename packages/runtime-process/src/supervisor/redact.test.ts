import { expect, it } from 'vitest'
import { redact } from './redact.ts'

it.each([
  ['as it is', 'hunter2!', "KeyError: 'hunter2!'.", "KeyError: '[secret]'."],
  ['more than once', 'hunter2!', 'hunter2! is not hunter2!', '[secret] is not [secret]'],
  ['with a backslash, as Python quotes it', 'a\\b', String.raw`KeyError: 'a\\b'`, "KeyError: '[secret]'"],
  ['with both quotes', `it's "so"`, String.raw`KeyError: 'it\'s "so"'`, "KeyError: '[secret]'"],
  ['as JSON quotes it', 'say "so"', String.raw`bad: {"key": "say \"so\""}`, 'bad: {"key": "[secret]"}'],
  ['of two lines, by one of them', 'first-line\nsecond-line', 'line second-line is bad', 'line [secret] is bad'],
  ['of two lines, made one', 'ab\ncd', 'value ab cd is bad', 'value [secret] is bad'],
  ['cut off by an ellipsis', 'hunter2-and-more', 'value: hunter2 ….', 'value: [secret] ….'],
  ['cut off at the end', 'hunter2-and-more', 'value: hunter2-and', 'value: [secret]'],
])('blanks a value %s', (_how, value, message, expected) => {
  expect(redact(message, [value])).toBe(expected)
})

it('blanks the longer of two values that begin alike', () => {
  expect(redact('x is abcdef', ['abc', 'abcdef'])).toBe('x is [secret]')
})

it('leaves a message alone that quotes nothing, and values that are empty', () => {
  expect(redact('The module app ended with exit code 1.', ['', ' ', 'hunter2'])).toBe(
    'The module app ended with exit code 1.',
  )
})
