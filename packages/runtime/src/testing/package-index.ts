import { Buffer } from 'node:buffer'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import path from 'node:path'

const pack = `
import io, json, sys, tarfile, zipfile
spec = json.load(sys.stdin)
if spec['file'].endswith('.whl'):
    with zipfile.ZipFile(spec['file'], 'w') as archive:
        for name, text in spec['files'].items():
            archive.writestr(name, text)
else:
    with tarfile.open(spec['file'], 'w:gz') as archive:
        for name, text in spec['files'].items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
`

const credentials = `Basic ${Buffer.from('someone:password').toString('base64')}`

/** A package index of two packages, at an address of this machine that apps may not reach. */
export interface PackageIndex {
  /** Without credentials, it answers as well: source is not built where there are some. */
  openUrl: string
  /** With a user and a password. */
  url: string
  host: string
  port: number
  /** How often each package was asked for, once a build. */
  asked: Map<string, number>
  close(): void
}

/** `probe-package` is a wheel; `curious-package` is built by `backend`, Python that has a dictionary `found` to fill. */
export async function servePackages(backend = ''): Promise<PackageIndex> {
  const directory = mkdtempSync(path.join(tmpdir(), 'package-index-'))
  const add = (name: string, files: Record<string, string>) =>
    execFileSync('/usr/bin/python3', ['-c', pack], {
      input: JSON.stringify({ file: path.join(directory, name), files }),
    })
  add('probe_package-1.0-py3-none-any.whl', wheelFiles('probe_package', 'answer = 42\n'))
  add('curious_package-1.0.tar.gz', sourceFiles(backend))

  const asked = new Map<string, number>()
  const server = createServer((request, response) => {
    const [, kind, name = ''] = (request.url ?? '').split('/')
    if (kind === 'files') return response.end(readFileSync(path.join(directory, name)))
    if (kind === 'closed' && request.headers.authorization !== credentials) return response.writeHead(401).end()
    asked.set(name, (asked.get(name) ?? 0) + 1)
    const file = {
      'probe-package': 'probe_package-1.0-py3-none-any.whl',
      'curious-package': 'curious_package-1.0.tar.gz',
    }[name]
    if (!file) return response.writeHead(404).end()
    response.setHeader('content-type', 'text/html')
    return response.end(`<!doctype html><a href="/files/${file}">${file}</a>`)
  }).listen(0, '0.0.0.0')
  await once(server, 'listening')

  const { port } = server.address() as AddressInfo
  const host = ownAddress()
  const close = () => {
    server.close()
    server.closeAllConnections()
    rmSync(directory, { recursive: true, force: true })
  }
  const openUrl = `http://${host}:${port}/open`
  return { openUrl, url: `http://someone:password@${host}:${port}/closed`, host, port, asked, close }
}

function wheelFiles(name: string, code: string): Record<string, string> {
  const info = `${name}-1.0.dist-info`
  return {
    [`${name}.py`]: code,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: probe\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  }
}

function sourceFiles(backend: string): Record<string, string> {
  return {
    'curious_package-1.0/PKG-INFO': 'Metadata-Version: 2.1\nName: curious-package\nVersion: 1.0\n',
    'curious_package-1.0/pyproject.toml':
      '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "curious-package"\nversion = "1.0"\n',
    'curious_package-1.0/backend.py': `
import os, socket, zipfile

def build_wheel(directory, config_settings=None, metadata_directory=None):
    found = {}
${backend.trim().replaceAll(/^/gm, '    ')}
    name = 'curious_package-1.0-py3-none-any.whl'
    with zipfile.ZipFile(os.path.join(directory, name), 'w') as archive:
        archive.writestr('curious_package.py', 'found = ' + repr(found))
        info = 'curious_package-1.0.dist-info'
        archive.writestr(info + '/METADATA', 'Metadata-Version: 2.1\\nName: curious-package\\nVersion: 1.0\\n')
        archive.writestr(info + '/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        archive.writestr(info + '/RECORD', '')
    return name
`,
  }
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const found = all.find(({ family, internal }) => family === 'IPv4' && !internal)
  if (!found) throw new Error('This machine has no address of its own besides loopback')
  return found.address
}
