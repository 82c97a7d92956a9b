import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'
import { placeOf } from './place.ts'

const key = 'wave-store:scroll'

/** By entry of the history, how far down its page was; kept over a reload. */
const places = new Map<string, number>(JSON.parse(sessionStorage.getItem(key) ?? '[]'))

/** A new place begins at its top; a way back leads to where one was. Tabs and filters of one place move nothing. */
export function ScrollPlace(): null {
  const { key: entry, pathname } = useLocation()
  const isBack = useNavigationType() === 'POP'
  const shown = useRef<{ entry: string; place: string } | null>(null)

  useLayoutEffect(() => {
    const before = shown.current
    if (before?.entry === entry) return
    shown.current = { entry, place: placeOf(pathname) }
    if (isBack) window.scrollTo(0, places.get(entry) ?? 0)
    else if (before?.place !== placeOf(pathname)) window.scrollTo(0, 0)
  }, [entry, pathname, isBack])

  useEffect(() => {
    history.scrollRestoration = 'manual'
    const note = () => shown.current && places.set(shown.current.entry, window.scrollY)
    const keep = () => sessionStorage.setItem(key, JSON.stringify([...places].slice(-50)))
    addEventListener('scroll', note, { passive: true })
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('scroll', note)
      removeEventListener('pagehide', keep)
    }
  }, [])
  return null
}
