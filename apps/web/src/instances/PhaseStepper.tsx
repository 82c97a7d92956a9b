import { Icon } from '@fluentui/react/lib/Icon'
import type { Instance, Phase } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { formatDuration } from '../ui/format.ts'
import { phaseLabel } from '../ui/instance-status.ts'
import { Section } from '../ui/Section.tsx'
import { queuePlace } from '../ui/status-line.ts'
import { useNow } from '../ui/use-now.ts'
import styles from './PhaseStepper.module.css'

const steps: readonly Phase[] = ['queued', 'sourcing', 'installing', 'starting']

type StepState = 'done' | 'current' | 'ahead'

/** A phase that is no step (the end of an earlier process) leaves every step ahead. */
function stateOf(step: Phase, phase: Phase): StepState {
  const reached = phase === 'running' ? steps.length : steps.indexOf(phase)
  const index = steps.indexOf(step)
  if (index < reached) return 'done'
  return index === reached ? 'current' : 'ahead'
}

/** How far an instance has come on its way, and for how long it has been at it. */
export function PhaseStepper({ instance }: { instance: Instance }) {
  const now = useNow()
  return (
    <Section title={t('On its way')}>
      <ol className={styles.steps}>
        {steps.map((step) => {
          const state = stateOf(step, instance.phase)
          return (
            <li key={step} className={styles[state]} aria-current={state === 'current' ? 'step' : undefined}>
              <span className={styles.mark}>
                {state === 'done' && <Icon iconName="CheckMark" aria-label={t('done')} />}
              </span>
              <span>{phaseLabel(step)}</span>
              {state === 'current' && (
                <span className={styles.time}>{formatDuration(now - Date.parse(instance.phaseSince))}</span>
              )}
            </li>
          )
        })}
      </ol>
      <p>{elapsedText(instance, now)}</p>
      {instance.queue && (
        <p>
          <strong>{t('It is {queuePlace}.', { queuePlace: queuePlace(instance.queue.position) })}</strong>{' '}
          {instance.queue.message}
        </p>
      )}
    </Section>
  )
}

function elapsedText({ startedAt, usualStartMs }: Instance, now: number): string {
  const elapsed = t('{duration} so far', { duration: formatDuration(now - Date.parse(startedAt)) })
  return usualStartMs === null
    ? elapsed
    : t('{elapsed}, usually {duration}', { elapsed, duration: formatDuration(Math.max(1_000, usualStartMs)) })
}
