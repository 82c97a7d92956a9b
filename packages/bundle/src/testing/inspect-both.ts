import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BundleLimits } from '../archive/limits.ts'
import type { BundleReport } from '../archive/report.ts'
import { inspectBundle as inspectInBrowser } from '../browser/index.ts'
import { inspectBundle as inspectInNode } from '../node/index.ts'
import type { Problem } from '../problem.ts'

/** The archive as a file, for as long as `use` works with it. */
export async function withBundleFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'bundle-test-'))
  try {
    const path = join(directory, 'app.wave')
    await writeFile(path, bytes)
    return await use(path)
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** What either way of reading says about the same archive. */
export async function inspectBoth(
  bytes: Uint8Array,
  limits: Partial<BundleLimits> = {},
): Promise<Record<'node' | 'browser', BundleReport>> {
  const node = await withBundleFile(bytes, (path) => inspectInNode(path, { limits }))
  const browser = await inspectInBrowser(new Blob([new Uint8Array(bytes)]), { limits })
  return { node, browser }
}

export function codesOf(report: { problems: Problem[] }): string[] {
  return report.problems.map((problem) => `${problem.severity} ${problem.code}`)
}

export function errorsOf(report: { problems: Problem[] }): string[] {
  return report.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
}
