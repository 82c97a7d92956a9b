import { LauncherProcess } from './launcher-process.ts'
import { type Entry, freePort, makeSandbox, type Sandbox, writeZip } from './sandbox.ts'

/** An app of mode `python` that the launcher runs, gone with its sandbox at the end of the scope. */
export class RunningApp extends LauncherProcess {
  readonly sandbox: Sandbox
  readonly port: number

  constructor(sandbox: Sandbox, port: number, spec: object, env: Record<string, string>) {
    super('run', spec, env)
    this.sandbox = sandbox
    this.port = port
  }

  async text(path = '/'): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.port}${path}`)).text()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal('SIGTERM')
    await this.ended
    await this.sandbox[Symbol.asyncDispose]()
  }
}

export async function runApp(
  entries: Record<string, string | Entry>,
  spec: Record<string, unknown> = {},
  env: Record<string, string> = {},
): Promise<RunningApp> {
  const sandbox = await makeSandbox()
  await writeZip(sandbox.paths.bundle, entries)
  const port = await freePort()
  const common = { mode: 'python', module: 'app', port, graceMs: 3000, startTimeoutMs: 20_000, paths: sandbox.paths }
  return new RunningApp(sandbox, port, { ...common, ...spec }, env)
}

/** Python source of a server that answers `GET /` with what the expression gives, on the port that it is told. */
export function server(expression = '"hello"', { host = '0.0.0.0', before = '' } = {}): string {
  return `
import http.server, json, os, sys, threading, time, signal, subprocess
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(${expression}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *arguments):
        pass
${before}
http.server.ThreadingHTTPServer(("${host}", int(os.environ["PORT"])), Handler).serve_forever()
`
}
