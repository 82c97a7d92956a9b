import type { AppDetails } from '@wave-store/contract'
import { useEffect, useRef, useState } from 'react'
import { useImportApp } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { formatBytes } from '../ui/format.ts'
import { type BrowserBundleReport, inspectFile } from './inspect-file.ts'
import { TransferMeter, type TransferRate } from './transfer-meter.ts'

export interface Progress extends TransferRate {
  sentBytes: number
}

/** Drop → look → upload, as one. */
export type ImportStep =
  | { kind: 'choose'; refusal?: string }
  | { kind: 'inspecting'; file: File }
  | { kind: 'look'; file: File; report: BrowserBundleReport; error?: Error }
  | { kind: 'uploading'; file: File; report: BrowserBundleReport; progress: Progress }

const atStart: Progress = { sentBytes: 0, bytesPerSecond: null, remainingMs: null }

/** Leaving the page would break the upload off, so the browser asks first. */
function useAskBeforeLeaving(isUploading: boolean): void {
  useEffect(() => {
    if (!isUploading) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isUploading])
}

export function useImport(onImported: (app: AppDetails) => void) {
  const { settings } = useSession()
  const importApp = useImportApp()
  const [step, setStep] = useState<ImportStep>({ kind: 'choose' })
  /** Ends what is under way: a look whose result is no longer wanted, or an upload. */
  const current = useRef(new AbortController())
  useAskBeforeLeaving(step.kind === 'uploading')
  useEffect(() => () => current.current.abort(), [])

  function begin(): AbortSignal {
    current.current.abort()
    current.current = new AbortController()
    return current.current.signal
  }

  async function choose(file: File) {
    const signal = begin()
    if (file.size > settings.bundleMaxBytes) {
      const refusal = t('{name} has {size}. This store takes bundles up to {bundleMaxBytes}.', {
        name: file.name,
        size: formatBytes(file.size),
        bundleMaxBytes: formatBytes(settings.bundleMaxBytes),
      })
      return setStep({ kind: 'choose', refusal })
    }
    setStep({ kind: 'inspecting', file })
    try {
      const report = await inspectFile(file, settings)
      if (!signal.aborted) setStep({ kind: 'look', file, report })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (!signal.aborted)
        setStep({ kind: 'choose', refusal: t('{name} cannot be read: {reason}', { name: file.name, reason }) })
    }
  }

  async function upload(file: File, report: BrowserBundleReport) {
    const signal = begin()
    const meter = new TransferMeter(file.size)
    setStep({ kind: 'uploading', file, report, progress: atStart })
    const onProgress = (sentBytes: number) => {
      const progress = { sentBytes, ...meter.add(performance.now(), sentBytes) }
      if (!signal.aborted) setStep({ kind: 'uploading', file, report, progress })
    }
    try {
      onImported(await importApp.mutateAsync({ file, onProgress, signal }))
    } catch (error) {
      setStep({ kind: 'look', file, report, ...(!signal.aborted && { error: error as Error }) })
    }
  }

  return {
    step,
    choose,
    upload,
    cancelUpload: () => current.current.abort(),
    reset: () => {
      begin()
      setStep({ kind: 'choose' })
    },
  }
}
