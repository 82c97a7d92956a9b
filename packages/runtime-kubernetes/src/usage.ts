import { Buffer } from 'node:buffer'
import type { V1Pod } from '@kubernetes/client-node'
import type { InstanceStats } from '@wave-store/runtime'
import { annotations, labels } from './labels.ts'
import { annotationOf, generationOf, labelOf } from './observe.ts'

const timeoutMs = 2000
const longestAnswer = 4096
/** Asked at one time. */
const width = 32

/**
 * What each pod uses, as its launcher tells of its own control group: the cluster itself tells it only where a metrics
 * server runs, late, and without processes. An app could make its own launcher lie, about itself alone.
 */
export async function usageOf(pods: V1Pod[]): Promise<InstanceStats[]> {
  const all: InstanceStats[] = []
  const waiting = pods.values()
  const ask = async () => {
    for (const pod of waiting) {
      const stats = await askOne(pod)
      if (stats) all.push(stats)
    }
  }
  await Promise.all(Array.from({ length: width }, ask))
  return all
}

async function askOne(pod: V1Pod): Promise<InstanceStats | null> {
  const host = pod.status?.podIP
  const port = annotationOf(pod, annotations.usagePort)
  if (!host || port === undefined) return null
  try {
    const response = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/`, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const told = JSON.parse(await beginningOf(response)) as Record<string, unknown>
    const { cpuMs, memoryBytes, processes, volumeBytes } = told
    const isSound = [cpuMs, memoryBytes, processes, volumeBytes ?? 0].every(isCount)
    if (!isSound) return null
    const used = { cpuMs, memoryBytes, processes, ...(volumeBytes !== undefined && { volumeBytes }) }
    return {
      id: labelOf(pod, labels.instance),
      generation: generationOf(pod),
      ...(used as Omit<InstanceStats, 'id' | 'generation'>),
    }
  } catch {
    // It has just ended, or is too busy to answer.
    return null
  }
}

/** An app may answer in its launcher's place, with whatever it likes. */
async function beginningOf(response: Response): Promise<string> {
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.length > longestAnswer) break
  }
  return text
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
