import { readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { writeZip } from './sandbox.ts'

/** A tiny pure-Python wheel: its file name and its bytes. */
export async function makeWheel(
  name: string,
  version: string,
  { requires = [], files = {} }: { requires?: string[]; files?: Record<string, string> } = {},
): Promise<{ name: string; bytes: Uint8Array }> {
  const info = `${name}-${version}.dist-info`
  const metadata = ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`]
  const file = path.join(os.tmpdir(), `${name}-${version}-${process.pid}-${Math.random().toString(36).slice(2)}.whl`)
  await writeZip(file, {
    [`${name}.py`]: `version = ${JSON.stringify(version)}\n`,
    ...files,
    [`${info}/METADATA`]: [...metadata, ...requires.map((line) => `Requires-Dist: ${line}`), ''].join('\n'),
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  })
  const bytes = await readFile(file)
  await rm(file)
  return { name: `${name}-${version}-py3-none-any.whl`, bytes }
}
