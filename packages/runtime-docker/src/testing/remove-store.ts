import { openEngine, settled } from '../engine.ts'
import { Names } from '../labels.ts'
import type { DockerRuntimeOptions } from '../options.ts'

/** Removes everything that a store has on the engine, data of instances and all; the image of apps stays. */
export async function removeStore({ host, name }: Pick<DockerRuntimeOptions, 'host' | 'name'>): Promise<void> {
  const { streams } = openEngine(host)
  const filters = new Names(name).filter()
  const containers = await streams.listContainers({ all: true, filters })
  await Promise.all(containers.map(({ Id }) => settled(streams.getContainer(Id).remove({ force: true, v: true }))))
  const { Volumes: volumes } = await streams.listVolumes({ filters })
  await Promise.all((volumes ?? []).map(({ Name }) => settled(streams.getVolume(Name).remove())))
  const networks = await streams.listNetworks({ filters })
  await Promise.all(networks.map(({ Id }) => settled(streams.getNetwork(Id).remove())))
}
