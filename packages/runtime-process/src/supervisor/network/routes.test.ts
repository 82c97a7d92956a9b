import { expect, it } from 'vitest'
import { singleAddresses, uplink } from './routes.ts'

const table = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wv0123456i7\t0701D50A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
`
const header = table.slice(0, table.indexOf('\n') + 1)

it('names the interface of the default route, where there is one', () => {
  expect(uplink(table)).toBe('eth0')
  expect(uplink(header)).toBeUndefined()
  expect(uplink('')).toBeUndefined()
})

it('knows the single addresses that have a route', () => {
  expect(singleAddresses(table)).toEqual(['10.213.1.7'])
  expect(singleAddresses(header)).toEqual([])
})
