import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface MachineParts {
  image: string
  initramfs: string
  /** An image of a file system for what the tests write. */
  disk: string
  /** Socket of what shares the host's files. */
  files: string
  /** Files that are its disks /dev/vdb, vdc … */
  reports: string[]
}

export type Accelerator = 'kvm' | 'tcg'

const memory = '2G'
/** Every host has what it has; `max` fails where the host is a machine of another host. */
const processor = 'Nehalem'
const accelerated = {
  kvm: ['-accel', 'kvm', '-smp', '2'],
  // The machine's time goes with what it has done, so that its tests' time limits hold however slowly that is.
  tcg: ['-accel', 'tcg', '-smp', '1', '-icount', 'shift=0,sleep=on'],
}
const bootLimitMs = { kvm: 60_000, tcg: 240_000 }
const wholeLimitMs = 90 * 60_000
const shownLines = 60

/** A machine of QEMU without a network, from its boot to its end. */
export class VirtualMachine implements AsyncDisposable {
  readonly #accelerator: Accelerator
  readonly #process: ChildProcess
  readonly #lines: string[] = []

  /** `tcg` is slow and works everywhere. */
  constructor(accelerator: Accelerator, parts: MachineParts) {
    this.#accelerator = accelerator
    const qemu = ['qemu-system-x86_64', '-machine', 'q35', ...accelerated[accelerator], ...argumentsOf(parts)]
    this.#process = spawn('setpriv', ['--pdeathsig', 'KILL', ...qemu], { stdio: ['ignore', 'pipe', 'pipe'] })
    const began = Date.now()
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      createInterface(stream).on('line', (line) => {
        this.#lines.push(line)
        console.log(`${Math.round((Date.now() - began) / 1000)} s: ${line}`)
        // It would stand still from then on.
        if (line.startsWith('KVM internal error')) this.#end('cannot be run by KVM')
      })
  }

  get hasBooted(): boolean {
    return this.#says('tests begin')
  }

  /** Resolves when the machine has ended by itself. @throws with its last words when it is too slow or ends early. */
  async ended(): Promise<void> {
    const exited = once(this.#process, 'close')
    const boot = setTimeout(() => this.hasBooted || this.#end('does not boot in time'), bootLimitMs[this.#accelerator])
    const whole = setTimeout(() => this.#end('does not end in time'), wholeLimitMs)
    await exited
    clearTimeout(boot)
    clearTimeout(whole)
    if (this.#says('tests are done')) return
    throw new Error(`The machine ended before its tests.\n${this.#lines.slice(-shownLines).join('\n')}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const exited = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await exited
  }

  #says(words: string): boolean {
    return this.#lines.some((line) => line.startsWith(`cgroup2: ${words}`))
  }

  #end(why: string): void {
    this.#lines.push(`It ${why}.`)
    this.#process.kill('SIGKILL')
  }
}

function argumentsOf({ image, initramfs, disk, files, reports }: MachineParts): string[] {
  return [
    ...['-cpu', processor, '-m', memory, '-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none'],
    ...['-kernel', image, '-initrd', initramfs, '-append', 'console=ttyS0 loglevel=3 panic=-1', '-serial', 'stdio'],
    ...['-object', `memory-backend-memfd,id=memory,size=${memory},share=on`, '-numa', 'node,memdev=memory'],
    ...['-chardev', `socket,id=files,path=${files}`, '-device', 'vhost-user-fs-pci,chardev=files,tag=host'],
    ...[disk, ...reports].flatMap((path) => ['-drive', `file=${path},format=raw,if=virtio,discard=unmap,cache=unsafe`]),
  ]
}
