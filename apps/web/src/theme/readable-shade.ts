import { contrast, mix } from './contrast.ts'

const readable = 4.5
const known = new Map<string, string>()
const mostKnown = 2_000

/**
 * The nearest shade of a colour that is readable on another, both `#rrggbb`: towards white or black, whichever the
 * background is farther from.
 */
export function readableShade(color: string, background: string): string {
  const key = `${color}${background}`
  const before = known.get(key)
  if (before) return before
  if (known.size > mostKnown) known.clear()
  const shade = findShade(color, background)
  known.set(key, shade)
  return shade
}

function findShade(color: string, background: string): string {
  const end = contrast('#ffffff', background) >= contrast('#000000', background) ? '#ffffff' : '#000000'
  for (let share = 1; share > 0; share -= 0.05) {
    const shade = mix(color, end, share)
    if (contrast(shade, background) >= readable) return shade
  }
  return end
}
