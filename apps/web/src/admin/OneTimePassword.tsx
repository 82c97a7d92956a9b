import { DefaultButton } from '@fluentui/react/lib/Button'
import { type ITextField, TextField } from '@fluentui/react/lib/TextField'
import type { Account } from '@wave-store/contract'
import { useRef, useState } from 'react'
import { useSession } from '../api/session-queries.ts'
import { Facts } from '../ui/Facts.tsx'
import styles from './OneTimePassword.module.css'

interface OneTimePasswordProps {
  account: Pick<Account, 'name' | 'username'>
  password: string
}

/** What an administrator hands to a person. The store keeps no way to show it again. */
export function OneTimePassword({ account: { name, username }, password }: OneTimePasswordProps) {
  const { settings } = useSession()
  const field = useRef<ITextField>(null)
  const [copied, setCopied] = useState<'yes' | 'refused' | null>(null)

  async function copy() {
    try {
      await navigator.clipboard.writeText(password)
      setCopied('yes')
    } catch {
      // Browsers offer no clipboard to pages over plain HTTP.
      field.current?.focus()
      field.current?.select()
      setCopied('refused')
    }
  }

  return (
    <div className={styles.handover}>
      <p>
        Hand this to {name} in a way that you trust. It is shown only now and is good for one sign-in, which asks for a
        password of their own.
      </p>
      <Facts
        facts={[
          ['Address', settings.publicUrl],
          ['Username', username],
        ]}
      />
      <div className={styles.password}>
        <TextField
          className={styles.field}
          label="One-time password"
          readOnly
          value={password}
          componentRef={field}
          onFocus={() => field.current?.select()}
        />
        <DefaultButton iconProps={{ iconName: 'Copy' }} onClick={copy}>
          Copy
        </DefaultButton>
      </div>
      <p role="status">
        {copied === 'yes' && 'Copied.'}
        {copied === 'refused' && 'This browser does not let the page copy. It is marked: copy it with the keyboard.'}
      </p>
    </div>
  )
}
