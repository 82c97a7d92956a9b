import { lazy, Suspense, useEffect, useState } from 'react'

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))

/** Ctrl-K, or ⌘-K, opens the palette and closes it; its code comes when it is first opened. */
export function PaletteShortcut() {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setIsOpen((is) => !is)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return isOpen ? (
    <Suspense>
      <Palette onClose={() => setIsOpen(false)} />
    </Suspense>
  ) : null
}
