import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toolsDirectory } from '@wave-store/testing'
import { requireSystemParts, unpackKernel } from './debian-parts.ts'
import { HostFiles } from './host-files.ts'
import { writeInitramfs } from './initramfs.ts'
import { type Accelerator, VirtualMachine } from './virtual-machine.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

const largestReportBytes = 16 << 20

/** A test as vitest's report tells of it. */
export interface InnerTest {
  fullName: string
  status: string
  failureMessages: string[]
}

/** A file of tests; `message` says why it broke off, where it did. */
export interface InnerFile {
  name: string
  status: string
  message: string
  assertionResults: InnerTest[]
}

/** Boots the machine and gives the report of each of its runs, see `guest/run-tests`. */
export async function runInMachine(runs: number): Promise<InnerFile[][]> {
  const virtiofsd = requireSystemParts()
  const directory = mkdtempSync(join(tmpdir(), 'cgroup2-'))
  await using unwind = new AsyncDisposableStack()
  unwind.defer(() => rmSync(directory, { recursive: true, force: true }))
  const kernel = unpackKernel(directory)
  const initramfs = writeInitramfs(directory, kernel, { modules: kernel.modules, checkout })
  const shared = ['/usr', checkout, toolsDirectory, directory]
  const disk = join(directory, 'disk.img')
  execFileSync('mke2fs', ['-q', '-t', 'ext4', disk, '4G'], {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  })
  const reports = Array.from({ length: runs }, (_, index) => join(directory, `report-${index + 1}.img`))
  for (const path of reports) {
    writeFileSync(path, '')
    truncateSync(path, largestReportBytes)
  }

  const run = async (accelerator: Accelerator) => {
    await using files = await HostFiles.share(virtiofsd, directory, shared)
    const parts = { image: kernel.image, initramfs, disk, files: files.socket, reports }
    await using machine = new VirtualMachine(accelerator, parts)
    try {
      await machine.ended()
      return true
    } catch (error) {
      if (accelerator === 'tcg' || machine.hasBooted) throw error
      console.log('KVM does not run the machine; it is emulated')
      return false
    }
  }
  if (!existsSync('/dev/kvm') || !(await run('kvm'))) await run('tcg')
  return reports.map((path) => JSON.parse(readFileSync(path, 'utf8').replace(/\0+$/, '')).testResults)
}
