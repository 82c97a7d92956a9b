import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { type Capabilities, RuntimeError } from '@wave-store/runtime'
import type { Settings } from '../protocol.ts'
import type { StorePaths } from '../store-paths.ts'
import type { Cgroups } from './cgroups/cgroups.ts'
import { openCgroups } from './cgroups/open-cgroups.ts'
import { AddressRange } from './network/address-range.ts'
import { localNetworks, OwnNetworks } from './network/own-networks.ts'
import { runCommand } from './run-command.ts'
import type { SandboxSupport } from './sandbox/bwrap-arguments.ts'
import { becoming } from './sandbox/entry-script.ts'
import { whyNoImages } from './volumes/can-mount-images.ts'

/** What this machine lets the driver do. */
export interface Machine {
  root: boolean
  sandbox: SandboxSupport | null
  networks: OwnNetworks | null
  cgroups: Cgroups | null
  /** Whether volumes can be file systems of their own size. */
  images: boolean
  python: { path: string; version: string }
  uvVersion: string
  advice: string[]
}

const fallbackRanges = ['10.213.0.0/16', '10.214.0.0/16', '172.29.0.0/16', '192.168.208.0/20']
const defaultUid = 200_000

export async function examineMachine(store: StorePaths, options: Settings): Promise<Machine> {
  const root = process.getuid?.() === 0
  const advice: string[] = []
  // First what may fail, as the rest leaves something on the machine.
  const path = options.python ?? '/usr/bin/python3'
  const python = { path, version: await pythonVersion(path) }
  const uvVersion = options.uvPath ? (await runCommand(options.uvPath, ['--version'])).trim() : ''
  const sandbox = await examineSandbox(root, options.uidRange?.first ?? defaultUid, advice)
  const noImages = await whyNoImages(store.runtime)
  const networks = root ? await examineNetwork(store, options, advice) : null
  const cgroups = openCgroups(`wave-store-${store.hash}`)
  if (!root) advice.push('Apps share one user and the network of this machine: run the store as root to part them.')
  if (!cgroups?.limits.memory) {
    advice.push(
      'Memory is only watched, and the number of processes not limited, as no control groups can be made here.',
    )
  }
  if (noImages !== undefined) {
    advice.push(
      `Volumes are measured, and an app whose volume grows too large is ended: no disk image can be mounted here (${noImages}).`,
    )
  }
  return { root, sandbox, networks, cgroups, images: noImages === undefined, python, uvVersion, advice }
}

export function capabilitiesOf(machine: Machine, allowUnsandboxed: boolean): Capabilities {
  const { root, sandbox, networks, cgroups } = machine
  const limits = cgroups?.limits ?? { pids: false, cpu: false }
  const warning =
    allowUnsandboxed && !sandbox ? ['Apps run without a sandbox, as configured: they can read what the store can.'] : []
  return {
    driver: 'process',
    isolation: !sandbox ? 'none' : root && networks ? 'full' : 'shared',
    advice: [...warning, ...machine.advice].join(' '),
    limits: { ...limits, memory: true, disk: machine.images ? 'quota' : 'measured' },
    images: false,
    gpus: false,
    pythons: [machine.python.version.split('.').slice(0, 2).join('.')],
  }
}

async function examineSandbox(root: boolean, uid: number, advice: string[]): Promise<SandboxSupport | null> {
  const as = root ? becoming(uid) : []
  const inside = ['--unshare-pid', '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', 'true']
  const ways: [SandboxSupport, string[]][] = [
    [{ userNamespaces: true, disableUserns: true }, [...as, 'bwrap', '--unshare-user', '--disable-userns', ...inside]],
    [{ userNamespaces: true, disableUserns: false }, [...as, 'bwrap', '--unshare-user', ...inside]],
    [{ userNamespaces: false, disableUserns: false }, ['bwrap', ...inside]],
  ]
  let problem = ''
  for (const [support, [command, ...args]] of ways) {
    if (!support.userNamespaces && !root) continue
    try {
      await runCommand(command!, args)
      return support
    } catch (error) {
      problem ||= (error as Error).message
    }
  }
  advice.push(`No sandbox works here: install bubblewrap and allow user namespaces (${problem}).`)
  return null
}

async function examineNetwork(store: StorePaths, options: Settings, advice: string[]) {
  try {
    const networks = new OwnNetworks(store.hash, networkSettings(options))
    mkdirSync('/run/netns', { recursive: true })
    await networks.removeAll()
    await networks.apply()
    advice.push(...(await networks.advice()))
    return networks
  } catch (error) {
    advice.push(`Apps share the network of this machine: install iproute2 and nftables (${(error as Error).message}).`)
    return null
  }
}

export function networkSettings(options: Settings) {
  return {
    addressRange: options.addressRange ?? freeRange(),
    gatewayUid: options.gatewayUid,
    ...(options.publicPort ? { publicPort: options.publicPort } : {}),
  }
}

function freeRange(): string {
  const taken = localNetworks()
  const isFree = (range: string) => !taken.some((network) => new AddressRange(range).overlaps(network))
  return fallbackRanges.find(isFree) ?? fallbackRanges[0]!
}

/** @throws {RuntimeError} for one that sandboxes would not find: nothing but `/usr` is seen in them. */
async function pythonVersion(python: string): Promise<string> {
  if (!existsSync(python) || !realpathSync(python).startsWith('/usr/')) {
    throw new RuntimeError(
      'unavailable',
      `The interpreter ${python} is not below /usr: install python3, or name another one`,
    )
  }
  return (await runCommand(python, ['-I', '-c', 'import platform; print(platform.python_version())'])).trim()
}
