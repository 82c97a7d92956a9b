export type InstancePart = 'volume' | 'resources'

/** What instances keep outside of the database, as a runtime's driver reads it for a backup and lays it anew. */
export interface InstanceData {
  /** Whether instances of this data directory run now. */
  isHeld(): Promise<boolean>
  parts(id: string, options: { ownResources: boolean }): InstancePart[]
  /** A tar stream. @throws an error named `PartGone` when the instance was deleted meanwhile */
  read(
    id: string,
    part: InstancePart,
    options: { workshop: string; warn: (text: string) => void },
  ): AsyncIterable<Uint8Array>
  lay(id: string, part: InstancePart, tar: AsyncIterable<Uint8Array>): Promise<void>
  /** Gives a part that was laid a size that holds, where this machine can. */
  enclose(id: string, part: InstancePart, sizeBytes: number): Promise<void>
}
