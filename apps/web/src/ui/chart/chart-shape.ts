export interface ChartPoint {
  /** Beginning of an interval, epoch milliseconds. */
  at: number
  value: number
}

export interface ChartFrame {
  fromMs: number
  toMs: number
  /** Distance of two points that follow each other. */
  intervalMs: number
  /** The value at the upper edge. */
  top: number
}

/** The drawing's own units; it is stretched to the room that there is. */
export const chartWidth = 600
export const chartHeight = 120

/** Runs of points without a gap between them: where nothing was measured, no line is drawn. */
export function runsOf(points: ChartPoint[], intervalMs: number): ChartPoint[][] {
  const runs: ChartPoint[][] = []
  let last: ChartPoint | undefined
  for (const point of points) {
    if (last && point.at - last.at <= intervalMs * 1.5) runs.at(-1)?.push(point)
    else runs.push([point])
    last = point
  }
  return runs
}

export function xOf(at: number, { fromMs, toMs }: ChartFrame): number {
  return ((at - fromMs) / (toMs - fromMs)) * chartWidth
}

export function yOf(value: number, { top }: ChartFrame): number {
  return chartHeight - (value / top) * chartHeight
}

/** A run as steps, each as long as its interval, so that a single point is seen too. */
export function lineOf(run: ChartPoint[], frame: ChartFrame): string {
  const steps = run.map(({ at, value }, index) => {
    const y = yOf(value, frame).toFixed(1)
    const left = Math.max(0, xOf(at, frame)).toFixed(1)
    const right = Math.min(chartWidth, xOf(at + frame.intervalMs, frame)).toFixed(1)
    return `${index === 0 ? 'M' : 'L'}${left},${y}H${right}`
  })
  return steps.join('')
}

/** What lies between a run and the ground. */
export function areaOf(run: ChartPoint[], frame: ChartFrame): string {
  const first = run[0]
  if (!first) return ''
  return `${lineOf(run, frame)}V${chartHeight}H${Math.max(0, xOf(first.at, frame)).toFixed(1)}Z`
}

/** A round value not below `value`: 1, 2 or 5 times a power of ten; for bytes a power of two. */
export function roundTop(value: number, isBytes = false): number {
  if (value <= 0) return 1
  if (isBytes) return 2 ** Math.ceil(Math.log2(value))
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10
  return step * power
}
