import { execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'

const server = `
import socket, sys
listener = socket.create_server(('0.0.0.0', 80))
print('listening', flush=True)
while True:
    listener.accept()[0].close()
`

/**
 * Another machine beside this one, as far as packets can tell: it listens on port 80 of a private address, and of a
 * public one that this machine only has a route to.
 */
export interface Neighbour {
  privateAddress: string
  publicAddress: string
  remove(): void
}

export async function addNeighbour(): Promise<Neighbour> {
  const name = `nb${process.pid}`
  const part = randomInt(1, 250)
  const [host, privateAddress, publicAddress] = [`10.99.${part}.1`, `10.99.${part}.2`, `198.51.100.${part}`]
  const ip = (...args: string[]) => execFileSync('ip', args)
  ip('netns', 'add', name)
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
  ip('addr', 'add', `${host}/30`, 'dev', name)
  ip('link', 'set', name, 'up')
  ip('-n', name, 'addr', 'add', `${privateAddress}/30`, 'dev', 'eth0')
  ip('-n', name, 'addr', 'add', `${publicAddress}/32`, 'dev', 'lo')
  ip('-n', name, 'link', 'set', 'lo', 'up')
  ip('-n', name, 'link', 'set', 'eth0', 'up')
  ip('-n', name, 'route', 'add', 'default', 'via', host)
  ip('route', 'add', `${publicAddress}/32`, 'via', privateAddress)
  execFileSync('sh', ['-c', `echo 1 > /proc/sys/net/ipv4/conf/${name}/forwarding`])
  const listener = spawn('ip', ['netns', 'exec', name, '/usr/bin/python3', '-c', server], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(listener.stdout, 'data')
  const remove = () => {
    listener.kill('SIGKILL')
    ip('link', 'del', name)
    ip('netns', 'del', name)
  }
  return { privateAddress, publicAddress, remove }
}
