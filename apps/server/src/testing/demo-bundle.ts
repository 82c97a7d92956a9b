import { buildBundle } from '@wave-store/testing'

export interface DemoBundle {
  name?: string
  version?: string
  /** Lines for `[App]`. */
  app?: string
  /** Replaces the lines of `[Runtime]`. */
  runtime?: string
  /** Further tables. */
  tables?: string
  files?: Record<string, string | Uint8Array>
}

/** A small bundle that is right, but for what the test changes. */
export function demoBundle({
  name = 'demo.app',
  version = '1.0.0',
  app = '',
  runtime,
  tables = '',
  files,
}: DemoBundle = {}) {
  const manifest = `[App]
Name = "${name}"
Version = "${version}"
${app}

[Runtime]
${runtime ?? 'AppMode = "python"\nModule = "app"\nPort = 8000'}

${tables}
`
  return buildBundle({ manifest, files: { 'app.py': 'print("hello")\n', ...files } })
}
