import { Buffer } from 'node:buffer'
import { absentSyscalls, checkedSyscalls, deniedSyscalls } from './denied-syscalls.ts'

/** Classic BPF, see linux/filter.h and linux/seccomp.h. */
interface Instruction {
  code: number
  jumpTrue: number
  jumpFalse: number
  value: number
}

const loadWord = 0x20
const jumpIfEqual = 0x15
const jumpIfAtLeast = 0x35
const jumpIfAnyBit = 0x45
const give = 0x06

const allow = 0x7fff0000
const killProcess = 0x80000000
const fail = (errno: number) => 0x00050000 | errno
const EPERM = 1
const ENOSYS = 38
const EAFNOSUPPORT = 97

const numberOffset = 0
const archOffset = 4
/** Lower half of argument `n`: both machines are little-endian. */
const argumentOffset = (n: number) => 16 + 8 * n

const newNamespaceFlags = 0x7e020000
const inputFakingIoctls = [0x5412 /* TIOCSTI */, 0x541c /* TIOCLINUX */]
const openFamilies = [1 /* AF_UNIX */, 2 /* AF_INET */, 10 /* AF_INET6 */, 16 /* AF_NETLINK */]

const machines = {
  x64: { column: 0, audit: 0xc000003e },
  arm64: { column: 1, audit: 0xc00000b7 },
} as const

export type Machine = keyof typeof machines

/**
 * The filter that every sandbox runs under, as the bytes that `bwrap --seccomp` reads: what an app needs is allowed,
 * what changes the machine, its kernel or other processes is not. Calls of another architecture end the process.
 */
export function seccompFilter(machine: Machine): Buffer {
  const { column, audit } = machines[machine]
  const program: Instruction[] = [
    load(archOffset),
    { code: jumpIfEqual, jumpTrue: 1, jumpFalse: 0, value: audit },
    answer(killProcess),
    load(numberOffset),
  ]
  if (machine === 'x64') {
    program.push({ code: jumpIfAtLeast, jumpTrue: 0, jumpFalse: 1, value: 0x40000000 }, answer(killProcess))
  }
  for (const numbers of Object.values(deniedSyscalls)) {
    const number = numbers[column]
    if (number !== null) program.push(...when(number, [answer(fail(EPERM))]))
  }
  for (const numbers of Object.values(absentSyscalls)) {
    program.push(...when(numbers[column], [answer(fail(ENOSYS))]))
  }
  program.push(...when(checkedSyscalls.clone[column], checkClone()))
  program.push(...when(checkedSyscalls.ioctl[column], checkIoctl()))
  program.push(...when(checkedSyscalls.socket[column], checkSocket()))
  program.push(answer(allow))
  return encode(program)
}

function checkClone(): Instruction[] {
  return [
    load(argumentOffset(0)),
    { code: jumpIfAnyBit, jumpTrue: 0, jumpFalse: 1, value: newNamespaceFlags },
    answer(fail(EPERM)),
    answer(allow),
  ]
}

function checkIoctl(): Instruction[] {
  const refuse = inputFakingIoctls.flatMap((value) => when(value, [answer(fail(EPERM))]))
  return [load(argumentOffset(1)), ...refuse, answer(allow)]
}

function checkSocket(): Instruction[] {
  const accept = openFamilies.flatMap((value) => when(value, [answer(allow)]))
  return [load(argumentOffset(0)), ...accept, answer(fail(EAFNOSUPPORT))]
}

function when(value: number, then: Instruction[]): Instruction[] {
  return [{ code: jumpIfEqual, jumpTrue: 0, jumpFalse: then.length, value }, ...then]
}

function load(value: number): Instruction {
  return { code: loadWord, jumpTrue: 0, jumpFalse: 0, value }
}

function answer(value: number): Instruction {
  return { code: give, jumpTrue: 0, jumpFalse: 0, value }
}

function encode(program: Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8)
  program.forEach(({ code, jumpTrue, jumpFalse, value }, index) => {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(jumpTrue, index * 8 + 2)
    bytes.writeUInt8(jumpFalse, index * 8 + 3)
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4)
  })
  return bytes
}
