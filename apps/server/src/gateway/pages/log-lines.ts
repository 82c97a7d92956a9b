import { stripVTControlCharacters } from 'node:util'
import { type Html, html } from './html.ts'

/** The end of an instance's log, as much as it is worth reading on a page. */
export const logLines = 50
const lineLength = 2_000

/** A line of a log as text: without the colours meant for a terminal, and not without end. */
export function plainLine(line: string): string {
  const text = stripVTControlCharacters(line).trimEnd()
  return text.length > lineLength ? `${text.slice(0, lineLength)} …` : text
}

export function logText(lines: string[]): string {
  return lines.map(plainLine).join('\n')
}

export function logBlock(lines: string[]): Html {
  return html`<pre id="log" class="log" tabindex="0" aria-label="Last lines of the log">${logText(lines)}</pre>`
}
