import { problemOf, StoreError, urlOf } from '@wave-store/client'
import { type AppDetails, operations } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

export interface UploadOptions {
  onProgress: (sentBytes: number) => void
  signal: AbortSignal
}

/**
 * Sends a bundle as the raw body of a request; XMLHttpRequest, as fetch does not tell how much has been sent.
 *
 * @throws {StoreError} with the store's problems when it refuses the bundle, `unreachable` when the connection breaks;
 *   an `AbortError` when the signal was given.
 */
export function uploadBundle(file: Blob, { onProgress, signal }: UploadOptions): Promise<AppDetails> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(operations.importApp.method, urlOf(operations.importApp))
    request.setRequestHeader('content-type', 'application/zip')
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('load', () => {
      if (request.status !== operations.importApp.status) return reject(problemOf(request.status, request.responseText))
      resolve(JSON.parse(request.responseText) as AppDetails)
    })
    request.addEventListener('error', () => {
      const detail = t('The connection was lost before the bundle had arrived. Nothing was imported.')
      reject(new StoreError({ code: 'unreachable', status: 0, detail, problems: [] }))
    })
    request.addEventListener('abort', () => reject(new DOMException(t('The upload was cancelled'), 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
