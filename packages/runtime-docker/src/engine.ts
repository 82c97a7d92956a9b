import { RuntimeError } from '@wave-store/runtime'
import Docker from 'dockerode'

const quickMs = 60_000

/** The engine, by two ways: one for answers, each within a time, and one for what streams for as long as it lasts. */
export interface Engine {
  quick: Docker
  streams: Docker
}

export function openEngine(host = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock'): Engine {
  const address = addressOf(host)
  return {
    quick: new Docker({ ...address, timeout: quickMs }),
    streams: new Docker(address),
  }
}

function addressOf(host: string): Docker.DockerOptions {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) }
  if (!URL.canParse(host)) throw new RuntimeError('unavailable', `${host} is no address of a Docker engine`)
  const { hostname, port, protocol } = new URL(host)
  const isSecure = protocol === 'https:' || process.env.DOCKER_TLS_VERIFY === '1'
  return { protocol: isSecure ? 'https' : 'http', host: hostname, port: Number(port) || (isSecure ? 2376 : 2375) }
}

/** HTTP status of the engine's answer; undefined where it gave none. */
export function statusOf(error: unknown): number | undefined {
  const { statusCode } = error as { statusCode?: unknown }
  return typeof statusCode === 'number' ? statusCode : undefined
}

/** The result, or null where what it is about is not there (any more). */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (statusOf(error) === 404) return null
    throw error
  }
}

/** Done, or needless: the engine says that it is so already, or that there is nothing to do it to. */
export async function settled(done: Promise<unknown>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (![304, 404, 409].includes(statusOf(error) ?? 0)) throw error
  }
}

/** @throws {RuntimeError} `unavailable` where the engine gave no answer; other errors as they are */
export async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (statusOf(error) !== undefined || error instanceof RuntimeError) throw error
    throw new RuntimeError('unavailable', `The Docker engine does not answer: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
