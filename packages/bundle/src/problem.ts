/** Every rule that a bundle can break. Stable: callers branch on it, never on the text. */
export const problemCodes = [
  // The archive
  'not_a_zip',
  'damaged',
  'stray_bytes',
  'encrypted',
  'unsupported_compression',
  'too_large',
  'too_many_entries',
  'ratio_too_high',
  'size_lies',
  'crc_mismatch',
  'name_mismatch',
  'overlapping_entries',
  'duplicate_entry',
  'case_collision',
  'path_conflict',
  'path_absolute',
  'path_traversal',
  'path_backslash',
  'path_bad',
  'path_too_long',
  'symlink_escapes',
  'symlink_loop',
  'special_file',
  'not_previewed',
  // What is in it
  'manifest_missing',
  'manifest_nested',
  'file_missing',
  'module_missing',
  'image_refused',
  'too_many_screenshots',
  'looks_like_credentials',
  // What the files say
  'not_utf8',
  'toml_syntax',
  'unknown_table',
  'unknown_key',
  'duplicate_key',
  'duplicate',
  'required',
  'wrong_type',
  'bad_value',
  'placeholder',
  'name_unusual',
  'version_normalised',
  'unknown_category',
  'unknown_runtime_version',
  'deprecated_runtime_version',
  'image_not_allowed',
  'reserved_name',
  'overrides_platform',
  'exclusive',
  'not_used',
  /** Stands for further problems of a kind that was reported often enough. */
  'more',
] as const

export type ProblemCode = (typeof problemCodes)[number]

export interface Place {
  /** Path of the archive's entry. */
  entry?: string
  /** As the rules spell it: `App`, `Runtime`, `Env`, `File`, `Link`. */
  table?: string
  key?: string
  /** 1-based line and column in the text file that `entry` names. */
  line?: number
  column?: number
}

export interface Problem {
  /** An error refuses the bundle; a warning does not. */
  severity: 'error' | 'warning'
  code: ProblemCode
  /** What is wrong and what to do instead, in one or two sentences. */
  message: string
  place: Place
}

export function problemError(code: ProblemCode, message: string, place: Place = {}): Problem {
  return { severity: 'error', code, message, place }
}

export function problemWarning(code: ProblemCode, message: string, place: Place = {}): Problem {
  return { severity: 'warning', code, message, place }
}

/** A hostile archive causes more problems than a call takes arguments. */
export function addProblems(problems: Problem[], more: readonly Problem[]): void {
  for (const problem of more) problems.push(problem)
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

/** Keeps the first of each kind and says how many more there were, so that a hostile archive cannot make a huge report. */
export function capProblems(problems: readonly Problem[], perCode = 50): Problem[] {
  const counts = new Map<string, number>()
  const kept: Problem[] = []
  for (const problem of problems) {
    const kind = `${problem.severity}:${problem.code}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    if (count <= perCode) kept.push(problem)
  }
  for (const [kind, count] of counts) {
    if (count <= perCode) continue
    const severity = kind.startsWith('error') ? 'error' : 'warning'
    const code = kind.slice(severity.length + 1)
    kept.push({ severity, code: 'more', message: `${count - perCode} more problems of the kind ${code}.`, place: {} })
  }
  return kept
}
