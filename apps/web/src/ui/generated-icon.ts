/** FNV-1a: the same name gives the same number everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}

/**
 * What stands for an app without an icon: one or two letters of its title, and a hue from its name, so that all versions
 * look alike.
 */
export function generatedIcon(app: { name: string; title: string }): { letters: string; hue: number } {
  const words = app.title.match(/[\p{L}\p{N}]+/gu) ?? app.name.match(/[\p{L}\p{N}]+/gu) ?? ['?']
  const [first = '?', second] = words
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  return { letters: letters.join('').toLocaleUpperCase(), hue: hash(app.name) % 360 }
}
