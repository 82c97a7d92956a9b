import type { Instance } from '@wave-store/contract'
import { formatBytes } from './format.ts'

type Owns = Pick<Instance, 'volume' | 'resourceVolumeBytes'>

/** What of an instance outlives its processes: each named with its size. */
export function ownDataOf({ volume, resourceVolumeBytes }: Owns): string[] {
  return [
    ...(volume ? [`its volume ${volume.path} (${formatBytes(volume.sizeBytes)})`] : []),
    ...(resourceVolumeBytes === null
      ? []
      : [`its own packages under /resources (${formatBytes(resourceVolumeBytes)})`]),
  ]
}

/** What a pause leaves and what it takes. */
export function describePause(instance: Owns): { stays: string; goes: string } {
  const own = ownDataOf(instance)
  return {
    stays: `${upperFirst(list(['its address', ...own]))} ${own.length > 0 ? 'stay' : 'stays'}.`,
    goes: instance.volume
      ? `What the app holds in memory, and files outside ${instance.volume.path}, are lost.`
      : 'What the app holds in memory, and every file that it wrote, are lost.',
  }
}

/** The same in a line, for pause and restart alike. */
export function describeRestart({ volume, resourceVolumeBytes }: Owns): string {
  const places = [...(volume ? [volume.path] : []), ...(resourceVolumeBytes === null ? [] : ['/resources'])]
  if (places.length === 0) return 'Pause and restart keep no file of it.'
  return `Pause and restart keep ${list(places)} alone.`
}

/** `a, b and c` */
export function list(words: string[]): string {
  return new Intl.ListFormat('en').format(words)
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
