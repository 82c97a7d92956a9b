/** Colours to choose from, by their names; any other can be typed. Data of the tag, not colours of the theme. */
export const tagPalette = [
  { name: 'Slate', color: '#5c6b73' },
  { name: 'Teal', color: '#0b7a75' },
  { name: 'Green', color: '#3a8f3a' },
  { name: 'Olive', color: '#8a8a1f' },
  { name: 'Amber', color: '#c77700' },
  { name: 'Red', color: '#c0392b' },
  { name: 'Pink', color: '#c2337f' },
  { name: 'Violet', color: '#7e4bc4' },
  { name: 'Blue', color: '#2463c4' },
  { name: 'Cyan', color: '#1583a8' },
] as const
