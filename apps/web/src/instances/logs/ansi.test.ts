import { expect, it } from 'vitest'
import { plainText, segmentsOf } from './ansi.ts'

const esc = '\u001b'

it('leaves a line without sequences as it is', () => {
  expect(segmentsOf('INFO ready\t[ok]')).toEqual([{ text: 'INFO ready\t[ok]' }])
})

it('colours until the reset', () => {
  expect(segmentsOf(`a ${esc}[31;1mred${esc}[0m b ${esc}[92mgreen`)).toEqual([
    { text: 'a ' },
    { text: 'red', colour: 'red', isBold: true },
    { text: ' b ' },
    { text: 'green', colour: 'green' },
  ])
})

it.each([
  ['one of 256, named', '38;5;9', { colour: 'red' }],
  ['one of 256, of the cube', '38;5;208', { colour: '#ff8700' }],
  ['one of 256, a grey', '48;5;240', { background: '#585858' }],
  ['a true colour', '38;2;10;200;255', { colour: '#0ac8ff' }],
  ['a true colour with colons', '38:2::10:200:255', { colour: '#0ac8ff' }],
  ['colours among other codes', '1;38;5;208;44', { isBold: true, colour: '#ff8700', background: 'blue' }],
  ['a bright background', '101;4', { background: 'red', isUnderlined: true }],
  ['no colour that there is not', '38;5;999', {}],
  ['no colour that is cut off', '38;2;10', {}],
  ['no style injected by a number', '38;2;300;1;1', { colour: '#ff0101' }],
] as const)('reads %s', (_, codes, look) => {
  expect(segmentsOf(`${esc}[${codes}mx`)).toEqual([{ text: 'x', ...look }])
})

it('ends a foreground, a background and bold each by itself', () => {
  const line = `${esc}[1;31;44ma${esc}[39mb${esc}[49mc${esc}[22md`
  expect(segmentsOf(line)).toEqual([
    { text: 'a', isBold: true, colour: 'red', background: 'blue' },
    { text: 'b', isBold: true, background: 'blue' },
    { text: 'c', isBold: true },
    { text: 'd' },
  ])
})

it('drops what it does not show: cursor moves, titles, links, lone control characters', () => {
  const line = `${esc}[3;5mx${esc}[2K${esc}]0;title\u0007y${esc}]8;;javascript:alert(1)${esc}\\\u0008z${esc}[?25l`
  expect(segmentsOf(line).map(({ text }) => text)).toEqual(['x', 'y', 'z'])
  expect(plainText(line)).toBe('xyz')
})
