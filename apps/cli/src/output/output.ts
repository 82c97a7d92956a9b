import { align } from './table.ts'

export const outputFormats = ['text', 'json', 'yaml'] as const
export type OutputFormat = (typeof outputFormats)[number]

/** A heading or label, and what stands there of a thing. */
export type Columns<T> = readonly (readonly [label: string, cell: (thing: T) => string])[]

/** Results, in the form that was asked for. What scripts read in JSON and YAML is what the API says. */
export class Output {
  readonly #stdout: NodeJS.WritableStream
  readonly #format: () => OutputFormat

  constructor(stdout: NodeJS.WritableStream, format: () => OutputFormat) {
    this.#stdout = stdout
    this.#format = format
  }

  /** Several things: a line each, below an upper-case heading. */
  async list<T>(columns: Columns<T>, things: readonly T[], data: unknown = things): Promise<void> {
    await this.data(data, () =>
      align([columns.map(([label]) => label), ...things.map((thing) => columns.map(([, cell]) => cell(thing)))]),
    )
  }

  /** One thing: a line for each label. */
  async object<T>(fields: Columns<T>, thing: T, data: unknown = thing): Promise<void> {
    await this.data(data, () => align(fields.map(([label, cell]) => [label, cell(thing)])))
  }

  /** @param text what is printed where nothing else was asked for, its line ends included */
  async data(data: unknown, text: () => string): Promise<void> {
    const format = this.#format()
    if (format === 'text') return this.write(text())
    if (format === 'json') return this.write(`${JSON.stringify(data, null, 2)}\n`)
    const { stringify } = await import('yaml')
    await this.write(stringify(data, { lineWidth: 0 }))
  }

  /** As it is; done when there is room for more. */
  async write(text: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#stdout.write(text, (error) => (error ? reject(error) : resolve()))
    })
  }
}
