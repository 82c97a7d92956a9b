import type { InstanceSpec, Runtime } from '../runtime.ts'
import { reaches } from './test-runtime.ts'

/** Lets an askable app run `python` and gives what it assigned to `result`. */
export type Ask = (python: string) => Promise<unknown>

/** Starts an instance of the askable app and waits until it answers. */
export async function startAskable(runtime: Runtime, spec: InstanceSpec): Promise<{ ask: Ask; host: string }> {
  await runtime.start(spec)
  const { address } = await reaches(runtime, spec.id, 'running', spec.generation)
  const { host, port } = address!
  const ask = async (python: string) => {
    const response = await fetch(`http://${host}:${port}/`, { method: 'POST', body: python })
    return await response.json()
  }
  return { ask, host }
}

/** Python that tells how a connection attempt ends: `connected`, `timed out` or the error's name. */
export function connecting(host: string, port: number): string {
  return `
import socket
try:
    socket.create_connection((${JSON.stringify(host)}, ${port}), timeout=0.7).close()
    result = 'connected'
except TimeoutError:
    result = 'timed out'
except OSError as error:
    result = type(error).__name__
`
}

/** Python that makes a system call by its number and tells the name of its errno. */
export function calling(number: { x64: number; arm64: number }, ...args: (number | string)[]): string {
  const values = args.map((arg) => (typeof arg === 'number' ? `ctypes.c_long(${arg})` : arg)).join(', ')
  const which = process.arch === 'arm64' ? number.arm64 : number.x64
  return `
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
answer = libc.syscall(ctypes.c_long(${which})${values ? `, ${values}` : ''})
result = 'allowed' if answer != -1 else errno.errorcode[ctypes.get_errno()]
`
}
