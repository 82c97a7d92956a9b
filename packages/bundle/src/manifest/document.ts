import { parse, TomlError } from 'smol-toml'
import { type Place, type Problem, problemError, problemWarning } from '../problem.ts'
import { didYouMean } from './did-you-mean.ts'
import { manifestKeys, type TableName } from './manifest.ts'
import { indexTomlPositions, type TomlPath, type TomlPositions } from './toml-positions.ts'

export const manifestEntry = 'app.toml'

/** One value of a table; `key` is spelled as the rules spell it. */
export interface Field {
  value: unknown
  place: Place
}

/** One table, whatever case its name and keys are written in. */
export interface Section {
  fields: Map<string, Field>
  place: Place
}

export interface ManifestDocument {
  App?: Section
  Runtime?: Section
  Link?: Section
  Env: Section[]
  File: Section[]
}

interface Found {
  value: unknown
  path: TomlPath
  offset: number
}

const tableNames = Object.keys(manifestKeys) as TableName[]
const listTables: readonly TableName[] = ['Env', 'File']

/** Reads TOML into the tables that are known, keys matched whatever their case; undefined when it is no TOML. */
export function readDocument(text: string, problems: Problem[]): ManifestDocument | undefined {
  const root = parseToml(text, problems)
  if (!root) return undefined
  const positions = indexTomlPositions(text)
  const found = new Map<TableName, Found[]>()
  for (const [key, value] of Object.entries(root)) {
    const name = tableNames.find((table) => table.toLowerCase() === key.toLowerCase())
    const item: Found = { value, path: [key], offset: positions.find([key])?.offset ?? 0 }
    if (name) found.set(name, [...(found.get(name) ?? []), item])
    else problems.push(unknownAtRoot(shortKey(key), value, placeOf(positions, [key])))
  }
  const reader = new SectionBuilder(positions, problems)
  const document: ManifestDocument = { Env: [], File: [] }
  for (const [name, items] of found) {
    if (name === 'Env' || name === 'File') document[name] = reader.list(name, items)
    else document[name] = reader.single(name, items)
  }
  return document
}

function parseToml(text: string, problems: Problem[]): Record<string, unknown> | undefined {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded', maxDepth: 50 })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const place: Place = { entry: manifestEntry, line: error.line, column: error.column }
    const line = text.split('\n')[error.line - 1] ?? ''
    if (line.includes('{{') && line.includes('}}')) {
      problems.push(
        problemError('placeholder', 'A template placeholder stands here: fill it in before you bundle the app.', place),
      )
      return undefined
    }
    const reason = error.message.split('\n', 1)[0]!.replace('Invalid TOML document: ', '')
    problems.push(
      problemError('toml_syntax', `This is not TOML: ${reason}. Nothing behind this line was looked at.`, place),
    )
    return undefined
  }
}

function unknownAtRoot(key: string, value: unknown, place: Place): Problem {
  if (isTable(value) || (Array.isArray(value) && value.length > 0 && value.every(isTable))) {
    const near = didYouMean(key, tableNames)
    const hint = near ? ` Did you mean [${near}]?` : ' It is left alone.'
    return problemWarning('unknown_table', `There is no table [${key}].${hint}`, { ...place, table: key })
  }
  const owner = tableNames.find((table) =>
    manifestKeys[table].some((known) => known.toLowerCase() === key.toLowerCase()),
  )
  const hint = owner ? ` Put it below ${header(owner)}.` : ' It is left alone.'
  return problemWarning('unknown_key', `${key} stands outside of any table.${hint}`, { ...place, key })
}

class SectionBuilder {
  private readonly positions: TomlPositions
  private readonly problems: Problem[]

  constructor(positions: TomlPositions, problems: Problem[]) {
    this.positions = positions
    this.problems = problems
  }

  /** A table that stands once; written in two spellings it is one table all the same. */
  single(name: TableName, items: Found[]): Section {
    const tables: Found[] = []
    for (const item of items) {
      if (isTable(item.value)) tables.push(item)
      else this.wrongType(name, item, `[${name}] is one table: write [${name}], once.`)
    }
    const first = tables[0] ?? items[0]!
    return this.section(name, tables, placeOf(this.positions, first.path))
  }

  /** A table that is repeated, in file order whatever the spellings. */
  list(name: TableName, items: Found[]): Section[] {
    const tables: Found[] = []
    for (const item of items) {
      const elements = Array.isArray(item.value) ? item.value : [item.value]
      if (!Array.isArray(item.value) && isTable(item.value)) {
        this.wrongType(name, item, `[${name}] is a list of tables: write [[${name}]] with two brackets.`)
      }
      elements.forEach((value, index) => {
        const path = Array.isArray(item.value) ? [...item.path, index] : item.path
        const element = { value, path, offset: this.positions.find(path)?.offset ?? item.offset }
        if (isTable(value)) tables.push(element)
        else this.wrongType(name, element, `${name} is a list of tables: write [[${name}]] and its keys below it.`)
      })
    }
    tables.sort((a, b) => a.offset - b.offset)
    return tables.map((table) => this.section(name, [table], placeOf(this.positions, table.path)))
  }

  private section(name: TableName, tables: Found[], at: Place): Section {
    const fields = new Map<string, Field>()
    const entries = tables
      .flatMap((table) => Object.entries(table.value as object).map(([key, value]) => ({ key, value, table })))
      .map(({ key, value, table }) => ({ key, value, position: this.positions.find([...table.path, key]) }))
      .sort((a, b) => (a.position?.offset ?? 0) - (b.position?.offset ?? 0))
    for (const { key, value, position } of entries) {
      const place = { ...at, table: name, key, ...(position && { line: position.line, column: position.column }) }
      const known = manifestKeys[name].find((candidate) => candidate.toLowerCase() === key.toLowerCase())
      if (!known) {
        this.problems.push(unknownKey(name, shortKey(key), { ...place, key: shortKey(key) }))
        continue
      }
      if (fields.has(known)) {
        const message = `${known} is given twice in one table; this, the later one, is used. Remove one of them.`
        this.problems.push(problemWarning('duplicate_key', message, { ...place, key: known }))
      }
      fields.set(known, { value, place: { ...place, key: known } })
    }
    return { fields, place: { ...at, table: name } }
  }

  private wrongType(name: TableName, item: Found, message: string): void {
    this.problems.push(problemError('wrong_type', message, { ...placeOf(this.positions, item.path), table: name }))
  }
}

function unknownKey(table: TableName, key: string, place: Place): Problem {
  const isSame = (candidate: string) => candidate.toLowerCase() === key.toLowerCase()
  const owner = tableNames.find((name) => manifestKeys[name].some(isSame))
  const near = didYouMean(key, manifestKeys[table])
  const hint = near ? ` Did you mean ${near}?` : owner ? ` It belongs below ${header(owner)}.` : ' It is left alone.'
  return problemWarning('unknown_key', `[${table}] has no key ${key}.${hint}`, place)
}

/** Unknown keys can be of any length; a report need not be. */
function shortKey(key: string): string {
  return key.length > 80 ? `${key.slice(0, 80)}…` : key
}

function header(table: TableName): string {
  return listTables.includes(table) ? `[[${table}]]` : `[${table}]`
}

function placeOf(positions: TomlPositions, path: TomlPath): Place {
  const position = positions.find(path)
  return { entry: manifestEntry, ...(position && { line: position.line, column: position.column }) }
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
