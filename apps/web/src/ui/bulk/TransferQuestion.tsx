import type { App, Person } from '@wave-store/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { t } from '../../i18n/t.ts'
import { Form } from '../Form.tsx'
import { FormPanel } from '../FormPanel.tsx'
import { PeoplePicker } from '../PeoplePicker.tsx'
import type { BulkAction, BulkQuestion } from './bulk-action.ts'

/** Giving the names of apps to somebody else; for administrators. */
export const transferQuestion: BulkQuestion<App> = {
  label: t('Transfer'),
  iconName: 'PeopleAdd',
  concerns: ({ can }) => can.transfer,
  ask: ({ onAnswer, onDismiss }) => <TransferQuestion onAnswer={onAnswer} onDismiss={onDismiss} />,
}

interface TransferQuestionProps {
  onAnswer: (action: BulkAction<App>) => void
  onDismiss: () => void
}

function TransferQuestion({ onAnswer, onDismiss }: TransferQuestionProps) {
  const [people, setPeople] = useState<Person[]>([])
  const [owner] = people
  return (
    <FormPanel title={t('Transfer apps')} isPending={false} onDismiss={onDismiss}>
      <Form
        submitLabel={t('Continue')}
        isPending={false}
        error={null}
        onSubmit={() => owner && onAnswer(transferTo(owner))}
        onCancel={onDismiss}
      >
        <PeoplePicker label={t('New owner')} people={people} limit={1} onChange={setPeople} />
      </Form>
    </FormPanel>
  )
}

function transferTo(owner: Person): BulkAction<App> {
  return {
    label: t('Transfer'),
    iconName: 'PeopleAdd',
    what: t(
      '{name} gets each name with every version of it, and imports the next ones. From their next start on the apps get the secrets of {name}. Instances stay whose they are, and go on.',
      { name: owner.name },
    ),
    done: t('transferred to {name}', { name: owner.name }),
    concerns: (app) => app.can.transfer && app.owner.id !== owner.id,
    act: ({ id }) => client.transferApp({ params: { appId: id }, body: { ownerId: owner.id } }),
    isReversible: true,
  }
}
