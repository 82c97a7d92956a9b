import type { LogOptions } from '@wave-store/runtime'
import type Docker from 'dockerode'
import { type Frame, FrameReader, framesOf } from './frames.ts'

/** What a container has written to its standard output. A negative offset counts back from what there is. */
export async function* containerLog(
  container: Docker.Container,
  { offset = 0, follow = false, signal }: Pick<LogOptions, 'offset' | 'follow' | 'signal'>,
): AsyncIterable<Uint8Array> {
  if (signal?.aborted) return
  const now = !follow || offset < 0 ? await framesOfNow(container) : []
  const from = offset < 0 ? Math.max(0, lengthOf(now) + offset) : offset
  if (!follow) return yield* passOver(now, from)
  const stream = await container.logs({ stdout: true, stderr: false, follow: true })
  const end = () => (stream as unknown as { destroy(): void }).destroy()
  signal?.addEventListener('abort', end, { once: true })
  try {
    yield* passOver(framesOf(stream as unknown as AsyncIterable<Uint8Array>), from)
  } catch (error) {
    if (!signal?.aborted) throw error
  } finally {
    signal?.removeEventListener('abort', end)
    end()
  }
}

/** In memory: the engine keeps no more of a log than it was told. */
async function framesOfNow(container: Docker.Container): Promise<Frame[]> {
  return new FrameReader().take(await container.logs({ stdout: true, stderr: false }))
}

async function* passOver(frames: Frame[] | AsyncIterable<Frame>, offset: number): AsyncIterable<Uint8Array> {
  let left = offset
  for await (const { data } of frames) {
    const rest = data.subarray(Math.min(left, data.length))
    left -= data.length - rest.length
    if (rest.length > 0) yield rest
  }
}

function lengthOf(frames: Frame[]): number {
  return frames.reduce((sum, { data }) => sum + data.length, 0)
}
