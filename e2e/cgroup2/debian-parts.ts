import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const kernelPackage = 'linux-image-cloud-amd64'
const wanted = {
  'qemu-system-x86': ['/usr/bin/qemu-system-x86_64'],
  'busybox-static': ['/bin/busybox'],
  bubblewrap: ['/usr/bin/bwrap'],
  iproute2: ['/usr/sbin/ip', '/sbin/ip', '/bin/ip'],
  nftables: ['/usr/sbin/nft'],
}
/** Comes with QEMU in Debian 12, and alone since. */
const virtiofsPaths = ['/usr/libexec/virtiofsd', '/usr/lib/qemu/virtiofsd']

/** A kernel with its modules, unpacked and not installed. */
export interface Kernel {
  version: string
  image: string
  /** Holds a directory named after the version. */
  modules: string
}

/** Path of the program that shares a directory with a machine. Installs what the system does not have. */
export function requireSystemParts(): string {
  if (
    process.platform !== 'linux' ||
    process.arch !== 'x64' ||
    process.getuid?.() !== 0 ||
    !existsSync('/usr/bin/apt-get')
  )
    throw new Error('The machine for control groups is made of Debian packages: run this as root on Debian, on x86-64.')
  const missing = Object.entries(wanted).filter(([, paths]) => !paths.some((path) => existsSync(path)))
  // One source of packages that does not answer leaves the others good.
  spawnSync('apt-get', ['-qq', 'update'], { stdio: 'ignore', timeout: 120_000 })
  if (missing.length > 0) install(missing.map(([name]) => name))
  if (!virtiofsPaths.some((path) => existsSync(path))) install(['virtiofsd'])
  return virtiofsPaths.find((path) => existsSync(path))!
}

/** Unpacks Debian's kernel for clouds into `directory`. */
export function unpackKernel(directory: string): Kernel {
  const listed = execFileSync('apt-cache', ['depends', '--important', kernelPackage], { encoding: 'utf8' })
  const name = /Depends: (linux-image-\S+-cloud-amd64)\b/.exec(listed)?.[1]
  if (!name) throw new Error(`No package of Debian's sources is the kernel that ${kernelPackage} names`)
  const unpacked = join(directory, 'kernel')
  mkdirSync(unpacked, { recursive: true })
  apt(['download', name], directory)
  const archive = readdirSync(directory).find((file) => file.startsWith(`${name}_`))!
  execFileSync('dpkg-deb', ['-x', join(directory, archive), unpacked])
  const version = name.slice('linux-image-'.length)
  const modules = ['lib/modules', 'usr/lib/modules']
    .map((path) => join(unpacked, path))
    .find((path) => existsSync(path))!
  execFileSync('/bin/busybox', ['depmod', '-b', join(modules, '../..'), version])
  return { version, image: join(unpacked, 'boot', `vmlinuz-${version}`), modules }
}

function install(packages: string[]): void {
  console.log(`• Installing ${packages.join(', ')} …`)
  apt(['install', '-y', '--no-install-recommends', ...packages])
}

/** @throws with the command and what it said */
function apt(args: string[], cwd = '/'): void {
  const { status, stderr } = spawnSync('apt-get', ['-qq', '-o', 'APT::Sandbox::User=root', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 600_000,
  })
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} did not work: ${stderr}`)
}
