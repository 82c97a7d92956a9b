/** One meaningful line of a requirements file, in pip's format. Paths are relative to the bundle's root. */
export type RequirementLine = { /** 1-based. */ line: number; text: string } & (
  | { kind: 'package' }
  /** A wheel, archive or directory of the bundle. */
  | { kind: 'local'; path: string; isEditable: boolean }
  /** From an address; what it gives can change unless a hash or commit pins it. */
  | { kind: 'remote'; isPinned: boolean }
  /** Another file that is read in its place. */
  | { kind: 'include'; path: string; isConstraints: boolean }
  /** A directory of the bundle in which packages are looked for. */
  | { kind: 'links'; path: string }
  | { kind: 'option' }
  /** What it stands for is not to be known from the bundle. */
  | { kind: 'unclear'; reason: string }
)

type Meaning = RequirementLine extends infer Line ? (Line extends unknown ? Omit<Line, 'line' | 'text'> : never) : never

const rootInSandbox = '/app/'
const archiveName = /\.(whl|zip|tar(\.(gz|bz2|xz|zst|lz|lzma))?|t(gz|bz|bz2|xz|lz))$/i
const versionControl = /^(git|hg|svn|bzr)(\+|:)/i

/**
 * Reads a requirements file as pip does: comments, continued lines, options.
 *
 * @param directory where the file stands, '' for the root; `-r` and `-c` are relative to it, everything else to the root.
 */
export function parseRequirements(source: string, directory = ''): RequirementLine[] {
  return logicalLines(source).flatMap(({ line, text }) => {
    // Blanks are made one before anything is searched for behind them: a line may be a megabyte of them.
    const withoutComment = text
      .replace(/(^|\s)#.*$/, '')
      .replace(/\s+/g, ' ')
      .trim()
    if (withoutComment === '') return []
    return [{ line, text: withoutComment, ...meaningOf(withoutComment, directory) } as RequirementLine]
  })
}

/** Joins lines that end in a backslash; a comment is never continued. */
function logicalLines(source: string): { line: number; text: string }[] {
  const lines: { line: number; text: string }[] = []
  let open: { line: number; text: string } | undefined
  source.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const isComment = /^\s*#/.test(raw)
    const isContinued = raw.endsWith('\\') && !isComment
    const text = isContinued ? raw.slice(0, -1) : raw
    const current = open
      ? { line: open.line, text: `${open.text}${isComment ? ` ${text}` : text}` }
      : { line: index + 1, text }
    if (isContinued) open = current
    else {
      lines.push(current)
      open = undefined
    }
  })
  return open ? [...lines, open] : lines
}

function meaningOf(text: string, directory: string): Meaning {
  if (/\$\{[A-Z0-9_]+\}/.test(text)) return { kind: 'unclear', reason: 'it takes a value from the environment' }
  if (!text.startsWith('-')) return requirementMeaning(text, false)
  const match = /^(--[a-z-]+|-[a-zA-Z])(?:\s*=\s*|\s+|(?=[^=\s]))?(.*)$/.exec(text)
  const option = match?.[1] ?? text
  const value = unquote((match?.[2] ?? '').trim())
  if (['-r', '--requirement', '-c', '--constraint'].includes(option)) {
    return includeMeaning(value, directory, option.endsWith('c') || option === '--constraint')
  }
  if (option === '-e' || option === '--editable') return requirementMeaning(value, true)
  if (option === '-f' || option === '--find-links') {
    if (isAddress(value)) return { kind: 'option' }
    return withPath(value, '', (path) => ({ kind: 'links', path }))
  }
  return { kind: 'option' }
}

function includeMeaning(value: string, directory: string, isConstraints: boolean): Meaning {
  if (isAddress(value)) return { kind: 'unclear', reason: 'it is read from an address' }
  return withPath(value, directory, (path) => ({ kind: 'include', path, isConstraints }))
}

function requirementMeaning(text: string, isEditable: boolean): Meaning {
  const { target, options } = splitRequirement(text)
  if (/^file:/i.test(target)) {
    const path = target.replace(/^file:(\/\/(localhost)?(?=\/))?/i, '')
    return withPath(path, '', (found) => ({ kind: 'local', path: found, isEditable }))
  }
  if (versionControl.test(target)) {
    return { kind: 'remote', isPinned: /@[0-9a-f]{40}([0-9a-f]{24})?($|[#&])/i.test(target) }
  }
  if (isAddress(target)) {
    const pinned = /(#|&)(sha256|sha384|sha512)=/i.test(target) || /--hash[= ]/.test(options)
    return { kind: 'remote', isPinned: pinned }
  }
  const looksLocal = isEditable || /^[./]/.test(target) || target.includes('/') || archiveName.test(target)
  if (!looksLocal) return { kind: 'package' }
  return withPath(target, '', (path) => ({ kind: 'local', path, isEditable }))
}

/** What is to be installed, without markers, options and extras; `name @ address` gives the address. */
function splitRequirement(text: string): { target: string; options: string } {
  const optionsAt = text.search(/\s--?[a-z]/)
  const requirement = optionsAt < 0 ? text : text.slice(0, optionsAt)
  const direct = /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*(.+)$/.exec(requirement)
  const isVersionControl = versionControl.test(requirement)
  const marked = direct && !isVersionControl ? direct[1]! : requirement
  const target = marked.split(';', 1)[0]!.trim()
  const extrasAt = target.endsWith(']') ? target.lastIndexOf('[') : -1
  return {
    target: unquote(extrasAt < 0 ? target : target.slice(0, extrasAt)),
    options: optionsAt < 0 ? '' : text.slice(optionsAt),
  }
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text) && !/^file:/i.test(text)
}

function withPath(written: string, directory: string, make: (path: string) => Meaning): Meaning {
  const isAbsolute = written.startsWith('/')
  if (isAbsolute && !`${written}/`.startsWith(rootInSandbox)) {
    return { kind: 'unclear', reason: 'it names a file outside of the bundle' }
  }
  const from = isAbsolute ? written.slice(rootInSandbox.length) : `${directory}/${written}`
  const path: string[] = []
  for (const segment of from.replaceAll('\\', '/').split('/')) {
    if (segment === '..' && path.pop() === undefined) {
      return { kind: 'unclear', reason: 'it names a file outside of the bundle' }
    }
    if (!['', '.', '..'].includes(segment)) path.push(segment)
  }
  return make(path.join('/'))
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2')
}
