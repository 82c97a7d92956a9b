import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { t } from '../i18n/t.ts'
import { useSearchShortcut } from '../ui/use-search-shortcut.ts'

const settleMs = 250

/** Reports what is typed when it has stood still for a moment, and follows the address when that changes by itself. */
export function CatalogSearch({ search, onSearch }: { search: string; onSearch: (text: string) => void }) {
  const box = useRef<HTMLElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [text, setText] = useState(search)
  const [seenSearch, setSeenSearch] = useState(search)
  const [isTyping, setIsTyping] = useState(false)
  const comesToSearch = useLocation().state?.focusesSearch === true
  useSearchShortcut(box)

  if (search !== seenSearch) {
    setSeenSearch(search)
    if (!isTyping) setText(search)
  }

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (comesToSearch) box.current?.querySelector('input')?.focus()
  }, [comesToSearch])

  function settle(next: string) {
    clearTimeout(timer.current)
    setIsTyping(false)
    onSearch(next.trim())
  }

  function type(next: string) {
    setText(next)
    setIsTyping(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => settle(next), settleMs)
  }

  return (
    <search ref={box}>
      <SearchBox
        clearButtonProps={{ ariaLabel: t('Clear text') }}
        value={text}
        placeholder={t('Search by title, description or owner')}
        ariaLabel={t('Search the Catalog')}
        autoComplete="off"
        onChange={(_, next) => type(next ?? '')}
        onSearch={settle}
        onClear={() => settle('')}
        styles={{ root: { height: 44, borderRadius: 10, fontSize: 16 } }}
      />
    </search>
  )
}
