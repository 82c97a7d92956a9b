import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'

/** What does not get better by itself, as a rule: it is given some time for those who change it. */
const stuckReasons: Record<string, string> = {
  ImagePullBackOff: 'The image of apps cannot be fetched',
  ErrImagePull: 'The image of apps cannot be fetched',
  ErrImageNeverPull: 'The image of apps is not on the node',
  InvalidImageName: 'The name of the image of apps is none',
  CreateContainerConfigError: 'The container cannot be configured',
  CreateContainerError: 'The container cannot be made',
  RunContainerError: 'The container cannot be started',
  CrashLoopBackOff: 'The container ends again and again',
}

export interface Waiting {
  /** One sentence, in the platform's words, with the cluster's own behind it. */
  message: string
  /** Whether it waits for somebody rather than for its turn. */
  isStuck: boolean
}

/** Why a pod that was asked for does not get on; null: it does. */
export function waitingOf({ status }: V1Pod): Waiting | null {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False')
    return { message: sentence('The cluster has no place for it at the moment', scheduled.message), isStuck: false }
  for (const { state } of containersOf(status)) {
    const { reason = '', message } = state?.waiting ?? {}
    const words = stuckReasons[reason]
    if (words) return { message: sentence(words, message ?? reason), isStuck: true }
  }
  return null
}

function containersOf(status: V1Pod['status']): V1ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
}

function sentence(words: string, why: string | undefined): string {
  const told = (why ?? '').trim().replace(/\s+/g, ' ').slice(0, 500)
  return told === '' ? `${words}.` : `${words}: ${told.replace(/\.$/, '')}.`
}
