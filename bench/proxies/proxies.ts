import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually, freePort } from '@wave-store/testing'
import { end } from '../child.ts'

/** A proxy of somebody else's in a process of its own, all requests going to one app. */
export interface Proxy extends AsyncDisposable {
  name: string
  pid: number
  port: number
}

/** JupyterHub's, as it comes: routes in memory, connections to the app kept alive. */
export async function startConfigurableHttpProxy(appPort: number): Promise<Proxy> {
  const require = createRequire(import.meta.url)
  const [port, apiPort] = [await freePort(), await freePort()]
  const { version } = require('configurable-http-proxy/package.json') as { version: string }
  const program = require.resolve('configurable-http-proxy/bin/configurable-http-proxy')
  const listen = ['--ip', '127.0.0.1', '--port', String(port), '--api-ip', '127.0.0.1', '--api-port', String(apiPort)]
  const target = ['--default-target', `http://127.0.0.1:${appPort}`, '--log-level', 'error']
  return start(`configurable-http-proxy ${version}`, port, [process.execPath, program, ...listen, ...target])
}

/** One process without a master, streaming like the others: nothing is put on disk on its way. */
export async function startNginx(appPort: number): Promise<Proxy> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'bench-nginx-'))
  const configuration = join(folder, 'nginx.conf')
  await writeFile(configuration, nginxConfiguration({ folder, port, appPort }))
  const nginx = await start('nginx', port, [
    'nginx',
    '-p',
    folder,
    '-c',
    configuration,
    '-e',
    join(folder, 'error.log'),
  ])
  return {
    ...nginx,
    async [Symbol.asyncDispose]() {
      await nginx[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}

async function start(name: string, port: number, [program = '', ...args]: string[]): Promise<Proxy> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await once(child, 'spawn')
  await eventually(() => answers(port))
  return { name, port, pid: child.pid!, [Symbol.asyncDispose]: () => end(child) }
}

async function answers(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
}

function nginxConfiguration({ folder, port, appPort }: { folder: string; port: number; appPort: number }): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  keepalive_requests 1000000000;
  client_max_body_size 0;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  upstream app {
    server 127.0.0.1:${appPort};
    keepalive 64;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_request_buffering off;
      proxy_max_temp_file_size 0;
    }
  }
}
`
}
