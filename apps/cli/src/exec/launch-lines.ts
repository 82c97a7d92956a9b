import { pathToFileURL } from 'node:url'
import type { Manifest } from '@wave-store/bundle'
import packageJson from '../../package.json' with { type: 'json' }

interface LaunchFacts {
  bundlePath: string
  manifest: Manifest
  /** Whether the platform's own is at hand; an app whose packages bring another one is served by that. */
  hasWaveServer: boolean
  port: number
  now: Date
}

const waveServer = '/opt/wave/waved/waved'

/** What a launch begins with, one JSON object a line (developer guide, Running the app in cloud-like environment locally). */
export function launchLines({ bundlePath, manifest, hasWaveServer, port, now }: LaunchFacts): string[] {
  const { mode, module = '' } = manifest.runtime
  const isWave = mode === 'wave'
  const time = `${now.toISOString().slice(0, 19)}Z`
  const lines = [
    {
      level: 'info',
      log_level: 'info',
      url: pathToFileURL(bundlePath).href,
      app_root: '/app',
      venv_root: '/resources',
      server_path: isWave ? waveServer : '',
      py_module: module,
      tmp: '/tmp',
      startup_server: isWave,
      version: packageJson.version,
      time,
      message: 'configuration',
    },
    { level: 'info', port: `:${port}`, time, message: 'starting launcher server' },
    ...(isWave && hasWaveServer
      ? [{ level: 'info', executable: waveServer, time, message: 'wave executable found' }]
      : []),
  ]
  return lines.map((line) => JSON.stringify(line))
}
