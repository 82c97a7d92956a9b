/** Something of an instance on the store's disk. */
export interface Place {
  path: string
  /** Where the app finds it. */
  inside: string
  /** For a volume that is measured; `scratch` is gone with the process. */
  kind: 'scratch' | 'volume'
  maxBytes?: number
}

export interface Holding extends Place {
  bytes: number
}

/** What one running instance has on the disk at one moment. */
export interface Holdings {
  id: string
  places: Holding[]
}

export function scratchBytes({ places }: Holdings): number {
  return sum(places.filter(({ kind }) => kind === 'scratch'))
}

export function totalBytes({ places }: Holdings): number {
  return sum(places)
}

function sum(places: Holding[]): number {
  return places.reduce((total, { bytes }) => total + bytes, 0)
}
