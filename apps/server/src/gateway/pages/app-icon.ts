import { reservedPrefix } from '../return-path.ts'
import { type Html, html } from './html.ts'

export const iconPath = `${reservedPrefix}icon`
const hues = 8

/** The app's icon, or two letters on a colour from its title. It says nothing that the title does not. */
export function appIcon(app: { title: string; hasIcon: boolean }): Html {
  if (app.hasIcon) return html`<img class="icon" src="${iconPath}" alt="" width="56" height="56">`
  return html`<span class="icon hue-${hueOf(app.title)}" aria-hidden="true">${lettersOf(app.title)}</span>`
}

function lettersOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? []
  const letters =
    words.length > 1 ? [...words[0]!][0]! + [...words[1]!][0]! : [...(words[0] ?? '')].slice(0, 2).join('')
  return letters.toUpperCase()
}

function hueOf(title: string): number {
  let sum = 0
  for (const character of title) sum = (sum * 31 + character.codePointAt(0)!) % 65_521
  return sum % hues
}
