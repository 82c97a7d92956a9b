/** Red, green and blue of `#rrggbb`, 0 to 255. */
export type Rgb = readonly [number, number, number]

export function rgbOf(hex: string): Rgb {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return [r, g, b]
}

export function hexOf(colour: Rgb): string {
  return `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}

/** So much of `one` in `other`, 0 to 1. */
export function mix(one: string, other: string, share: number): string {
  const over = rgbOf(other)
  const [r, g, b] = rgbOf(one).map((channel, at) => channel * share + (over[at] ?? 0) * (1 - share))
  return hexOf([r ?? 0, g ?? 0, b ?? 0])
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = rgbOf(hex)
    .map((channel) => channel / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** From 1 to 21, as WCAG 2.2 defines it; text is readable from 4.5 on. */
export function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (bright + 0.05) / (dim + 0.05)
}
