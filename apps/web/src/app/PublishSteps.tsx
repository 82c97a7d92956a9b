import { DefaultButton } from '@fluentui/react/lib/Button'
import { Icon } from '@fluentui/react/lib/Icon'
import type { AppDetails } from '@wave-store/contract'
import { type ReactNode, useState } from 'react'
import { t } from '../i18n/t.ts'
import { RunButton } from '../launch/RunButton.tsx'
import { PromoteDialog } from './PromoteDialog.tsx'
import styles from './PublishSteps.module.css'
import { type Promotion, promotionsOf } from './promotions.ts'

/** The four steps of publishing a version, each with what is to be done in it; source: the developer guide, "publishing an app for others to see and launch". */
export function PublishSteps({ app }: { app: AppDetails }) {
  const [chosen, setChosen] = useState<Promotion>()
  const { listed, promotions } = promotionsOf(app.versions)
  const isListed = listed?.id === app.id
  const runs = app.myInstance?.status === 'DEPLOYED'
  const promotion = promotions.get(app.id)
  const before = app.versions[app.versions.findIndex(({ id }) => id === app.id) + 1]
  const wayBack = isListed && before && promotions.get(before.id)
  return (
    <section className={styles.card} aria-label={t('Publish this version')}>
      <ol className={styles.steps}>
        <Step number={1} title={t('Imported')} isDone>
          <p>
            {isListed
              ? t('The next version is imported under a number of its own.')
              : t('It is private: only its owner sees it.')}
          </p>
        </Step>
        <Step number={2} title={t('Try it')} isDone={runs || isListed} isCurrent={!runs && !isListed}>
          <p>
            {runs
              ? t('It runs. Look whether it does what you expect.')
              : t('Run it and look whether it does what you expect.')}
          </p>
          <RunButton app={app} label={t('Try it')} />
        </Step>
        <Step
          number={3}
          title={listed && !isListed ? t('Promote') : t('Publish')}
          isDone={isListed}
          isCurrent={runs && !isListed}
        >
          <p>{describePromotion(promotion)}</p>
          {promotion && app.can.update && (
            <DefaultButton iconProps={{ iconName: 'People' }} onClick={() => setChosen(promotion)}>
              {promotion.from ? t('Promote {version}', { version: app.version }) : t('Publish to everyone')}
            </DefaultButton>
          )}
        </Step>
        <Step number={4} title={t('Roll back')} isCurrent={Boolean(wayBack)}>
          <p>
            {wayBack
              ? t('Should something be wrong, {toVersion} takes its place again.', { toVersion: wayBack.to.version })
              : t('Should something be wrong then, an older version takes its place again, by the same means.')}
          </p>
          {wayBack && app.can.update && (
            <DefaultButton iconProps={{ iconName: 'Undo' }} onClick={() => setChosen(wayBack)}>
              {t('Roll back to {toVersion}', { toVersion: wayBack.to.version })}
            </DefaultButton>
          )}
        </Step>
      </ol>
      <p className={styles.note}>{t('Running instances are never touched by any of this.')}</p>
      {chosen && <PromoteDialog promotion={chosen} onDismiss={() => setChosen(undefined)} />}
    </section>
  )
}

function describePromotion(promotion: Promotion | undefined): string {
  if (!promotion) return t('It is in the Catalog, and the others can run it.')
  if (!promotion.from) return t('Everyone with full access finds it in the Catalog then, and runs it.')
  return t('It takes the place of {fromVersion} in the Catalog, which becomes private, both at one moment.', {
    fromVersion: promotion.from.version,
  })
}

interface StepProps {
  number: number
  title: string
  isDone?: boolean
  isCurrent?: boolean
  children: ReactNode
}

function Step({ number, title, isDone = false, isCurrent = false, children }: StepProps) {
  return (
    <li className={styles.step} aria-current={isCurrent ? 'step' : undefined}>
      <h2>
        <span className={isDone ? styles.done : styles.number}>
          {isDone ? <Icon iconName="CheckMark" aria-label={t('Done')} /> : number}
        </span>
        {title}
      </h2>
      {children}
    </li>
  )
}
