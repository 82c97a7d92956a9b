import { describe, expect, it } from 'vitest'
import { contrast } from './contrast.ts'
import { dark, light } from './palettes.ts'
import { tagColours } from './tag-colours.ts'

const steps = ['00', '33', '66', '99', 'cc', 'ff']
const everyColour = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))

describe.each([
  ['light', light],
  ['dark', dark],
])('a tag in the %s theme', (_, colours) => {
  it('is readable in whatever colour', () => {
    const unreadable = everyColour.filter((color) => {
      const { text, background } = tagColours(color, colours)
      return contrast(text, background) < 4.5
    })
    expect(unreadable).toEqual([])
  })
})

it('keeps a colour that is readable as it is', () => {
  expect(tagColours('#0b6a6e', light).text).toBe('#0b6a6e')
  expect(tagColours('#85d8d9', dark).text).toBe('#85d8d9')
})
