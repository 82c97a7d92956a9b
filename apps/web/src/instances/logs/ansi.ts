export const ansiColours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const
export type AnsiColour = (typeof ansiColours)[number]
/** One of the eight, whose shade is the theme's, or a colour of the writer's own as `#rrggbb`. */
export type Colour = AnsiColour | `#${string}`

interface Look {
  colour?: Colour
  background?: Colour
  isBold?: boolean
  isUnderlined?: boolean
}

export interface Segment extends Look {
  text: string
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const sequence = /\u001b(?:\[([0-9;:?<=>]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is left of them must not reach the page
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: most lines hold none, and are plain as they are
const anyControl = /[\u0000-\u0008\u000b-\u001f\u007f]/

/** A line without its escape sequences. */
export function plainText(line: string): string {
  return anyControl.test(line) ? line.replaceAll(sequence, '').replaceAll(controls, '') : line
}

function hex(...channels: number[]): Colour {
  return `#${channels.map((channel) => Math.min(255, channel).toString(16).padStart(2, '0')).join('')}`
}

/** One of xterm's 256: 16 named ones, a cube of 6 × 6 × 6, 24 greys. */
function indexed(index: number): Colour | undefined {
  if (!(index >= 0 && index < 256)) return undefined
  if (index < 16) return ansiColours[index % 8]
  if (index >= 232) return hex(...Array<number>(3).fill(8 + (index - 232) * 10))
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
  const cube = index - 16
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
}

/** The colour that begins behind a 38 or 48, and how many codes it takes. */
function extended([kind, ...rest]: number[]): { colour: Colour | undefined; length: number } {
  if (kind === 5) return { colour: indexed(rest[0] ?? -1), length: 2 }
  const channels = rest.slice(0, 3)
  if (kind === 2 && channels.length === 3) return { colour: hex(...channels.map((one) => one || 0)), length: 4 }
  return { colour: undefined, length: Number.POSITIVE_INFINITY }
}

/** Colons separate the parts of one colour, and may leave a place empty for its colour space. */
function codesOf(parameters: string): number[] {
  return (parameters || '0')
    .replaceAll(/([34]8:2):[^:;]*:(\d*:\d*:\d*)/g, '$1:$2')
    .split(/[;:]/)
    .map(Number)
}

/** The look after a “select graphic rendition” sequence; what is none of ours to show, such as blinking, is passed over. */
function render(before: Look, parameters: string): Look {
  const look = { ...before }
  const codes = codesOf(parameters)
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0
    if (code === 38 || code === 48) {
      const { colour, length } = extended(codes.slice(at + 1))
      if (colour) look[code === 38 ? 'colour' : 'background'] = colour
      at += length
    } else apply(look, code)
  }
  return look
}

function apply(look: Look, code: number): void {
  const named = ansiColours[code % 10]
  if (code === 0) for (const key of ['colour', 'background', 'isBold', 'isUnderlined'] as const) delete look[key]
  else if (code === 1) look.isBold = true
  else if (code === 22) delete look.isBold
  else if (code === 4) look.isUnderlined = true
  else if (code === 24) delete look.isUnderlined
  else if (code === 39) delete look.colour
  else if (code === 49) delete look.background
  else if (named && [3, 9].includes(Math.floor(code / 10))) look.colour = named
  else if (named && [4, 10].includes(Math.floor(code / 10))) look.background = named
}

/** A line cut into runs of one look: colours, bold, underlined; every other sequence is dropped. */
export function segmentsOf(line: string): Segment[] {
  const segments: Segment[] = []
  let look: Look = {}
  let end = 0
  const push = (raw: string) => {
    const text = raw.replaceAll(controls, '')
    if (text) segments.push({ text, ...look })
  }
  for (const match of line.matchAll(sequence)) {
    push(line.slice(end, match.index))
    end = match.index + match[0].length
    if (match[2] === 'm') look = render(look, match[1] ?? '')
  }
  push(line.slice(end))
  return segments
}
