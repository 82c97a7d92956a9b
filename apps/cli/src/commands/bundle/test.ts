import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { followLog } from '../../log/follow-log.ts'
import { connect } from '../../store/connect.ts'
import { watchInstance } from '../../store/watch-instance.ts'
import { failureOf } from '../app/run.ts'
import { type Deployed, deployFolder, printDeployed } from './deploy.ts'

/** Of an app that does not end when it is asked to, and what follows. */
const cleanUpWithinMs = 120_000

export function testCommand(cli: Cli, run = test): Command {
  return new Command('test')
    .description('Deploy a folder and follow its log; Ctrl-C ends the instance and deletes the version')
    .argument('[folder]', 'what holds app.toml')
    .action((folder: string | undefined) => run(cli, folder))
}

/** @throws {Failure} with the cause when the instance fails */
export async function test(cli: Cli, folder: string | undefined): Promise<void> {
  const deployed = await deployFolder(cli, await cli.store(), folder)
  try {
    await printDeployed(cli, deployed)
    await followUntilOver(cli, deployed)
  } catch (error) {
    if (!cli.interrupted.aborted) throw error
  } finally {
    await cleanUp(cli, deployed)
  }
}

/** Ends when the instance is gone. @throws {Failure} when it has failed, with its log printed */
async function followUntilOver(cli: Cli, { instance }: Deployed): Promise<void> {
  const over = new AbortController()
  const watching = { ...cli, interrupted: AbortSignal.any([cli.interrupted, over.signal]) }
  const store = await connect(watching)
  const following = followLog(watching, store, instance.id)
  following.catch(() => {})
  try {
    await Promise.race([following, untilFailed(watching, store, instance.id)])
  } finally {
    over.abort()
  }
}

async function untilFailed(cli: Cli, store: Awaited<ReturnType<typeof connect>>, id: string): Promise<void> {
  for await (const instance of watchInstance(cli, store, id))
    if (instance.status === 'FAILED') throw failureOf(instance)
}

async function cleanUp(cli: Cli, { app, instance }: Deployed): Promise<void> {
  const cleaning = { ...cli, interrupted: AbortSignal.timeout(cleanUpWithinMs) }
  const store = await connect(cleaning)
  cli.say('Ending the instance, and deleting the version …')
  await store.client.terminateInstance({ params: { instanceId: instance.id } })
  for await (const _ of watchInstance(cleaning, store, instance.id));
  await store.client.deleteApp({ params: { appId: app.id } })
}
