import type { AppDetails, Person } from '@wave-store/contract'
import { useState } from 'react'
import { useTransferApp } from '../api/app-queries.ts'
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
    showToast({ kind: 'success', text: `${app.title} belongs to ${owner.name} now.` })
    onDismiss()
  }

  return (
    <FormPanel title={`Transfer ${app.title}`} isPending={transfer.isPending} onDismiss={onDismiss}>
      <Form
        submitLabel="Transfer"
        isPending={transfer.isPending}
        error={transfer.error}
        onSubmit={submit}
        onCancel={onDismiss}
      >
        <PeoplePicker label="New owner" people={people} limit={1} onChange={setPeople} />
        <p>
          They get the name {app.name} with every version of it, and import the next ones. {app.owner.name} does not see
          it any more where it is private.
        </p>
        <p>
          At its next start it gets the secrets of its new owner, not those of {app.owner.name}. Instances stay whose
          they are, and go on.
        </p>
      </Form>
    </FormPanel>
  )
}
