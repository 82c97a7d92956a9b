import { expect, it } from 'vitest'
import { parseEnvText } from './parse-env-text.ts'

const parsed = (text: string) => Object.fromEntries(parseEnvText(text).map(({ key, value }) => [key, value]))

it('reads keys and values, with export, blanks, comments and empty values', () => {
  const text =
    '# database\nUSER=dana\nexport HOST = db.example.com # the new one\r\n\nEMPTY=\nnothing here\nURL=a#b=c\n'
  expect(parsed(text)).toEqual({ USER: 'dana', HOST: 'db.example.com', EMPTY: '', URL: 'a#b=c' })
})

it('takes what stands in quotes as it is, over several lines too', () => {
  expect(parsed(`A="two words # both"\nB='$HOME\\n'\nC="one\\ntwo \\"three\\""`)).toEqual({
    A: 'two words # both',
    B: '$HOME\\n',
    C: 'one\ntwo "three"',
  })
  const key = '-----BEGIN KEY-----\nabc=\n-----END KEY-----\n'
  expect(parsed(`KEY="${key}"\nNEXT=1`)).toEqual({ KEY: key, NEXT: '1' })
})

it('keeps a quote that is never closed, and the last of two with one key', () => {
  expect(parsed(`A="half\nB=1\nA=2`)).toEqual({ A: '2', B: '1' })
  expect(parseEnvText('A=1\nB=2\nA=3')).toEqual([
    { key: 'B', value: '2' },
    { key: 'A', value: '3' },
  ])
})
