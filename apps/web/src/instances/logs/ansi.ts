export const ansiColours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const
export type AnsiColour = (typeof ansiColours)[number]

export interface Segment {
  text: string
  colour?: AnsiColour
  isBold?: boolean
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const sequence = /\u001b(?:\[([0-9;:?<=>]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is left of them must not reach the page
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g

/** A line without its escape sequences. */
export function plainText(line: string): string {
  return line.replaceAll(sequence, '').replaceAll(controls, '')
}

/** The state after a “select graphic rendition” sequence; what is none of ours to show (256 colours, italics) is passed over. */
function render(state: Omit<Segment, 'text'>, parameters: string): Omit<Segment, 'text'> {
  let { colour, isBold } = state
  for (const code of (parameters || '0').split(/[;:]/).map(Number)) {
    if (code === 38 || code === 48) break
    if (code === 0) {
      colour = undefined
      isBold = undefined
    } else if (code === 1) isBold = true
    else if (code === 22) isBold = undefined
    else if (code === 39) colour = undefined
    else if (code >= 30 && code <= 37) colour = ansiColours[code - 30]
    else if (code >= 90 && code <= 97) colour = ansiColours[code - 90]
  }
  return { ...(colour && { colour }), ...(isBold && { isBold }) }
}

/** A line cut into runs of one look: the eight colours and bold; every other sequence is dropped. */
export function segmentsOf(line: string): Segment[] {
  const segments: Segment[] = []
  let state: Omit<Segment, 'text'> = {}
  let end = 0
  const push = (raw: string) => {
    const text = raw.replaceAll(controls, '')
    if (text) segments.push({ text, ...state })
  }
  for (const match of line.matchAll(sequence)) {
    push(line.slice(end, match.index))
    end = match.index + match[0].length
    if (match[2] === 'm') state = render(state, match[1] ?? '')
  }
  push(line.slice(end))
  return segments
}
