import type { AuditEvent } from '@wave-store/contract'
import { Link } from 'react-router'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { describeAct, describeDetail, describeOutcome, describeTarget, describeWay, pathOf } from './describe-event.ts'
import styles from './EventTable.module.css'

interface EventTableProps {
  label: string
  events: AuditEvent[]
  /** Events that the reader has not looked at before. */
  newIds?: ReadonlySet<number>
}

/** Who did what to which thing, from where, when, and how it ended; a sentence a row. */
export function EventTable({ label, events, newIds }: EventTableProps) {
  return (
    <Table label={label} columns={[t('What'), t('When'), t('From'), t('Outcome')]}>
      {events.map((event) => (
        <EventRow key={event.id} event={event} isNew={newIds?.has(event.id) ?? false} />
      ))}
    </Table>
  )
}

function EventRow({ event, isNew }: { event: AuditEvent; isNew: boolean }) {
  const outcome = describeOutcome(event.outcome)
  const detail = describeDetail(event)
  const way = describeWay(event.via)
  return (
    <tr>
      <td className={styles.what}>
        <div className={styles.words}>
          <span>
            <Sentence event={event} /> {isNew && <Chip tone="accent">{t('New')}</Chip>}
          </span>
          {detail && <span className={`${table.small} ${styles.detail}`}>{detail}</span>}
        </div>
      </td>
      <td data-label={t('When')} className={table.brief}>
        <Age since={event.at} />
      </td>
      <td data-label={t('From')}>
        {(way || event.address) && (
          <div className={styles.words}>
            <span className={styles.detail}>{way}</span>
            {event.address && <span className={table.small}>{event.address}</span>}
          </div>
        )}
      </td>
      <td data-label={t('Outcome')} className={table.brief}>
        <Chip tone={outcome.tone}>{outcome.label}</Chip>
        {event.outcome !== 'done' && <span className={`${table.small} ${styles.code}`}>{event.outcome}</span>}
      </td>
    </tr>
  )
}

function Sentence({ event }: { event: AuditEvent }) {
  const { user } = useSession()
  const { actor, target } = event
  const path = pathOf(event)
  const name = target && describeTarget(target)
  return (
    <>
      <span className={styles.who} dir="auto">
        {actor === null ? t('Somebody') : actor.id === user?.id ? t('You') : actor.name}
      </span>{' '}
      {describeAct(event)}{' '}
      {name && (
        <span className={styles.thing} dir="auto">
          {path ? <Link to={path}>{name}</Link> : name}
        </span>
      )}
    </>
  )
}
