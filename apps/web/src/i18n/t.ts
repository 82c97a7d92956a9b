/**
 * The words of the page in the reader's language. The English ones stand in the source, where they are read; they are also
 * the names by which a language's file knows its own (`npm run strings`).
 */
import { readersLanguage } from './readers-language.ts'

type Plural = Partial<Record<Intl.LDMLPluralRule, string>>
/** By the English text, or the plural of it, what stands for it. */
export type Messages = Record<string, string | Plural>
/** Nothing is written for what is not there. */
export type Values = Record<string, string | number | false | null | undefined>

// Whoever says something waits for the words.
const { tag, messages } = await readersLanguage()
const rules = new Intl.PluralRules(tag)
if (typeof document !== 'undefined') document.documentElement.lang = tag

/** The language of texts, and of numbers, ages and lists in them. */
export const language = tag

/** @param text English, with `{names}` of the values in it */
export function t(text: string, values: Values = {}): string {
  const message = messages[text]
  return fill(typeof message === 'string' ? message : text, values)
}

/**
 * By the count, as the language has it.
 *
 * @param shown what stands for `{count}` in it
 */
export function plural(count: number, shown: string, one: string, other: string): string {
  const message = messages[other] ?? { one, other }
  const forms: Plural = typeof message === 'string' ? { other: message } : message
  return fill(forms[rules.select(count)] ?? forms.other ?? other, { count: shown })
}

function fill(message: string, values: Values): string {
  return message.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    return name in values ? (value || value === 0 ? String(value) : '') : place
  })
}
