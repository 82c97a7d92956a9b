import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { T } from './T.tsx'
import { plural, t } from './t.ts'

it('puts values in their places, and nothing for what is not there', () => {
  expect(t('{title} {version}{more}.', { title: 'Hello', version: '1.0.0', more: false })).toBe('Hello 1.0.0.')
  expect(t('{count} of {total}', { count: 0, total: 3 })).toBe('0 of 3')
  expect(t('a {brace} that is no place')).toBe('a {brace} that is no place')
})

it('leaves alone what a value holds', () => {
  expect(t('by {name}', { name: '{version} <0>x</0>' })).toBe('by {version} <0>x</0>')
})

it('counts as the language does', () => {
  expect([0, 1, 2].map((count) => plural(count, String(count), '{count} app', '{count} apps'))).toEqual([
    '0 apps',
    '1 app',
    '2 apps',
  ])
})

it('lays parts out where the sentence has them', () => {
  const sentence = (
    <T
      text="See <0>the page of {title}</0>, or <1/>."
      values={{ title: 'Hello' }}
      parts={{ 0: <i />, 1: <b>ask</b> }}
    />
  )
  expect(renderToStaticMarkup(sentence)).toBe('See <i>the page of Hello</i>, or <b>ask</b>.')
})
