import { type Place, type Problem, type ProblemCode, problemError, problemWarning } from '../problem.ts'
import type { Section } from './document.ts'
import { parseQuantity, type Quantity } from './quantity.ts'

/** Takes typed values out of one table and says what is wrong with the others. */
export class SectionReader {
  readonly section: Section
  private readonly problems: Problem[]

  constructor(section: Section, problems: Problem[]) {
    this.section = section
    this.problems = problems
  }

  has(key: string): boolean {
    return this.section.fields.has(key)
  }

  place(key: string): Place {
    return this.section.fields.get(key)?.place ?? { ...this.section.place, key }
  }

  error(code: ProblemCode, key: string, message: string): void {
    this.problems.push(problemError(code, message, this.place(key)))
  }

  warning(code: ProblemCode, key: string, message: string): void {
    this.problems.push(problemWarning(code, message, this.place(key)))
  }

  /** The text, empty included; undefined when there is none or it is of another type. */
  text(key: string): string | undefined {
    const value = this.value(key)
    if (value === undefined || typeof value === 'string') return value
    this.error('wrong_type', key, `${key} is a text: write it in quotes, such as ${key} = ${quoted(value)}.`)
    return undefined
  }

  /** As `text`; an empty one counts as not given, as the guide's tables have it. */
  nonEmpty(key: string): string | undefined {
    const text = this.text(key)
    return text === '' ? undefined : text
  }

  texts(key: string): string[] {
    const value = this.value(key)
    if (value === undefined) return []
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    this.error('wrong_type', key, `${key} is a list of texts: write ${key} = ["one", "two"].`)
    return []
  }

  boolean(key: string): boolean {
    const value = this.value(key)
    if (typeof value === 'boolean') return value
    if (value !== undefined) this.error('wrong_type', key, `${key} is true or false, written without quotes.`)
    return false
  }

  /** A whole number within the bounds. */
  integer(key: string, bounds: { min: number; max: number }): number | undefined {
    const value = this.value(key)
    if (value === undefined) return undefined
    if (typeof value === 'string' || !(typeof value === 'bigint' || Number.isInteger(value))) {
      this.error('wrong_type', key, `${key} is a whole number, written without quotes: ${key} = ${bounds.min || 1}.`)
      return undefined
    }
    const number = Number(value)
    if (number >= bounds.min && number <= bounds.max) return number
    this.error('bad_value', key, `${key} is ${value}; it must be a number from ${bounds.min} to ${bounds.max}.`)
    return undefined
  }

  /** One of the values, whatever its case; the default where it is not given or wrong. */
  oneOf<T extends string>(key: string, values: readonly T[], fallback: T): T {
    const text = this.nonEmpty(key)
    if (text === undefined) return fallback
    const found = values.find((value) => value.toLowerCase() === text.trim().toLowerCase())
    if (found) return found
    this.error('bad_value', key, `${key} is ${quoted(text)}; write ${listed(values.map(quoted))}.`)
    return fallback
  }

  /** A Kubernetes quantity; bare numbers are taken as they are. */
  quantity(key: string, example: string): Quantity | undefined {
    const value = this.value(key)
    if (value === undefined || value === '') return undefined
    const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value
    if (typeof text !== 'string') {
      this.error('wrong_type', key, `${key} is a quantity: write ${key} = "${example}".`)
      return undefined
    }
    const quantity = parseQuantity(text.trim())
    if (!quantity) this.error('bad_value', key, `${quoted(text)} is not a quantity: write ${key} = "${example}".`)
    return quantity
  }

  private value(key: string): unknown {
    return this.section.fields.get(key)?.value
  }
}

/** Short enough to stand in a sentence. */
export function quoted(value: unknown): string {
  const text = String(value)
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return JSON.stringify(short)
}

export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`
}
