import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** Where the driver keeps its things for one data directory. */
export interface StorePaths {
  /** Ten hex digits that stand for the data directory in the names of interfaces, tables and groups. */
  hash: string
  dataDir: string
  runtime: string
  instances: string
  environments: string
  program: string
  supervisorLog: string
  /** Says where the supervisor listens, and what it has made on this machine. */
  supervisorFile: string
  /** Outside of the data directory, as a Unix socket's path may have 107 bytes and a data directory's may have more. */
  run: string
  socket: string
  /** Mount points for the private view of one starting sandbox. */
  runtimeView: string
  bundleView: string
}

/** Makes the data directory when it is absent: its real path is what the names are built from. */
export function storePaths(dataDir: string, uid: number = process.getuid?.() ?? 0): StorePaths {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const real = realpathSync(dataDir)
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 10)
  const runtime = path.join(real, 'runtime')
  const run = uid === 0 ? `/run/wave-store-${hash}` : `/tmp/wave-store-${uid}-${hash}`
  return {
    hash,
    dataDir: real,
    runtime,
    instances: path.join(runtime, 'instances'),
    environments: path.join(runtime, 'environments'),
    program: path.join(runtime, 'program'),
    supervisorLog: path.join(runtime, 'supervisor.log'),
    supervisorFile: path.join(runtime, 'supervisor.json'),
    run,
    socket: path.join(run, 'control', 'supervisor.sock'),
    runtimeView: path.join(run, 'view'),
    bundleView: path.join(run, 'bundle.wave'),
  }
}

export interface InstancePaths {
  root: string
  record: string
  currentLog: string
  previousLog: string
  volume: string
  /** The file system that is mounted there, where its size is enforced. */
  volumeImage: string
  /** The instance's own Python environment, where it has one: `venv`, with `venv.img` where its size is enforced. */
  environment: string
  /** What each start makes anew. */
  scratch: string
}

export function instancePaths(store: StorePaths, id: string): InstancePaths {
  const root = path.join(store.instances, id)
  return {
    root,
    record: path.join(root, 'record.json'),
    currentLog: path.join(root, 'current.log'),
    previousLog: path.join(root, 'previous.log'),
    volume: path.join(root, 'volume'),
    volumeImage: path.join(root, 'volume.img'),
    environment: path.join(root, 'environment'),
    scratch: path.join(root, 'scratch'),
  }
}
