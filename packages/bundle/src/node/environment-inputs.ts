import { createHash, type Hash } from 'node:crypto'
import { defaultBundleLimits } from '../archive/limits.ts'
import { requirementsEntry } from '../requirements/check-requirements.ts'
import { decodeRequirements } from '../requirements/decode-requirements.ts'
import { parseRequirements, type RequirementLine } from '../requirements/parse-requirements.ts'
import { BundleFile } from './bundle-file.ts'
import { entryContent } from './entry-content.ts'
import { type NodeEntry, type OpenArchive, openArchive } from './open-archive.ts'
import { readContent } from './read-content.ts'
import { BundleError } from './read-entry.ts'

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
  const archive = await openArchive(file, { ...defaultBundleLimits, maxEntries: Number.MAX_SAFE_INTEGER })
  if (Array.isArray(archive)) throw new BundleError(archive[0]!.message)
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

class InputCollector {
  private readonly archive: OpenArchive
  private readonly hash: Hash = createHash('sha256').update('python environment 1\n')
  private readonly included = new Set<string>()
  private requiresAnything = false

  constructor(archive: OpenArchive) {
    this.archive = archive
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
    for (const requirement of parseRequirements(text, directory)) {
      this.add('line', `${isConstraints ? 'c' : 'r'} ${requirement.text}`)
      await this.addRequirement(requirement, path, isConstraints)
    }
    this.add('end', path)
  }

  private async addRequirement(requirement: RequirementLine, file: string, isConstraints: boolean): Promise<void> {
    const unknowable = (why: string) => new Unknowable(`${file}, line ${requirement.line}: ${why}`)
    if (!isConstraints && ['package', 'local', 'remote'].includes(requirement.kind)) this.requiresAnything = true
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
        if (!(await this.addTree(requirement.path))) throw unknowable(`the bundle does not hold ${requirement.path}`)
    }
  }

  /** A file, or every file below a directory; false when there is neither. */
  private async addTree(path: string): Promise<boolean> {
    const isPart = (entry: NodeEntry) => entry.path === path || path === '' || entry.path.startsWith(`${path}/`)
    const parts = this.archive.entries.filter(isPart)
    const files = parts.filter((entry) => entry.kind !== 'directory')
    for (const entry of files.sort((a, b) => (a.path < b.path ? -1 : 1))) {
      this.add(entry.kind, entry.path)
      this.add('content', await this.digestOf(entry))
    }
    return parts.length > 0
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
    return this.archive.entries.find((entry) => entry.path === path && entry.kind === 'file')
  }

  private async dataOffset(entry: NodeEntry): Promise<number> {
    const header = await this.archive.zip.readLocalFileHeaderPromise(entry.source, { minimal: true })
    return header.fileDataStart
  }

  private add(kind: string, value: string): void {
    this.hash.update(`${JSON.stringify([kind, value])}\n`)
  }
}
