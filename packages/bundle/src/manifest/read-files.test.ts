import { manifestText } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'

const volume = 'Module = "app"\nVolumeMount = "/data"\nVolumeSize = "1Gi"'
const file = (path: string) => `[[File]]\nPath = "${path}"\nValue = "x"\n`

function files(...paths: string[]) {
  return readManifest(manifestText({ runtime: volume, more: paths.map(file).join('') }))
}

describe('[[File]]', () => {
  it.each([
    'some/path.file',
    './some/path.file',
    '/app/some/path.file',
    '/home/app/.netrc',
    '/another/path.file',
    '/tmp/x',
  ])('%s is accepted', (path) => {
    const { manifest, problems } = files(path)
    expect(problems).toEqual([])
    expect(manifest?.files).toEqual([{ path, value: 'x', optional: false }])
  })

  it.each([
    ['path.file', /right beside the app's code/],
    ['./path.file', /right beside the app's code/],
    ['/app/path.file', /right beside the app's code/],
    ['/path.file', /no directory but "\/"/],
    ['/resources/path.file', /Python environment/],
    ['/resources/lib/x.py', /Python environment/],
    ['a/../../etc/x', /contains "\.\."/],
    ['/proc/self/environ', /\/proc, which belongs to the system/],
    ['/etc/ssl/x.pem', /\/etc, which belongs to the system/],
    ['conf\\\\x.ini', /backslash/],
    ['conf/', /names a directory/],
    ['conf/x\\u0000', /control character/],
    [`conf/${'x'.repeat(300)}`, /more than 255 bytes/],
  ])('%.30s is refused', (path, message) => {
    const { manifest, problems } = files(path)
    expect(problems).toMatchObject([
      { severity: 'error', code: 'bad_value', place: { table: 'File', key: 'Path', line: 10 } },
    ])
    expect(problems[0]?.message).toMatch(message)
    expect(manifest?.files).toEqual([])
  })

  it.each([
    [['conf/a.ini', 'conf/b.ini'], 'duplicate', /the directory \/app\/conf in common/],
    [['conf/a.ini', '/app/conf//b.ini'], 'duplicate', /in common/],
    [['conf/a.ini', 'conf/a.ini'], 'duplicate', /in common/],
    [['conf/a', 'conf/a/b'], 'path_conflict', /cannot both exist/],
    [['/data/a'], 'path_conflict', /volume at \/data/],
    [['/data/deep/a'], 'path_conflict', /volume at \/data/],
  ])('%j is refused', (paths, code, message) => {
    const { problems } = files(...paths)
    expect(problems).toMatchObject([{ severity: 'error', code }])
    expect(problems[0]?.message).toMatch(message)
  })

  it.each([
    ['Value = "x"', 'required', 'Path'],
    ['Path = "a/b"', 'required', 'Value'],
    ['Path = "a/b"\nValue = "x"\nSecret = "s"\nSecretKey = "k"', 'exclusive', 'Value'],
    ['Path = "a/b"\nSecret = "s"', 'required', 'SecretKey'],
    ['Path = "a/b"\nSecretKey = "k"', 'required', 'Secret'],
    ['Path = 1\nValue = "x"', 'wrong_type', 'Path'],
  ])('%j is refused', (lines, code, key) => {
    const { problems } = readManifest(manifestText({ more: `[[File]]\n${lines}` }))
    expect(problems).toMatchObject([{ severity: 'error', code, place: { table: 'File', key } }])
  })
})
