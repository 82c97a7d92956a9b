import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { ProcessRuntimeOptions } from '../options.ts'
import { findResolvers } from './network/resolvers.ts'
import { type Machine, seccompFilter } from './sandbox/seccomp.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/**
 * What of the platform is shown to sandboxes, in a directory that any user may read: the checkout and the tools may
 * lie where only their owner may look, and may be replaced while instances run.
 */
export interface Program {
  /** Holds `launcher`, `uv`, `waved`, `constraints.txt` and `ca.pem`, each where there is one; `/opt/wave` inside. */
  opt: string
  /** `/etc` inside. */
  etc: string
  /** Null on machines that no filter exists for. */
  seccomp: string | null
}

const systemCertificates = '/etc/ssl/certs/ca-certificates.crt'
const copiedFromEtc = ['ld.so.cache', 'localtime', 'mime.types', 'services', 'protocols', 'ssl/openssl.cnf']

export function publishProgram(parent: string, options: ProcessRuntimeOptions): Program {
  const directory = path.join(parent, keyOf(options))
  const program: Program = {
    opt: path.join(directory, 'opt'),
    etc: path.join(directory, 'etc'),
    seccomp: isFiltered(process.arch) ? path.join(directory, 'seccomp.bpf') : null,
  }
  if (!existsSync(path.join(directory, 'complete'))) {
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory, { recursive: true })
    copyTools(program.opt, options)
    layEtc(program.etc)
    if (isFiltered(process.arch)) writeFileSync(path.join(directory, 'seccomp.bpf'), seccompFilter(process.arch))
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', directory])
    writeFileSync(path.join(directory, 'complete'), '')
  }
  return program
}

/** Name resolution may change while the machine runs; what runs sees the new file. */
export function refreshResolvConf(program: Program, ownNetwork: boolean): void {
  const wanted = ownNetwork ? findResolvers().resolvConf : readFileSync('/etc/resolv.conf', 'utf8')
  const file = path.join(program.etc, 'resolv.conf')
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return
  writeFileAtomically(file, wanted, 0o644)
  chmodSync(file, 0o644)
}

function copyTools(
  opt: string,
  { launcherPath, uvPath, wavedPath, constraintsPath, index, python }: ProcessRuntimeOptions,
) {
  mkdirSync(opt)
  const copy = (from: string | undefined, name: string) => {
    if (from && existsSync(from)) cpSync(from, path.join(opt, name), { recursive: true, dereference: true })
  }
  copy(launcherPath, 'launcher')
  copy(uvPath, 'uv')
  // Where it was installed as a package, much else stands beside it.
  for (const name of wavedPath ? ['waved', 'www'] : []) copy(path.join(wavedPath!, name), path.join('waved', name))
  copy(constraintsPath, 'constraints.txt')
  // Inside, the interpreter may not write what it has compiled, and would compile again at each start.
  execFileSync(python ?? '/usr/bin/python3', [
    '-I',
    '-m',
    'compileall',
    '-q',
    '--invalidation-mode',
    'unchecked-hash',
    path.join(opt, 'launcher'),
  ])
  const authorities = [systemCertificates, index?.caFile].filter((file) => file !== undefined && existsSync(file))
  if (authorities.length > 0) {
    writeFileSync(path.join(opt, 'ca.pem'), authorities.map((file) => readFileSync(file as string, 'utf8')).join('\n'))
  }
}

function layEtc(etc: string): void {
  mkdirSync(path.join(etc, 'ssl', 'certs'), { recursive: true })
  for (const name of copiedFromEtc) {
    const from = path.join('/etc', name)
    if (existsSync(from)) copyFileSync(from, path.join(etc, name))
  }
  const write = (name: string, lines: string[]) => writeFileSync(path.join(etc, name), `${lines.join('\n')}\n`)
  write('passwd', [
    'root:x:0:0:root:/:/bin/sh',
    'app:x:1000:1000::/home/app:/bin/sh',
    'nobody:x:65534:65534::/:/bin/false',
  ])
  write('group', ['root:x:0:', 'app:x:1000:', 'nogroup:x:65534:'])
  write('hosts', ['127.0.0.1 localhost app', '::1 localhost'])
  write('hostname', ['app'])
  write('nsswitch.conf', ['passwd: files', 'group: files', 'hosts: files dns', 'services: files', 'protocols: files'])
  write('resolv.conf', [])
}

/** Changes when any file that would be copied changes. */
function keyOf(options: ProcessRuntimeOptions): string {
  const { launcherPath, uvPath, wavedPath, constraintsPath, index } = options
  const sources = [launcherPath, uvPath, wavedPath, constraintsPath, index?.caFile, systemCertificates]
  const facts = sources.map((source) => (source && existsSync(source) ? filesOf(source) : null))
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)
}

function filesOf(source: string): [string, number, number][] {
  const stats = statSync(source)
  if (!stats.isDirectory()) return [[source, stats.size, stats.mtimeMs]]
  return readdirSync(source)
    .filter((name) => name !== '__pycache__')
    .sort()
    .flatMap((name) => filesOf(path.join(source, name)))
}

function isFiltered(architecture: string): architecture is Machine {
  return architecture === 'x64' || architecture === 'arm64'
}
