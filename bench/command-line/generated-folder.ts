import { randomFillSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const words =
  'import def return self value for in if else None True data frame page card text update client query'.split(' ')
const perFolder = 100

/** An app of many files: three in four are text as code is, the others do not compress. */
export async function generateFolder(files: number, fileBytes: number): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'bench-folder-'))
  await writeFile(join(path, 'app.toml'), '[App]\nName = "bench"\nVersion = "1.0.0"\n\n[Runtime]\nModule = "app"\n')
  await writeFile(join(path, 'app.py'), '')
  for (let index = 0; index < files - 2; index++) {
    const folder = join(path, `part_${Math.floor(index / perFolder)}`)
    if (index % perFolder === 0) await mkdir(folder)
    await writeFile(join(folder, `file_${index}`), index % 4 === 0 ? noise(fileBytes) : prose(fileBytes, index))
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function noise(bytes: number): Buffer {
  return randomFillSync(Buffer.alloc(bytes))
}

function prose(bytes: number, seed: number): string {
  let state = seed + 1
  let text = ''
  while (text.length < bytes) {
    state = (state * 1103515245 + 12345) % 2 ** 31
    text += `${words[state % words.length]}_${state % 997}${state % 11 === 0 ? '\n' : ' '}`
  }
  return text.slice(0, bytes)
}
