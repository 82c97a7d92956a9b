import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launcherFiles } from '@wave-store/launcher/files'
import { build } from 'rolldown'

const directory = import.meta.dirname
const file = join(directory, 'dist/h2o')

const launcherFilesModule = fileURLToPath(import.meta.resolve('@wave-store/launcher/files'))

/** What it runs on: it has `process.getBuiltinModule`. */
const target = 'node20.16'

const { output } = await build({
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
  write: false,
  output: { format: 'cjs', minify: true, comments: { legal: true } },
})
const chunks = output.filter((part) => part.type === 'chunk')
const entry = chunks.find(({ isEntry }) => isEntry)
if (!entry) throw new Error('There is no chunk to begin with')
await mkdir(dirname(file), { recursive: true })
await writeFile(file, oneFile(entry.fileName, Object.fromEntries(chunks.map(({ fileName, code }) => [fileName, code]))))
await chmod(file, 0o755)

/**
 * One file that needs nothing beside it. Having no extension, it is CommonJS or a module as the folder has it that it is
 * put into: it is written so that it is both. Most commands need a small part of it, so its parts are texts, each
 * compiled when it is asked for.
 */
function oneFile(entryName: string, codes: Record<string, string>): string {
  return `#!/usr/bin/env node
(() => {
  const codes = ${JSON.stringify(codes)}
  const builtin = process.getBuiltinModule
  const { createRequire } = builtin('node:module')
  const { compileFunction } = builtin('node:vm')
  const outer = createRequire(process.execPath)
  const modules = {}
  const load = (name) => {
    const code = codes[name.slice(2)]
    if (code === undefined) return outer(name)
    if (modules[name]) return modules[name].exports
    const module = (modules[name] = { exports: {} })
    const run = compileFunction(code, ['require', 'module', 'exports'], { filename: 'h2o/' + name.slice(2) })
    run(load, module, module.exports)
    return module.exports
  }
  load(${JSON.stringify(`./${entryName}`)})
})()
`
}
