import type { AppDetails, Person } from '@wave-store/contract'
import { useState } from 'react'
import { useTransferApp } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
import { Form } from '../ui/Form.tsx'
import { FormPanel } from '../ui/FormPanel.tsx'
import { PeoplePicker } from '../ui/PeoplePicker.tsx'
import { useShowToast } from '../ui/Toasts.tsx'

export function TransferPanel({ app, onDismiss }: { app: AppDetails; onDismiss: () => void }) {
  const [people, setPeople] = useState<Person[]>([])
  const transfer = useTransferApp(app.id)
  const showToast = useShowToast()
  const [owner] = people

  async function submit() {
    if (!owner) return
    try {
      await transfer.mutateAsync(owner.id)
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('{title} belongs to {name} now.', { title: app.title, name: owner.name }) })
    onDismiss()
  }

  return (
    <FormPanel title={t('Transfer {title}', { title: app.title })} isPending={transfer.isPending} onDismiss={onDismiss}>
      <Form
        submitLabel={t('Transfer')}
        isPending={transfer.isPending}
        error={transfer.error}
        onSubmit={submit}
        onCancel={onDismiss}
      >
        <PeoplePicker label={t('New owner')} people={people} limit={1} onChange={setPeople} />
        <p>
          {t(
            'They get the name {name} with every version of it, and import the next ones. {owner} does not see it any more where it is private.',
            { name: app.name, owner: app.owner.name },
          )}
        </p>
        <p>
          {t(
            'At its next start it gets the secrets of its new owner, not those of {owner}. Instances stay whose they are, and go on.',
            { owner: app.owner.name },
          )}
        </p>
      </Form>
    </FormPanel>
  )
}
