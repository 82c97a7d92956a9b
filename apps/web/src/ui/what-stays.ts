import type { Instance } from '@wave-store/contract'
import { language, t } from '../i18n/t.ts'
import { formatBytes } from './format.ts'

type Owns = Pick<Instance, 'volume' | 'resourceVolumeBytes'>

/** What of an instance outlives its processes: each named with its size. */
export function ownDataOf({ volume, resourceVolumeBytes }: Owns): string[] {
  return [
    ...(volume
      ? [t('its volume {path} ({sizeBytes})', { path: volume.path, sizeBytes: formatBytes(volume.sizeBytes) })]
      : []),
    ...(resourceVolumeBytes === null
      ? []
      : [
          t('its own packages under /resources ({resourceVolumeBytes})', {
            resourceVolumeBytes: formatBytes(resourceVolumeBytes),
          }),
        ]),
  ]
}

/** What a pause leaves and what it takes. */
export function describePause(instance: Owns): { stays: string; goes: string } {
  const own = ownDataOf(instance)
  return {
    stays: t('{upperFirst} {value}.', {
      upperFirst: upperFirst(list([t('its address'), ...own])),
      value: own.length > 0 ? 'stay' : 'stays',
    }),
    goes: instance.volume
      ? t('What the app holds in memory, and files outside {path}, are lost.', { path: instance.volume.path })
      : t('What the app holds in memory, and every file that it wrote, are lost.'),
  }
}

/** The same in a line, for pause and restart alike. */
export function describeRestart({ volume, resourceVolumeBytes }: Owns): string {
  const places = [...(volume ? [volume.path] : []), ...(resourceVolumeBytes === null ? [] : ['/resources'])]
  if (places.length === 0) return t('Pause and restart keep no file of it.')
  return t('Pause and restart keep {list} alone.', { list: list(places) })
}

/** `a, b and c` */
export function list(words: string[]): string {
  return new Intl.ListFormat(language).format(words)
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
