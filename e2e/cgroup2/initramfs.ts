import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kernel } from './debian-parts.ts'

/** What the machine needs to see its disks and its reports' ports; the rest is loaded from the host's files. */
const needed = ['virtio_pci', 'virtio_blk', 'virtiofs', 'overlay']
const init = fileURLToPath(new URL('guest/init', import.meta.url))

/** The initial file system of the machine: BusyBox, a few modules, and `guest/init`, which `settings` are told. */
export function writeInitramfs(directory: string, kernel: Kernel, settings: Record<string, string>): string {
  const tree = join(directory, 'initramfs')
  mkdirSync(join(tree, 'bin'), { recursive: true })
  mkdirSync(join(tree, 'modules'))
  copyFileSync('/bin/busybox', join(tree, 'bin', 'busybox'))
  copyFileSync(init, join(tree, 'init'))
  const files = inOrder(needed, kernel)
  for (const file of files)
    copyFileSync(join(kernel.modules, kernel.version, file), join(tree, 'modules', basename(file)))
  writeFileSync(join(tree, 'modules', 'order'), files.map((file) => `${basename(file)}\n`).join(''))
  const lines = Object.entries(settings).map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'\n`)
  writeFileSync(join(tree, 'settings'), lines.join(''))
  const names = execFileSync('find', ['.'], { cwd: tree })
  const archive = join(directory, 'initramfs.cpio')
  writeFileSync(
    archive,
    execFileSync('/bin/busybox', ['cpio', '-o', '-H', 'newc'], { cwd: tree, input: names, maxBuffer: 1 << 28 }),
  )
  return archive
}

/** Files of modules, below the version's directory, each after those that it depends on. */
function inOrder(modules: string[], { modules: root, version }: Kernel): string[] {
  const dependencies = new Map(
    readFileSync(join(root, version, 'modules.dep'), 'utf8')
      .split('\n')
      .map((line) => line.split(/: ?/))
      .map(([file = '', others = '']) => [file, others.split(' ').filter(Boolean)]),
  )
  const ordered = new Set<string>()
  const add = (file: string) => {
    for (const other of dependencies.get(file) ?? []) add(other)
    ordered.add(file)
  }
  for (const name of modules) {
    const file = [...dependencies.keys()].find((each) => basename(each).startsWith(`${name}.ko`))
    // What is not a module is part of the kernel.
    if (file) add(file)
  }
  return [...ordered]
}
