import { adviceOn, type Instance, type Phase, type Visibility } from '@wave-store/contract'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { Failure } from '../../failure.ts'
import type { Store } from '../../store/store.ts'
import { watchInstance } from '../../store/watch-instance.ts'
import { launchedFields } from '../instance/show-instance.ts'
import { visibilityOption } from '../visibility-option.ts'

interface Options {
  visibility?: Visibility
  wait?: boolean
}

export function runCommand(cli: Cli, run = runApp): Command {
  return new Command('run')
    .description('Launch an instance of an app')
    .argument('<appId>', 'as app list shows it')
    .addOption(visibilityOption('who may open the instance'))
    .option('-w, --wait', 'wait until it runs; fail with the cause where it does not come up')
    .action((appId: string, options: Options) => run(cli, appId, options))
}

export async function runApp(cli: Cli, appId: string, { visibility, wait = false }: Options): Promise<void> {
  const store = await cli.store()
  const instance = await store.client.launchInstance({ body: { appId, ...(visibility && { visibility }) } })
  await cli.out.object(launchedFields, instance)
  if (wait) await untilRunning(cli, store, instance.id)
}

/** Says each phase as it comes. @throws {Failure} with the cause when it fails, or goes meanwhile */
export async function untilRunning(cli: Cli, store: Store, instanceId: string): Promise<void> {
  let said = ''
  for await (const instance of watchInstance(cli, store, instanceId)) {
    if (instance.status === 'DEPLOYED') return
    if (instance.status === 'FAILED') throw failureOf(instance)
    const words = progressOf(instance)
    if (words !== said) cli.say(words)
    said = words
  }
  throw new Failure('The instance was terminated before it ran.')
}

export function failureOf({ id, failure }: Instance): Failure {
  const { cause, remedy } = adviceOn(failure?.reason ?? 'internal')
  return new Failure(failure?.message || cause, { next: `${remedy}\nIts log: h2o instance logs ${id}` })
}

const phaseWords: Record<Phase, string> = {
  queued: 'Waiting for its turn …',
  sourcing: 'Fetching the code …',
  installing: 'Installing packages …',
  starting: 'Starting …',
  running: 'Running; waiting for its first answer …',
  exited: 'It has ended …',
  stopping: 'Stopping …',
  backing_off: 'It crashed, and is started again …',
}

function progressOf({ phase, queue }: Instance): string {
  return queue ? `${queue.message} ${queue.position} in the queue …` : phaseWords[phase]
}
