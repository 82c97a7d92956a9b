import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { freePort } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { startTestStore } from '../testing/test-store.ts'
import { clientAddress, networkOf } from './client-address.ts'

const peer = '192.0.2.1'

const addressOf = (chain: string | string[] | undefined, hops: number, remoteAddress: string | undefined = peer) => {
  const headers = chain === undefined ? {} : { 'x-forwarded-for': chain }
  return clientAddress({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, hops)
}

describe('the address of a client', () => {
  it.each<[string, string | string[] | undefined, number, string]>([
    ['the peer’s, where no proxy is trusted', '203.0.113.9', 0, peer],
    ['what the only proxy saw', '203.0.113.9', 1, '203.0.113.9'],
    [
      'what the proxy appended to a chain that the client made up',
      '10.0.0.1, 127.0.0.1, 203.0.113.9',
      1,
      '203.0.113.9',
    ],
    ['what the outermost of two proxies saw', '10.0.0.1, 203.0.113.9, 198.51.100.2', 2, '203.0.113.9'],
    ['read from the last of several headers', ['10.0.0.1', '203.0.113.9'], 1, '203.0.113.9'],
    ['the peer’s, where the header is missing', undefined, 1, peer],
    ['the peer’s, where the header is empty', '', 1, peer],
    ['the peer’s, where the chain is shorter than the proxies are many', '203.0.113.9', 2, peer],
    ['the peer’s, where a name stands there', '203.0.113.9, unknown', 1, peer],
    ['the peer’s, where hexadecimal digits stand there', 'dead.beef', 1, peer],
    ['the peer’s, where an entry is left empty', '203.0.113.9, ', 1, peer],
    ['the peer’s, where somebody writes a page', '<script>alert(1)</script>', 1, peer],
    ['without its port', '203.0.113.9:51234', 1, '203.0.113.9'],
    ['an IPv6 address in lower case', '2001:DB8::9', 1, '2001:db8::9'],
    ['an IPv6 address without brackets and port', '[2001:db8::9]:51234', 1, '2001:db8::9'],
    ['an IPv6 address without its zone', 'fe80::1%eth0', 1, 'fe80::1'],
    ['an IPv4 address, also where IPv6 carries it', '::ffff:203.0.113.9', 1, '203.0.113.9'],
  ])('is %s', (_what, chain, hops, address) => {
    expect(addressOf(chain, hops)).toBe(address)
  })

  it('is the peer’s IPv4 address on a socket for both', () => {
    expect(addressOf(undefined, 0, '::ffff:192.0.2.1')).toBe(peer)
  })
})

/** A proxy that does to requests what proxies do: appends whom it saw, keeps the host. */
async function openProxy(to: number, sees: string) {
  const proxy = createServer((incoming, outgoing) => {
    const chain = [incoming.headers['x-forwarded-for'], sees].filter(Boolean).join(', ')
    const headers = { ...incoming.headers, 'x-forwarded-for': chain }
    const onward = request({ host: '127.0.0.1', port: to, path: incoming.url!, method: incoming.method!, headers })
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const close = async () => {
    proxy.closeAllConnections()
    proxy.close()
  }
  return { port: (proxy.address() as AddressInfo).port, [Symbol.asyncDispose]: close }
}

describe('behind two proxies of the operator’s', () => {
  it('a session is seen at the client’s address, whatever the client claims', async () => {
    const storePort = await freePort()
    await using inner = await openProxy(storePort, '198.51.100.2')
    await using outer = await openProxy(inner.port, '203.0.113.9')
    await using store = await startTestStore({
      environment: {
        WAVE_STORE_PORT: String(storePort),
        WAVE_STORE_PUBLIC_URL: `http://localhost:${outer.port}`,
        WAVE_STORE_TRUSTED_PROXY_HOPS: '2',
      },
    })
    const { oneTimePassword: password, username } = store.store.firstAdmin!
    const spoofed = { 'x-forwarded-for': '10.9.8.7, 127.0.0.1' }
    const admin = await store.as({ username, password, newPassword: 'a new password' }, spoofed)
    expect((await admin.client.listSessions()).items).toMatchObject([{ address: '203.0.113.9' }])
  })
})

describe('the network of a client', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['unknown', 'unknown'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
