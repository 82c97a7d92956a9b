import type { AppFile } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { compareFiles } from './compare-files.ts'

const file = (path: string, crc32 = 1, sizeBytes = 10): AppFile => ({ path, kind: 'file', sizeBytes, crc32 })

it('tells what came, went and changed, by path', () => {
  const before = [file('app.py', 1), file('gone.txt'), file('same.txt')]
  const after = [file('app.py', 2, 12), file('new.txt'), file('same.txt')]
  expect(compareFiles(before, after)).toEqual([
    { kind: 'changed', path: 'app.py', sizeBytes: 12, sizeBefore: 10 },
    { kind: 'removed', path: 'gone.txt', sizeBytes: 10 },
    { kind: 'added', path: 'new.txt', sizeBytes: 10 },
  ])
})

it('takes a link in place of a file for a change', () => {
  const link: AppFile = { ...file('a'), kind: 'symlink' }
  expect(compareFiles([file('a')], [link])).toMatchObject([{ kind: 'changed', path: 'a' }])
})
