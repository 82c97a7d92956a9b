import { reaches } from '@wave-store/runtime/testing'
import { createDockerRuntime } from '../docker-runtime.ts'

/** `node start-and-hold.ts <options and spec as JSON>`: starts an instance as a server would, says so, and stays. */
const { options, spec } = JSON.parse(process.argv[2]!)
const runtime = await createDockerRuntime(options)
await runtime.start(spec)
await reaches(runtime, spec.id, 'running')
console.log('started')
setInterval(() => {}, 1 << 30)
