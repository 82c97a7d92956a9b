import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { formatCount } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { inTime } from '../ui/status-line.ts'
import { useNow } from '../ui/use-now.ts'

/** That it crashed, how often, and when it is started again. */
export function BackOffCard({ instance }: { instance: Instance }) {
  const now = useNow()
  const { nextStartAt, restarts } = instance
  return (
    <Section title={t('It crashed and is started again')}>
      <p>
        {t('It has crashed {count} since somebody last started it.{next}', {
          count: formatCount(Math.max(1, restarts), 'time'),
          next:
            nextStartAt &&
            t(' The next try begins {inTime}; each crash makes the wait longer.', { inTime: inTime(nextStartAt, now) }),
        })}
      </p>
      {instance.can.restart && <p>{t('Restart does not wait, and begins to count anew.')}</p>}
    </Section>
  )
}
