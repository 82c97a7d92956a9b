/** Serves `handler` at port 8000 after saying so; with `announce` run first. */
const serving = (announce: string) => `
import http.server, os, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'hello')
    def log_message(self, *rest):
        pass

server = http.server.ThreadingHTTPServer(('', int(os.environ.get('PROBE_PORT', '8000'))), Handler)
${announce}
server.serve_forever()
`

export const servingApp = serving(`print('ready', flush=True)`)

export const countingApp = serving(`
count = 1
if os.path.exists('/data/count'):
    with open('/data/count') as file:
        count = int(file.read()) + 1
with open('/data/count', 'w') as file:
    file.write(str(count))
print('count', count, flush=True)
`)

export const endingApp = (output: string, code: number) => `
import sys
sys.stdout.write(${JSON.stringify(output)})
sys.stdout.flush()
sys.exit(${code})
`

/** Runs the Python that is posted to it and answers with what it assigned to `result`, or the name of its error. */
export const askableApp = `
import http.server, json, os, threading

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer('hello')
    def do_POST(self):
        code = self.rfile.read(int(self.headers['content-length'])).decode()
        scope = {'result': None}
        try:
            exec(code, scope)
            self.answer(scope['result'])
        except BaseException as error:
            self.answer(type(error).__name__ + ': ' + str(error))
    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *rest):
        pass

http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`
