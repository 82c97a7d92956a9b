import { contrast, mix } from './contrast.ts'
import type { Colours } from './palettes.ts'

const readable = 4.5

/**
 * Colours of a chip that wears a tag's: a tint of it, and the nearest shade of it that is readable there.
 *
 * @param color of the tag, `#rrggbb`
 */
export function tagColours(
  color: string,
  { isDark, tones }: Colours,
): { text: string; background: string; edge: string } {
  const background = mix(color, tones.surface, isDark ? 0.24 : 0.14)
  const edge = mix(color, tones.surface, 0.5)
  const end = isDark ? '#ffffff' : '#000000'
  for (let share = 1; share > 0; share -= 0.05) {
    const text = mix(color, end, share)
    if (contrast(text, background) >= readable) return { text, background, edge }
  }
  return { text: end, background, edge }
}
