import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { Section } from '../ui/Section.tsx'
import { describeSuspension } from '../ui/status-line.ts'
import { describePause } from '../ui/what-stays.ts'
import { ResumeButton } from './ResumeButton.tsx'

/** Why it sleeps, what is still there, and how it wakes. */
export function AsleepCard({ instance }: { instance: Instance }) {
  return (
    <Section title={t('It sleeps')}>
      <p>{describeSuspension(instance)}</p>
      <p>
        {t('{stays} A visit at its address by somebody who may open it wakes it.', {
          stays: describePause(instance).stays,
        })}
      </p>
      {instance.can.resume && (
        <div>
          <ResumeButton instance={instance} primary />
        </div>
      )}
    </Section>
  )
}
