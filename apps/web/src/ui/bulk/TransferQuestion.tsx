import type { App, Person } from '@wave-store/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { Form } from '../Form.tsx'
import { FormPanel } from '../FormPanel.tsx'
import { PeoplePicker } from '../PeoplePicker.tsx'
import type { BulkAction, BulkQuestion } from './bulk-action.ts'

/** Giving the names of apps to somebody else; for administrators. */
export const transferQuestion: BulkQuestion<App> = {
  label: 'Transfer',
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
    <FormPanel title="Transfer apps" isPending={false} onDismiss={onDismiss}>
      <Form
        submitLabel="Continue"
        isPending={false}
        error={null}
        onSubmit={() => owner && onAnswer(transferTo(owner))}
        onCancel={onDismiss}
      >
        <PeoplePicker label="New owner" people={people} limit={1} onChange={setPeople} />
      </Form>
    </FormPanel>
  )
}

function transferTo(owner: Person): BulkAction<App> {
  return {
    label: 'Transfer',
    iconName: 'PeopleAdd',
    what: `${owner.name} gets each name with every version of it, and imports the next ones. From their next start on the apps get the secrets of ${owner.name}. Instances stay whose they are, and go on.`,
    done: `transferred to ${owner.name}`,
    concerns: (app) => app.can.transfer && app.owner.id !== owner.id,
    act: ({ id }) => client.transferApp({ params: { appId: id }, body: { ownerId: owner.id } }),
    isReversible: true,
  }
}
