import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Stands in for `waved` where only its life and its environment matter: it answers what it was given, in JSON. */
export async function writeFakeWaveServer(directory: string, before = ''): Promise<void> {
  await mkdir(path.join(directory, 'www'), { recursive: true })
  const source = `#!/usr/bin/python3
import http.server, json, os, threading, time
${before}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/end":
            threading.Timer(0.05, lambda: os._exit(4)).start()
        body = json.dumps({"env": dict(os.environ), "cwd": os.getcwd()}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *arguments):
        pass
host, port = os.environ["H2O_WAVE_LISTEN"].rsplit(":", 1)
http.server.ThreadingHTTPServer((host, int(port)), Handler).serve_forever()
`
  await writeFile(path.join(directory, 'waved'), source)
  await chmod(path.join(directory, 'waved'), 0o755)
}
