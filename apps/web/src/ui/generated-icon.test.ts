import { expect, it } from 'vitest'
import { generatedIcon } from './generated-icon.ts'

it.each([
  ['Wave Tour', 'WT'],
  ['churn', 'CH'],
  ['3D (beta)', '3B'],
  ['Überblick über Kunden', 'ÜÜ'],
  ['x', 'X'],
  ['تطبيق جديد', 'تج'],
  ['🚀 launch pad', 'LP'],
])('takes letters of “%s”', (title, letters) => {
  expect(generatedIcon({ name: 'any', title }).letters).toBe(letters)
})

it('falls back to the name, then to a question mark', () => {
  expect(generatedIcon({ name: 'demo-app', title: '***' }).letters).toBe('DA')
  expect(generatedIcon({ name: '---', title: '***' }).letters).toBe('?')
})

it('gives every version of a name the same hue', () => {
  expect(generatedIcon({ name: 'tour', title: 'Tour' }).hue).toBe(generatedIcon({ name: 'tour', title: 'Tour 2' }).hue)
  expect(generatedIcon({ name: 'tour', title: 'Tour' }).hue).not.toBe(
    generatedIcon({ name: 'hello', title: 'Tour' }).hue,
  )
})
