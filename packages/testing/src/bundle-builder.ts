import { Buffer } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

export interface BundleInput {
  /** Text of app.toml; null: there is none. Default: an app that is right in every respect. */
  manifest?: string | null
  /** Path → content, besides app.toml. Default: the module that the default manifest names. */
  files?: Record<string, string | Uint8Array>
  /** Default: true. */
  compress?: boolean
}

/** Equal input gives equal bytes. */
const modified = new Date(Date.UTC(2024, 0, 2))

/** The text of an app.toml without any fault; `app` and `runtime` are further lines of those tables, `more` follows them. */
export function manifestText(
  input: { name?: string; version?: string; app?: string; runtime?: string; more?: string } = {},
): string {
  return [
    '[App]',
    `Name = "${input.name ?? 'com.example.app'}"`,
    `Version = "${input.version ?? '1.0.0'}"`,
    input.app ?? 'Title = "Example"',
    '[Runtime]',
    input.runtime ?? 'Module = "app"',
    input.more ?? '',
  ].join('\n')
}

/** Packs a bundle as the usual tools do. */
export async function buildBundle(input: BundleInput = {}): Promise<Uint8Array> {
  const manifest = input.manifest === undefined ? manifestText() : input.manifest
  const files = {
    ...(manifest !== null && { 'app.toml': manifest }),
    ...(input.files ?? { 'app.py': 'print("hello")\n' }),
  }
  const zip = new ZipFile()
  const compress = input.compress ?? true
  for (const [path, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content as string), path, { mtime: modified, mode: 0o100644, compress })
  }
  zip.end()
  return buffer(zip.outputStream)
}

/** One transparent pixel. */
export const tinyPng: Uint8Array = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** One transparent pixel. */
export const tinyGif: Uint8Array = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
