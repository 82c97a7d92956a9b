import { DefaultButton, IconButton, PrimaryButton } from '@fluentui/react/lib/Button'
import { Dropdown } from '@fluentui/react/lib/Dropdown'
import { TextField } from '@fluentui/react/lib/TextField'
import type { Notice } from '@wave-store/contract'
import { useRef, useState } from 'react'
import { useUpdateSettings } from '../../api/administration-queries.ts'
import { t } from '../../i18n/t.ts'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import form from '../../ui/form.module.css'
import { useShowToast } from '../../ui/Toasts.tsx'
import styles from './Settings.module.css'

const severities: { key: Notice['severity']; text: string }[] = [
  { key: 'info', text: t('Information') },
  { key: 'success', text: t('Success') },
  { key: 'warning', text: t('Warning') },
  { key: 'severeWarning', text: t('Severe warning') },
  { key: 'error', text: t('Error') },
  { key: 'blocked', text: t('Blocked') },
]
const mostNotices = 10

interface Row extends Notice {
  key: number
}

/** What everybody reads above every page. */
export function NoticesForm({ notices }: { notices: Notice[] }) {
  const nextKey = useRef(notices.length)
  const [rows, setRows] = useState<Row[]>(() => notices.map((notice, key) => ({ ...notice, key })))
  const update = useUpdateSettings()
  const showToast = useShowToast()
  const change = (key: number, changes: Partial<Notice>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...changes } : row)))

  async function save() {
    const sent = rows.map(({ severity, text }) => ({ severity, text }))
    try {
      await update.mutateAsync({ notices: sent.length > 0 ? sent : null })
    } catch {
      return
    }
    showToast({ kind: 'success', text: sent.length > 0 ? t('Everybody is told.') : t('Nothing is told any more.') })
  }

  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!update.isPending) void save()
      }}
    >
      <p>{t('Shown to everybody above every page, until they are taken away.')}</p>
      {rows.length > 0 && (
        <ul className={styles.notices} aria-label={t('Notices')}>
          {rows.map(({ key, severity, text }, index) => (
            <li key={key} className={styles.notice}>
              <Dropdown
                ariaLabel={t('Severity of notice {number}', { number: index + 1 })}
                selectedKey={severity}
                options={severities}
                onChange={(_, option) => change(key, { severity: (option?.key ?? 'info') as Notice['severity'] })}
              />
              <TextField
                ariaLabel={t('Text of notice {number}', { number: index + 1 })}
                value={text}
                required
                multiline
                autoAdjustHeight
                resizable={false}
                rows={1}
                maxLength={500}
                onChange={(_, next) => change(key, { text: next ?? '' })}
              />
              <IconButton
                iconProps={{ iconName: 'Cancel' }}
                title={t('Take away')}
                ariaLabel={t('Take notice {number} away', { number: index + 1 })}
                onClick={() => setRows((before) => before.filter((row) => row.key !== key))}
              />
            </li>
          ))}
        </ul>
      )}
      {update.error && <ErrorMessage error={update.error} />}
      <div className={form.actions}>
        <PrimaryButton type="submit" disabled={update.isPending || rows.some(({ text }) => text.trim() === '')}>
          {t('Save notices')}
        </PrimaryButton>
        <DefaultButton
          iconProps={{ iconName: 'Add' }}
          disabled={rows.length >= mostNotices}
          onClick={() => setRows((before) => [...before, { key: nextKey.current++, severity: 'info', text: '' }])}
        >
          {t('Add a notice')}
        </DefaultButton>
      </div>
    </form>
  )
}
