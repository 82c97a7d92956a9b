import { createProcessRuntime } from '../process-runtime.ts'

/** `node start-and-hold.ts <options and specs as JSON>`: starts instances as a server would, says so, and stays. */
const { options, specs } = JSON.parse(process.argv[2]!)
const runtime = await createProcessRuntime(options)
for (const spec of specs) await runtime.start(spec)
console.log('started')
setInterval(() => {}, 1 << 30)
