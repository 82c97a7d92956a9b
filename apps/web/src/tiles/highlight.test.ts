import { searchWords } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { highlight } from './highlight.ts'

const shown = (text: string, search: string, alike: string[] = []) =>
  highlight(text, { words: searchWords(search), alike })
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join('')

it('marks the beginnings of words, whatever their case and accents', () => {
  expect(shown('Sales forecast, for resale', 'FORE sale')).toBe('[Sale]s [fore]cast, for resale')
  expect(shown('Über uns', 'ub')).toBe('[Üb]er uns')
})

it('marks a whole word that is written alike, or in which letters cannot be told apart', () => {
  expect(shown('The dashboard', 'dashbord', ['dashboard'])).toBe('The [dashboard]')
  expect(shown('Größe', 'gros')).toBe('[Größe]')
})

it('keeps every letter of the text', () => {
  for (const text of ['', '—', 'a', '<b>x</b>', 'שלום עולם'])
    expect(
      highlight(text, { words: ['x', 'a'], alike: [] })
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
})
