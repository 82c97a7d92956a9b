import { expect, it } from 'vitest'
import { quotesOf, redact } from './redact.ts'

const without = (value: string, text: string) => redact(text, quotesOf(value))

it('takes a value out of a message, in whichever form it is quoted', () => {
  expect(without('p"ss wörd', 'login with p"ss wörd failed')).toBe('login with ••• failed')
  expect(without('p"ss wörd', String.raw`{"password": "p\"ss wörd"}`)).toBe('{"password": "•••"}')
  expect(without('p"ss wörd', 'https://me:p%22ss%20w%C3%B6rd@host')).toBe('https://me:•••@host')
  expect(without('first line\nsecond line\n', 'bad key: second line')).toBe('bad key: •••')
})

it('takes out the longer one of two that overlap', () => {
  expect(redact('hunter2hunter2', [...quotesOf('hunter2'), ...quotesOf('hunter2hunter2')])).toBe('•••')
})

it('takes out the part of a long value that a cut message still holds', () => {
  const value = Array.from({ length: 40 }, (_, index) => `part${index}-`).join('')
  expect(without(value, `token=${value.slice(0, 128)}`)).toBe('token=••••••')
})

it('leaves words alone that are as good as no secret', () => {
  expect(without('on', 'the app is on its way')).toBe('the app is on its way')
})
