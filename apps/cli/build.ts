import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launcherFiles } from '@wave-store/launcher/files'
import { build } from 'rolldown'

const directory = import.meta.dirname
const file = join(directory, 'dist/h2o')

const launcherFilesModule = fileURLToPath(import.meta.resolve('@wave-store/launcher/files'))

/** What it runs on: it has `process.getBuiltinModule`. */
const target = 'node20.16'

/**
 * One file that needs nothing beside it. Having no extension, it is CommonJS or a module as the folder has it that it is
 * put into: it is written as the one, and brings along what the other lacks.
 */
await build({
  input: join(directory, 'src/main.ts'),
  platform: 'node',
  plugins: [
    {
      name: 'launcher-files',
      // What is read beside the source is carried along.
      load: (id) =>
        id === launcherFilesModule ? `export const launcherFiles = ${JSON.stringify(launcherFiles)}` : null,
    },
  ],
  transform: { target },
  output: {
    file,
    format: 'cjs',
    codeSplitting: false,
    minify: true,
    comments: { legal: true },
    postBanner:
      "#!/usr/bin/env node\nvar require = process.getBuiltinModule('node:module').createRequire(process.execPath)",
  },
})
await chmod(file, 0o755)
