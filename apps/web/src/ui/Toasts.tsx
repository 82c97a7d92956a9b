import { MessageBar, MessageBarType } from '@fluentui/react/lib/MessageBar'
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react'
import { t } from '../i18n/t.ts'
import styles from './Toasts.module.css'

export interface Toast {
  kind: 'success' | 'info' | 'error'
  text: string
  /** Opens in a new tab. */
  link?: { href: string; text: string }
}

const shownForMs = 10_000

const barTypes = {
  success: MessageBarType.success,
  info: MessageBarType.info,
  error: MessageBarType.error,
} as const satisfies Record<Toast['kind'], MessageBarType>

const ToastContext = createContext<(toast: Toast) => void>(() => {})

/** Shows a short message over the page: good news leaves by itself, an error stays until it is dismissed. */
export function useShowToast(): (toast: Toast) => void {
  return use(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<(Toast & { id: number })[]>([])
  const nextId = useRef(0)

  const dismiss = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), [])
  const show = useCallback(
    (toast: Toast) => {
      const id = nextId.current++
      setToasts((shown) => [...shown.slice(-3), { ...toast, id }])
      if (toast.kind !== 'error') setTimeout(() => dismiss(id), shownForMs)
    },
    [dismiss],
  )

  const list = useMemo(
    () =>
      toasts.map((toast) => (
        <MessageBar
          key={toast.id}
          className={styles.toast}
          messageBarType={barTypes[toast.kind]}
          isMultiline
          onDismiss={() => dismiss(toast.id)}
          dismissButtonAriaLabel={t('Dismiss')}
        >
          {toast.text}
          {toast.link && (
            <a href={toast.link.href} target="_blank" rel="noopener">
              {toast.link.text}
            </a>
          )}
        </MessageBar>
      )),
    [toasts, dismiss],
  )

  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.toasts}>{list}</div>
    </ToastContext>
  )
}
