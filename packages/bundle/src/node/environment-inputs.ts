import { createHash, type Hash } from 'node:crypto'
import { parentsOf } from '../archive/check-entries.ts'
import { defaultBundleLimits } from '../archive/limits.ts'
import { requirementsEntry } from '../requirements/check-requirements.ts'
import { decodeRequirements } from '../requirements/decode-requirements.ts'
import { parseRequirements, type RequirementLine } from '../requirements/parse-requirements.ts'
import { BundleFile } from './bundle-file.ts'
import { entryContent } from './entry-content.ts'
import type { NodeEntry, OpenArchive } from './open-archive.ts'
import { readContent } from './read-content.ts'
import { opened } from './read-entry.ts'

export interface EnvironmentInputs {
  /**
   * SHA-256, in hexadecimal, over everything in the bundle that shapes its Python environment; empty when it requires
   * nothing; null when that cannot be known, and the environment must not be shared.
   */
  inputsSha256: string | null
  /** Why it cannot be known, naming file and line. */
  reason?: string
}

/**
 * What a bundle asks of its Python environment: requirements.txt with every file behind `-r`, `-c`, `-e` and relative
 * paths, bundled wheels and source trees by their content. For bundles that were inspected before.
 */
export async function environmentInputs(path: string): Promise<EnvironmentInputs> {
  await using file = await BundleFile.open(path)
  const archive = await opened(file)
  if (!archive.entries.some((entry) => entry.path === requirementsEntry)) return { inputsSha256: '' }
  const collector = new InputCollector(archive)
  try {
    await collector.include(requirementsEntry)
  } catch (error) {
    if (error instanceof Unknowable) return { inputsSha256: null, reason: error.message }
    throw error
  }
  return { inputsSha256: collector.digest() }
}

class Unknowable extends Error {}

/**
 * Control characters, blanks other than plain ones, and continued lines. The installer may read them as something else
 * than we do, so the text as it stands belongs to what is required.
 */
const unusual = /\\(?:[\r\n]|$)|[^\P{C}\t\r\n]|[^\P{Z} ]/u

const sourceOption = /^(?:-i|-f|--index-url|--extra-index-url|--find-links)[= ]\s*[a-z]+:\/\/\S+$/i

/** Of options only those that surely are nothing else: some installers read a requirement behind others on the line. */
function bringsNothing({ kind, text }: RequirementLine): boolean {
  return kind === 'include' || (kind === 'option' && sourceOption.test(text))
}

class InputCollector {
  private readonly archive: OpenArchive
  private readonly hash: Hash = createHash('sha256').update('python environment 1\n')
  private readonly files: ReadonlyMap<string, NodeEntry>
  private readonly paths: ReadonlySet<string>
  private readonly included = new Set<string>()
  private readonly taken = new Set<string>()
  private requiresAnything = false

  constructor(archive: OpenArchive) {
    this.archive = archive
    this.files = new Map(archive.entries.filter(({ kind }) => kind === 'file').map((entry) => [entry.path, entry]))
    this.paths = new Set(archive.entries.flatMap(({ path }) => [path, ...parentsOf(path)]))
  }

  digest(): string {
    return this.requiresAnything ? this.hash.digest('hex') : ''
  }

  /** Takes in a requirements or constraints file; twice the same is once. */
  async include(path: string, isConstraints = false): Promise<void> {
    const key = `${isConstraints}:${path}`
    if (this.included.has(key)) return
    this.included.add(key)
    const text = await this.readText(path)
    const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
    if (unusual.test(text)) this.add('text', text)
    for (const requirement of parseRequirements(text, directory)) {
      this.add('line', `${isConstraints ? 'c' : 'r'} ${requirement.text}`)
      await this.addRequirement(requirement, path, isConstraints)
    }
    this.add('end', path)
  }

  private async addRequirement(requirement: RequirementLine, file: string, isConstraints: boolean): Promise<void> {
    const unknowable = (why: string) => new Unknowable(`${file}, line ${requirement.line}: ${why}`)
    if (!isConstraints && !bringsNothing(requirement)) this.requiresAnything = true
    switch (requirement.kind) {
      case 'package':
      case 'option':
        return
      case 'unclear':
        throw unknowable(requirement.reason)
      case 'remote':
        if (!requirement.isPinned) throw unknowable('what the address gives can change, and no hash or commit pins it')
        return
      case 'include':
        if (!this.find(requirement.path)) throw unknowable(`the bundle has no file ${requirement.path}`)
        await this.include(requirement.path, isConstraints || requirement.isConstraints)
        return
      case 'links':
      case 'local':
        if (!(await this.addContent(requirement.path))) throw unknowable(`the bundle does not hold ${requirement.path}`)
    }
  }

  /**
   * One file; or, for a directory, the whole bundle: what is built from source there may read anything beside it. False
   * when there is neither.
   */
  private async addContent(path: string): Promise<boolean> {
    const file = this.find(path)
    if (file) await this.addEntry(file)
    else if (!this.holds(path)) return false
    else for (const entry of this.filesByName()) await this.addEntry(entry)
    return true
  }

  private async addEntry(entry: NodeEntry): Promise<void> {
    if (this.taken.has(entry.path)) return
    this.taken.add(entry.path)
    this.add(entry.kind, entry.path)
    this.add('content', await this.digestOf(entry))
  }

  private filesByName(): NodeEntry[] {
    if (this.taken.has('')) return []
    this.taken.add('')
    return this.archive.entries.filter((entry) => entry.kind !== 'directory').sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  private async digestOf(entry: NodeEntry): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of entryContent(this.archive, entry, await this.dataOffset(entry))) hash.update(chunk)
    return hash.digest('hex')
  }

  private async readText(path: string): Promise<string> {
    const entry = this.find(path)
    const maxBytes = defaultBundleLimits.maxTextBytes
    if (!entry || entry.sizeBytes > maxBytes) throw new Unknowable(`${path} is no file of at most ${maxBytes} bytes`)
    const dataOffset = await this.dataOffset(entry)
    const text = decodeRequirements(await readContent(this.archive, entry, { dataOffset, maxBytes }))
    if (text === undefined) throw new Unknowable(`${path} is not UTF-8 text`)
    return text
  }

  private find(path: string): NodeEntry | undefined {
    return this.files.get(path)
  }

  /** Whether there is anything at the path or below it. */
  private holds(path: string): boolean {
    return path === '' || this.paths.has(path)
  }

  private async dataOffset(entry: NodeEntry): Promise<number> {
    const header = await this.archive.zip.readLocalFileHeaderPromise(entry.source, { minimal: true })
    return header.fileDataStart
  }

  private add(kind: string, value: string): void {
    this.hash.update(`${JSON.stringify([kind, value])}\n`)
  }
}
