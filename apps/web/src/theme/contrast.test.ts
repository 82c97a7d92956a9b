import { describe, expect, it } from 'vitest'
import { contrast } from './contrast.ts'
import { type Colours, dark, light } from './palettes.ts'

function pairs({ palette, tones }: Colours): [string, string | undefined, string | undefined][] {
  return [
    ['text on surface', palette.neutralPrimary, tones.surface],
    ['text on canvas', palette.neutralPrimary, tones.canvas],
    ['subtle text on surface', palette.neutralSecondary, tones.surface],
    ['subtle text on canvas', palette.neutralSecondary, tones.canvas],
    ['subtle text on a hovered row', palette.neutralSecondary, palette.neutralLighter],
    ['link on surface', palette.themePrimary, tones.surface],
    ['link on canvas', palette.themePrimary, tones.canvas],
    ['text of a primary button', palette.white, palette.themePrimary],
    ['chosen entry on its background', palette.themeDark, palette.themeLighter],
    ...(['success', 'warning', 'danger', 'info'] as const).flatMap((tone): [string, string, string][] => [
      [`${tone} on surface`, tones[tone], tones.surface],
      [`${tone} on its soft background`, tones[tone], tones[`${tone}Soft`]],
    ]),
  ]
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_, colours) => {
  it.each(pairs(colours))('keeps %s readable', (_name, text, background) => {
    expect(contrast(text ?? '', background ?? '')).toBeGreaterThanOrEqual(4.5)
  })

  it('keeps the edge of an input visible', () => {
    expect(contrast(colours.palette.neutralTertiary ?? '', colours.tones.surface)).toBeGreaterThanOrEqual(3)
  })
})
