import { Buffer } from 'node:buffer'
import { isIPv4 } from 'node:net'
import type {
  V1NetworkPolicy,
  V1NetworkPolicyEgressRule,
  V1NetworkPolicyIngressRule,
  V1OwnerReference,
  V1PersistentVolumeClaim,
  V1Secret,
  V1Service,
} from '@kubernetes/client-node'
import type { InstanceSpec } from '@wave-store/runtime'
import { closedNetworks } from '@wave-store/runtime/driver'
import { labels, type Names } from './labels.ts'
import type { PodPorts } from './ports.ts'

/** Leads to the process of one generation. It owns all else that an instance has: what is forgotten goes with it. */
export function instanceService(names: Names, { id, generation }: InstanceSpec, ports: PodPorts): V1Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: names.instance(id), labels: names.labels('instance', { [labels.instance]: id }) },
    spec: {
      selector: { ...names.ofInstance(id), [labels.generation]: String(generation) },
      ports: [{ name: 'http', port: ports.public, targetPort: ports.public, protocol: 'TCP' }],
      // Whether it answers is found out by asking, as soon as it might.
      publishNotReadyAddresses: true,
    },
  }
}

export function ownerOf(service: V1Service): V1OwnerReference {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    name: service.metadata?.name ?? '',
    uid: service.metadata?.uid ?? '',
    blockOwnerDeletion: false,
  }
}

interface Owned {
  names: Names
  id: string
  owner: V1OwnerReference
}

export function volumeClaim(
  { names, id, owner }: Owned,
  what: 'data' | 'resources',
  { sizeBytes, storageClass }: { sizeBytes: number; storageClass: string | undefined },
): V1PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: names.instance(id, what),
      labels: names.labels('instance', { [labels.instance]: id }),
      ownerReferences: [owner],
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: String(sizeBytes) } },
      ...(storageClass !== undefined && { storageClassName: storageClass }),
    },
  }
}

/** @param files text by name */
export function processSecret(
  { names, id, owner }: Owned,
  generation: number,
  what: 'run' | 'build',
  files: Record<string, string>,
): V1Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: names.process(id, generation, what),
      labels: names.labels('instance', { [labels.instance]: id, [labels.generation]: String(generation) }),
      ownerReferences: [owner],
    },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('base64')])),
  }
}

export interface Reachable {
  /** Addresses outside of the cluster, or of its private networks, that pods need. */
  addresses: { address: string; port: number }[]
  /** Of pods of the store. */
  storePort: number
}

/**
 * Lets in the gateway alone, and out to the Internet, to name servers, to the store and to package indexes; not to other
 * instances, to the cluster's own services or to private networks.
 */
export function instancePolicy({ names, id, owner }: Owned, ports: PodPorts, reachable: Reachable): V1NetworkPolicy {
  const gateway = { namespaceSelector: {}, podSelector: { matchLabels: { [labels.part]: 'gateway' } } }
  const tcp = (port: number) => ({ protocol: 'TCP', port })
  const egress: V1NetworkPolicyEgressRule[] = [
    { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] },
    { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: closedNetworks } }] },
    { to: [gateway], ports: [tcp(reachable.storePort)] },
    ...reachable.addresses
      .filter(({ address }) => isIPv4(address))
      .map(({ address, port }) => ({ to: [{ ipBlock: { cidr: `${address}/32` } }], ports: [tcp(port)] })),
  ]
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: names.instance(id),
      labels: names.labels('instance', { [labels.instance]: id }),
      ownerReferences: [owner],
    },
    spec: {
      podSelector: { matchLabels: names.ofInstance(id) },
      policyTypes: ['Ingress', 'Egress'],
      // Sent as it is, so by the API's own name rather than the client's.
      ingress: [{ from: [gateway], ports: [tcp(ports.public), tcp(ports.usage)] } as V1NetworkPolicyIngressRule],
      egress,
    },
  }
}
