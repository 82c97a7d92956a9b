import { expect, it } from 'vitest'
import { areaOf, chartHeight, chartWidth, lineOf, roundTop, runsOf } from './chart-shape.ts'

const minute = 60_000
const frame = { fromMs: 0, toMs: 10 * minute, intervalMs: minute, top: 10 }
const point = (at: number, value = 1) => ({ at: at * minute, value })

it('draws no line over a time in which nothing was measured', () => {
  expect(runsOf([point(0), point(1), point(5), point(6)], minute)).toEqual([
    [point(0), point(1)],
    [point(5), point(6)],
  ])
  expect(runsOf([], minute)).toEqual([])
})

it('draws a step for every interval, the first from where it began', () => {
  expect(lineOf([point(1, 5), point(2, 10)], frame)).toBe('M60.0,60.0H120.0L120.0,0.0H180.0')
  expect(areaOf([point(1, 5)], frame)).toBe(`M60.0,60.0H120.0V${chartHeight}H60.0Z`)
})

it('stays within its frame', () => {
  expect(lineOf([point(-0.5, 0), point(9.5, 0)], frame)).toBe(`M0.0,120.0H30.0L570.0,120.0H${chartWidth}.0`)
})

it.each([
  [0, 1],
  [0.7, 1],
  [3, 5],
  [12, 20],
  [1_000, 1_000],
])('rounds the upper edge %s to %s', (value, top) => {
  expect(roundTop(value)).toBe(top)
})

it('rounds bytes to powers of two', () => {
  expect(roundTop(700 * 1024 ** 2, true)).toBe(1024 ** 3)
})
