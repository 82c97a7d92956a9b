import { ChoiceGroup } from '@fluentui/react/lib/ChoiceGroup'
import { TextField } from '@fluentui/react/lib/TextField'
import form from '../ui/form.module.css'
import { PeoplePicker } from '../ui/PeoplePicker.tsx'
import type { SecretDraft } from './secret-draft.ts'

type Audience = NonNullable<SecretDraft['audience']>

/** Whose apps get a shared secret. */
export function AudienceFields({ audience, onChange }: { audience: Audience; onChange: (audience: Audience) => void }) {
  const { isForEveryone, people, apps } = audience
  return (
    <fieldset className={form.group}>
      <legend>Which apps get it</legend>
      <ChoiceGroup
        options={[
          { key: 'everyone', text: 'Every app of everybody' },
          { key: 'some', text: 'Apps of some people, or some apps' },
        ]}
        selectedKey={isForEveryone ? 'everyone' : 'some'}
        onChange={(_, option) => onChange({ ...audience, isForEveryone: option?.key === 'everyone' })}
      />
      {!isForEveryone && (
        <>
          <PeoplePicker people={people} onChange={(chosen) => onChange({ ...audience, people: chosen })} />
          <TextField
            label="Names of apps"
            description="One a line, as [App] Name has it. Every version of them gets it."
            multiline
            autoAdjustHeight
            rows={2}
            resizable={false}
            spellCheck={false}
            value={apps}
            onChange={(_, next) => onChange({ ...audience, apps: next ?? '' })}
          />
        </>
      )}
    </fieldset>
  )
}
