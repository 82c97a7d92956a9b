import { reaches } from '@wave-store/runtime/testing'
import { createKubernetesRuntime } from '../kubernetes-runtime.ts'

/** `node start-and-hold.ts <options, spec and where its bundle is, as JSON>`: starts an instance as a server would, says so, and stays. */
const { options, spec, source } = JSON.parse(process.argv[2]!)
const runtime = await createKubernetesRuntime({ ...options, bundleSource: () => source })
await runtime.start(spec)
await reaches(runtime, spec.id, 'running')
console.log('started')
setInterval(() => {}, 1 << 30)
