import type { Instance } from '@wave-store/contract'
import { formatCount } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { inTime } from '../ui/status-line.ts'
import { useNow } from '../ui/use-now.ts'

/** That it crashed, how often, and when it is started again. */
export function BackOffCard({ instance }: { instance: Instance }) {
  const now = useNow()
  const { nextStartAt, restarts } = instance
  return (
    <Section title="It crashed and is started again">
      <p>
        It has crashed {formatCount(Math.max(1, restarts), 'time')} since somebody last started it.
        {nextStartAt && ` The next try begins ${inTime(nextStartAt, now)}; each crash makes the wait longer.`}
      </p>
      {instance.can.restart && <p>Restart does not wait, and begins to count anew.</p>}
    </Section>
  )
}
