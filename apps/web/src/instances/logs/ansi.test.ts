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

it('drops what it does not show: 256 colours, cursor moves, titles, lone control characters', () => {
  const line = `${esc}[38;5;196mx${esc}[2K${esc}]0;title\u0007y\u0008z${esc}[?25l`
  expect(segmentsOf(line).map(({ text }) => text)).toEqual(['x', 'yz'])
  expect(plainText(line)).toBe('xyz')
})
