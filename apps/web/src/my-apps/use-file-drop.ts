import { useEffect, useRef, useState } from 'react'

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Takes a file that is dropped anywhere on the page; true while one is being dragged over it. */
export function useFileDrop(isEnabled: boolean, onFile: (file: File) => void): boolean {
  const [isDragging, setIsDragging] = useState(false)
  const take = useRef(onFile)
  useEffect(() => {
    take.current = onFile
  })

  useEffect(() => {
    if (!isEnabled) return
    // Entering a child comes before leaving its parent, so the two are counted against each other.
    let depth = 0
    function onEnter(event: DragEvent) {
      if (!holdsFiles(event)) return
      depth += 1
      setIsDragging(true)
    }
    function onLeave(event: DragEvent) {
      if (!holdsFiles(event)) return
      depth -= 1
      if (depth <= 0) setIsDragging(false)
    }
    function onOver(event: DragEvent) {
      if (holdsFiles(event)) event.preventDefault()
    }
    function onDrop(event: DragEvent) {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth = 0
      setIsDragging(false)
      const file = event.dataTransfer?.files[0]
      if (file) take.current(file)
    }
    const listeners = { dragenter: onEnter, dragleave: onLeave, dragover: onOver, drop: onDrop }
    const entries = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][]
    for (const [name, listener] of entries) window.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of entries) window.removeEventListener(name, listener)
      setIsDragging(false)
    }
  }, [isEnabled])

  return isDragging
}
