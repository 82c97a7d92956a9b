import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A program of the benchmark in a process of its own, which it tells one thing when it is ready. */
export interface Child<Ready> extends AsyncDisposable {
  pid: number
  ready: Ready
  /** Sends one message and waits for the next one back. */
  ask: (question: object) => Promise<unknown>
}

/** @param file beside this one, such as `load/transfer-process.ts` */
export async function startChild<Ready>(file: string, args: (string | number)[] = []): Promise<Child<Ready>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args.map(String))
  const ready = (await nextMessage(child)) as Ready
  return {
    pid: child.pid!,
    ready,
    ask: (question) => {
      const answer = nextMessage(child)
      child.send(question)
      return answer
    },
    [Symbol.asyncDispose]: () => end(child),
  }
}

/** SIGTERM, as a service manager would. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController()
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`${child.spawnargs[1]} ended with ${code}`)
  })
  try {
    const [message] = (await Promise.race([once(child, 'message'), exit])) as [unknown]
    return message
  } finally {
    exit.catch(() => {})
    ended.abort()
  }
}
