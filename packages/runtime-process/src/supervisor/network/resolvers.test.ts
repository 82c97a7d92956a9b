import { expect, it } from 'vitest'
import { findResolvers } from './resolvers.ts'

const reading = (files: Record<string, string>) => (file: string) => files[file] ?? ''

it("takes the machine's resolvers with their search list", () => {
  const files = { '/etc/resolv.conf': '# home\nnameserver 192.168.1.1\nnameserver ::1\nsearch example.org\n' }
  expect(findResolvers(reading(files))).toEqual({
    addresses: ['192.168.1.1'],
    resolvConf: 'nameserver 192.168.1.1\nsearch example.org\n',
  })
})

it('looks behind a local stub', () => {
  const files = {
    '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0\n',
    '/run/systemd/resolve/resolv.conf': 'nameserver 10.0.0.2\n',
  }
  expect(findResolvers(reading(files)).addresses).toEqual(['10.0.0.2'])
})

it('finds none where there is only a local one', () => {
  expect(findResolvers(reading({ '/etc/resolv.conf': 'nameserver 127.0.0.1\n' })).addresses).toEqual([])
})
