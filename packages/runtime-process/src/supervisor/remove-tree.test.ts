import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { removeTree } from './remove-tree.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'remove-tree-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const deepTree = `
import os, sys
os.chdir(sys.argv[1])
for _ in range(int(sys.argv[2])):
    os.mkdir(sys.argv[3])
    os.chdir(sys.argv[3])
`

it.each([
  ['with paths longer than the system takes', 100, 'd'.repeat(200)],
  ['of more levels than a process may open files', 25_000, 'd'],
])('removes a tree %s', async (_title, levels, name) => {
  const directory = path.join(root, 'deep')
  mkdirSync(directory)
  execFileSync('/usr/bin/python3', ['-c', deepTree, directory, String(levels), name])
  await removeTree(directory)
  expect(readdirSync(root)).toEqual([])
})

it('leaves alone what links lead to', async () => {
  const kept = path.join(root, 'kept')
  const directory = path.join(root, 'links')
  mkdirSync(kept)
  mkdirSync(directory)
  writeFileSync(path.join(kept, 'file'), '')
  symlinkSync(kept, path.join(directory, 'link'))
  await removeTree(directory)
  await removeTree(directory)
  expect(existsSync(path.join(kept, 'file'))).toBe(true)
  expect(readdirSync(root)).toEqual(['kept'])
})
