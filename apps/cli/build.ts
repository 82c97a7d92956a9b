import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'rolldown'

const directory = import.meta.dirname
const file = join(directory, 'dist/h2o')

/** One file that needs nothing beside it. Without an extension, every Node takes it for CommonJS. */
await build({
  input: join(directory, 'src/main.ts'),
  platform: 'node',
  transform: { target: 'node20.10' },
  output: { file, format: 'cjs', codeSplitting: false, minify: true, comments: { legal: true } },
})
await chmod(file, 0o755)
