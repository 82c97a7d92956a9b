import { type RefCallback, useCallback, useEffect, useRef } from 'react'

/** How far below the window something counts as seen. */
const ahead = '800px'

/** Calls the function whenever the element that gets the ref comes near to being seen, and for as long as it is. */
export function useWhenSeen(onSeen: () => void): RefCallback<HTMLElement> {
  const latest = useRef(onSeen)
  const isSeen = useRef(false)
  useEffect(() => {
    latest.current = onSeen
    if (isSeen.current) onSeen()
  }, [onSeen])
  return useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new IntersectionObserver(
      (entries) => {
        isSeen.current = entries.at(-1)?.isIntersecting ?? false
        if (isSeen.current) latest.current()
      },
      { rootMargin: ahead },
    )
    observer.observe(element)
    return () => {
      isSeen.current = false
      observer.disconnect()
    }
  }, [])
}
