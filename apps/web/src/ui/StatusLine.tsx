import type { Instance } from '@wave-store/contract'
import { statusLine } from './status-line.ts'
import { useNow } from './use-now.ts'

/** What goes with the status word, as time goes on. */
export function StatusLine({ instance, className }: { instance: Instance; className?: string }) {
  const line = statusLine(instance, useNow())
  return line === undefined ? null : (
    <span className={className} title={line} dir="auto">
      {line}
    </span>
  )
}
