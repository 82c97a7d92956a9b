import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useUpdateInstance } from '../api/instance-queries.ts'
import { t } from '../i18n/t.ts'
import { ErrorMessage } from '../ui/ErrorMessage.tsx'
import { formatTime } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import { useNow } from '../ui/use-now.ts'
import styles from './IdleSection.module.css'
import { awakeTimes, describeIdleness, keptUntil } from './keep-awake.ts'

/** When it goes to sleep and why, and a way to put that off. */
export function IdleSection({ instance }: { instance: Instance }) {
  const now = useNow()
  const update = useUpdateInstance(instance.id)
  const showToast = useShowToast()
  const { idle, can } = instance

  function keepAwake(until: string | null) {
    const text = until
      ? t('It is kept awake until {until}.', { until: formatTime(until) })
      : t('It goes to sleep as its app says.')
    update.mutate({ keepAwakeUntil: until }, { onSuccess: () => showToast({ kind: 'success', text }) })
  }

  return (
    <Section title={t('Sleep')}>
      <p>{describeIdleness(instance, now)}</p>
      {idle && can.update && (
        // biome-ignore lint/a11y/useSemanticElements: a field set would draw a frame
        <div className={styles.choices} role="group" aria-label={t('Keep awake')}>
          <span>{t('Keep awake for')}</span>
          {awakeTimes.map(({ label, ms }) => (
            <DefaultButton
              key={label}
              disabled={update.isPending}
              onClick={() => keepAwake(new Date(Date.now() + ms).toISOString())}
            >
              {label}
            </DefaultButton>
          ))}
          {keptUntil(idle, now) && (
            <DefaultButton disabled={update.isPending} onClick={() => keepAwake(null)}>
              {t('As its app says')}
            </DefaultButton>
          )}
        </div>
      )}
      {update.error && <ErrorMessage error={update.error} />}
    </Section>
  )
}
