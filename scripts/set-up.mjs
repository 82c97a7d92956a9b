// Runs on any Node from 20 on, before anything is installed: no import of a package.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPythonTools } from '../packages/launcher/src/python-tools.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
/** Node as the workspace carries it: every program runs on this one. */
export const node = join(root, 'node_modules', '.bin', 'node')

const pnpm = 'pnpm@12.21.0'

/** Programs that the system must have, and the Debian package that brings each. */
const programs = {
  bwrap: 'bubblewrap',
  ip: 'iproute2',
  nft: 'nftables',
  setpriv: 'util-linux',
  nsenter: 'util-linux',
  'mkfs.ext4': 'e2fsprogs',
}
const testPrograms = {
  // On nobody's path.
  '/usr/lib/postgresql': 'postgresql',
  chromium: 'chromium',
  openssl: 'openssl',
  faketime: 'faketime',
  zsh: 'zsh',
  fish: 'fish',
}

const dockerPrograms = { dockerd: 'docker.io' }

/**
 * Brings everything into place that is not: dependencies, system parts, the Python installer, the built page.
 * What is there already is left alone, so a second run does nothing.
 */
export function setUp({ tests = false, docker = false } = {}) {
  setUpPrograms()
  installSystemParts({ ...programs, ...(tests && testPrograms), ...(docker && dockerPrograms) })
  getPythonTools()
  buildPage()
  buildCommandLine()
}

/** Everything that a store needs which runs instances elsewhere, and nothing that only building it needs. */
export function setUpForProduction() {
  setUpPrograms()
  getPythonTools()
  buildPage()
  buildCommandLine()
  say('Taking out what only builds need')
  const server = ['--filter', '@wave-store/server...', '--filter', 'wave-app-store']
  // pnpm would keep for a week what nothing leads to any more.
  for (const folder of ['.', ...['apps', 'packages'].flatMap((kind) => foldersIn(kind))])
    rmSync(join(root, folder, 'node_modules'), { recursive: true, force: true })
  run('npx', ['--yes', pnpm, 'install', '--prod', '--frozen-lockfile', '--reporter=silent', ...server])
  for (const folder of ['apps/web', 'apps/cli'])
    for (const entry of readdirSync(join(root, folder)))
      if (entry !== 'dist') rmSync(join(root, folder, entry), { recursive: true })
}

function foldersIn(kind) {
  return readdirSync(join(root, kind)).map((name) => join(kind, name))
}

/** What programs of the workspace need that serve no page and run no app. */
export function setUpPrograms() {
  requireNode()
  installDependencies()
}

function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return
  stop(`Node ${process.versions.node} is too old: the set-up needs Node 20 or later.`)
}

function installDependencies() {
  const wanted = digest([join(root, 'pnpm-lock.yaml')])
  const stamp = join(root, 'node_modules', '.set-up')
  if (existsSync(node) && read(stamp) === wanted) return
  say('Installing dependencies')
  // Node 24 comes with them; until then pnpm would warn about the Node it runs on.
  run('npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=silent'])
  writeFileSync(stamp, wanted)
}

function installSystemParts(wanted) {
  const missing = Object.entries(wanted).filter(([program]) => !isThere(program))
  const packages = [...new Set(missing.map(([, name]) => name))]
  if (!pythonWorks()) packages.push('python3', 'python3-venv')
  if (packages.length === 0 || process.platform !== 'linux') return
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.getuid() !== 0 || !onPath('apt-get')) {
    warn(`Missing: ${packages.join(', ')}. Apps run in a sandbox only with them. On Debian or Ubuntu: sudo ${line}`)
    return
  }
  say(`Installing ${packages.join(', ')}`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // One source of packages that does not answer leaves the others good.
  attempt('apt-get', ['update', '-qq'], environment)
  if (!attempt('apt-get', line.split(' ').slice(1), environment))
    warn(`Could not install ${packages.join(', ')}. Apps run in a sandbox only with them: ${line}`)
}

