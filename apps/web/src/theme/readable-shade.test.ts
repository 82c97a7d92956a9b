import { expect, it } from 'vitest'
import { contrast } from './contrast.ts'
import { dark, light } from './palettes.ts'
import { readableShade } from './readable-shade.ts'

const steps = ['00', '66', '99', 'ff']
const colours = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))

it('makes every colour readable on every other, and on both themes', () => {
  const unreadable = [...colours, dark.tones.surface, light.tones.surface].flatMap((background) =>
    colours.filter((color) => contrast(readableShade(color, background), background) < 4.5),
  )
  expect(unreadable).toEqual([])
})

it('keeps a colour that is readable as it is', () => {
  expect(readableShade('#0b6a6e', '#ffffff')).toBe('#0b6a6e')
})
