import { type CSSProperties, Fragment, memo } from 'react'
import { readableShade } from '../../theme/readable-shade.ts'
import { useColours } from '../../theme/ThemeRoot.tsx'
import { type AnsiColour, type Colour, type Segment, segmentsOf } from './ansi.ts'
import styles from './LogLine.module.css'
import { levelOf } from './log-level.ts'

interface LogLineProps {
  line: string
  /** Lower-case; marked where it occurs; empty: nothing is. */
  searched: string
  isCurrent: boolean
  wraps: boolean
}

/** The eight where they are laid under text. */
const backgrounds: Record<AnsiColour, string> = {
  black: '#000000',
  red: '#a4262c',
  green: '#0b6a0b',
  yellow: '#8a6d00',
  blue: '#0f548c',
  magenta: '#881798',
  cyan: '#005b70',
  white: '#d2d0ce',
}

function marked(text: string, searched: string) {
  if (!searched) return text
  const lower = text.toLowerCase()
  const parts = []
  let end = 0
  for (let at = lower.indexOf(searched); at !== -1; at = lower.indexOf(searched, end)) {
    parts.push(
      <Fragment key={at}>
        {text.slice(end, at)}
        <mark>{text.slice(at, at + searched.length)}</mark>
      </Fragment>,
    )
    end = at + searched.length
  }
  return [...parts, text.slice(end)]
}

function isNamed(colour: Colour): colour is AnsiColour {
  return colour in backgrounds
}

function hexOf(colour: Colour): string {
  return isNamed(colour) ? backgrounds[colour] : colour
}

/** What no class of the style sheet can say: a colour of the writer's own, made readable, and one laid under the text. */
function styleOf({ colour, background }: Segment, surface: string): CSSProperties | undefined {
  if (!background && (!colour || isNamed(colour))) return undefined
  const under = background ? hexOf(background) : surface
  return {
    ...(background && { background: under }),
    color: readableShade(colour ? hexOf(colour) : '#ffffff', under),
  }
}

/** One line in its own colours, or where it has none, in that of its level. */
export const LogLine = memo(function LogLine({ line, searched, isCurrent, wraps }: LogLineProps) {
  const { tones } = useColours()
  const segments = segmentsOf(line)
  const isColoured = segments.some(({ colour }) => colour)
  const level = isColoured ? undefined : levelOf(line)
  const classes = [wraps ? styles.wrapped : styles.line, level && styles[level], isCurrent && styles.current]
  return (
    <div className={classes.filter(Boolean).join(' ')}>
      {segments.map((segment, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a line never change
          key={index}
          className={lookOf(segment)}
          style={styleOf(segment, tones.surface)}
        >
          {marked(segment.text, searched)}
        </span>
      ))}
    </div>
  )
})

function lookOf({ colour, isBold, isUnderlined }: Segment): string | undefined {
  const classes = [
    colour && isNamed(colour) && styles[colour],
    isBold && styles.bold,
    isUnderlined && styles.underlined,
  ]
  return classes.filter(Boolean).join(' ') || undefined
}