/** @param program a name on the path, or the whole way to it */
function isThere(program) {
  return program.startsWith('/') ? existsSync(program) : onPath(program)
}

/** The interpreter that apps run on stands below /usr, where a sandbox sees it. */
function pythonWorks() {
  return works('/usr/bin/python3', ['-c', 'import sys, ensurepip, venv; assert sys.version_info >= (3, 9)'])
}

function getPythonTools() {
  if (indexIsOff()) return
  const done = installPythonTools(toolsDirectory(), {
    environment: indexEnvironment(),
    onStart: () => say('Getting the Python installer (uv) and the Wave server'),
  })
  if (!done)
    warn(
      'The Python package index could not be reached. Apps that need no package start all the same; the next start tries again.',
    )
}

function indexIsOff() {
  return ['true', '1', 'yes', 'on'].includes(setting('INDEX_OFFLINE').toLowerCase())
}

/** The way to the package index that the store is configured with, as pip and uv are told of it. */
function indexEnvironment() {
  const named = (value, ...names) => (value === '' ? {} : Object.fromEntries(names.map((name) => [name, value])))
  return {
    ...toolEnvironment(),
    ...named(setting('INDEX_URL'), 'PIP_INDEX_URL', 'UV_DEFAULT_INDEX'),
    ...named(setting('EXTRA_INDEX_URLS'), 'PIP_EXTRA_INDEX_URL', 'UV_INDEX'),
    ...named(setting('INDEX_PROXY'), 'PIP_PROXY', 'HTTPS_PROXY', 'HTTP_PROXY'),
    ...named(setting('CA_FILE'), 'PIP_CERT', 'SSL_CERT_FILE'),
  }
}

export function dataDirectory() {
  return resolve(root, setting('DATA_DIR') || 'data')
}

function toolsDirectory() {
  const named = setting('TOOLS_DIR')
  return named ? resolve(root, named) : join(dataDirectory(), 'tools')
}

function setting(name) {
  return process.env[`WAVE_STORE_${name}`]?.trim() ?? ''
}

/** Package managers keep what they fetched below the home directory; where that cannot be written, below the data directory. */
function toolEnvironment() {
  if (isWritable(homedir())) return process.env
  const home = join(dataDirectory(), 'home')
  mkdirSync(home, { recursive: true })
  return { ...process.env, HOME: home, npm_config_cache: join(home, '.npm') }
}

function buildPage() {
  const vite = join(root, 'apps/web/node_modules/vite/bin/vite.js')
  build('the page', 'apps/web', [vite, 'build', '--logLevel', 'warn'])
}

/** One file that the store hands out. */
function buildCommandLine() {
  build('the command line', 'apps/cli', ['build.ts'])
}

/** Builds an app of the workspace into its `dist`, unless what it is made of is as it was. */
function build(what, folder, args) {
  const sources = [folder, 'packages'].flatMap((source) => filesBelow(join(root, source)))
  const wanted = digest([...sources, join(root, 'pnpm-lock.yaml')])
  const stamp = join(root, folder, 'dist', '.set-up')
  if (read(stamp) === wanted) return
  say(`Building ${what}`)
  run(node, args, { cwd: join(root, folder) })
  writeFileSync(stamp, wanted)
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== 'dist')
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()
}

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

function onPath(program) {
  // Debian keeps administrators' programs where an ordinary user's PATH does not look.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => isExecutable(join(folder, program)))
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function works(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

function attempt(command, args, env = process.env) {
  return spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

function run(command, args, options = {}) {
  try {
    execFileSync(command, args, {
      cwd: root,
      env: toolEnvironment(),
      // What comes out of our own stdout may be a backup.
      stdio: ['ignore', 2, 2],
      ...options,
    })
  } catch {
    stop(`This failed: ${command} ${args.join(' ')}`)
  }
}

function say(text) {
  console.error(`• ${text} …`)
}

function warn(text) {
  console.error(`! ${text}`)
}

function stop(text) {
  console.error(`✗ ${text}`)
  process.exit(1)
}
