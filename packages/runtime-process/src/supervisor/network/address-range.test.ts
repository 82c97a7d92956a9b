import { expect, it } from 'vitest'
import { AddressRange } from './address-range.ts'

it('knows each address of a range', () => {
  const range = new AddressRange('10.213.0.0/16')
  expect(range.count).toBe(65_536)
  expect(range.address(0)).toBe('10.213.0.0')
  expect(range.address(259)).toBe('10.213.1.3')
  expect(range.address(65_535)).toBe('10.213.255.255')
})

it('starts at the beginning of the block that an address lies in', () => {
  expect(new AddressRange('172.29.7.9/20').cidr).toBe('172.29.0.0/20')
})

it.each([
  ['10.213.4.0/24', true],
  ['10.213.0.0/16', true],
  ['0.0.0.0/0', true],
  ['10.214.0.0/16', false],
  ['10.212.255.255/32', false],
])('knows whether it overlaps %s', (other, overlaps) => {
  expect(new AddressRange('10.213.0.0/16').overlaps(other)).toBe(overlaps)
})

it.each(['10.213.0.0/30', '10.213.0/16', 'fd00::/64', '300.1.1.1/16', '', '10.0.0.0/33'])('refuses %j', (cidr) => {
  expect(() => new AddressRange(cidr)).toThrow('is not of use')
})
