import type Docker from 'dockerode'
import { FrameReader } from './frames.ts'

/** What a launcher has told so far, by standard error; nothing of it is trusted. */
export interface Told {
  /** Epoch milliseconds of each phase it said, in order. */
  phases: { phase: 'sourcing' | 'starting' | 'running'; at: number }[]
  /** Its last word. */
  last: unknown
}

const order = ['sourcing', 'starting', 'running'] as const

/** Reads the events that the engine has kept of a container. */
export async function readEvents(container: Docker.Container): Promise<Told> {
  const log = await container.logs({ stdout: false, stderr: true, timestamps: true })
  const lines = new FrameReader()
    .take(log)
    .filter(({ stream }) => stream === 'stderr')
    .flatMap(({ data }) => data.toString().split('\n'))
  const told: Told = { phases: [], last: undefined }
  for (const line of lines) {
    const [time = '', ...rest] = line.split(' ')
    const event = parse(rest.join(' '))
    if (!event) continue
    told.last = event
    const phase = order.find((each) => event.event === 'phase' && each === event.phase)
    // Never back: an app that took the launcher over could keep everybody busy with its phases.
    const reached = told.phases.at(-1)
    if (phase && (!reached || order.indexOf(phase) > order.indexOf(reached.phase)))
      told.phases.push({ phase, at: Date.parse(time) })
  }
  return told
}

function parse(line: string): { event?: unknown; phase?: unknown } | undefined {
  try {
    const event: unknown = JSON.parse(line)
    return typeof event === 'object' && event !== null ? event : undefined
  } catch {
    return undefined
  }
}
