import type { InstanceSpec } from '@wave-store/runtime'
import { ownPorts, type Ports } from '@wave-store/runtime/driver'

const usualUsagePort = 10_102

export interface PodPorts extends Ports {
  /** Where its launcher tells what it uses. */
  usage: number
}

export function podPorts(entry: InstanceSpec['entry']): PodPorts {
  const ports = ownPorts(entry, undefined)
  return { ...ports, usage: ports.public === usualUsagePort ? usualUsagePort + 1 : usualUsagePort }
}
