import { DefaultButton } from '@fluentui/react/lib/Button'
import { t } from '../../i18n/t.ts'
import styles from './SpanChoice.module.css'

const spans = [
  { hours: 1, label: t('Last hour') },
  { hours: 3, label: t('3 hours') },
  { hours: 24, label: t('24 hours') },
] as const

export const defaultHours = 3

/** Reads the choice from a page's address; anything else counts as the default. */
export function hoursFrom(text: string | null): number {
  return spans.find(({ hours }) => String(hours) === text)?.hours ?? defaultHours
}

/** How far back charts go. */
export function SpanChoice({ hours, onChoose }: { hours: number; onChoose: (hours: number) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a field set would draw a frame
    <div className={styles.choice} role="group" aria-label={t('How far back')}>
      {spans.map((span) => (
        <DefaultButton
          key={span.hours}
          toggle
          checked={span.hours === hours}
          text={span.label}
          onClick={() => onChoose(span.hours)}
        />
      ))}
    </div>
  )
}
