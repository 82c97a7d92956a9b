import { type getSettings, type OperationResult, type StoreSettings, storeSettings } from '@wave-store/contract'
import type { Config } from '../config/config.ts'
import type { SettingRepository } from './repository.ts'

const setting = 'store'
const minute = 60_000

export type SettingChanges = { [Name in keyof StoreSettings]?: StoreSettings[Name] | null | undefined }

/** What of the configuration administrators change while the store runs. It is written into the configuration, so that whoever reads that knows it. */
export class LiveSettings {
  readonly #kept: SettingRepository
  readonly #config: Config
  readonly #defaults: StoreSettings
  #changed: Partial<StoreSettings>

  private constructor(kept: SettingRepository, config: Config, changed: Partial<StoreSettings>) {
    this.#kept = kept
    this.#config = config
    this.#defaults = settingsOf(config)
    this.#changed = changed
    apply(config, this.#values())
  }

  /** @param config is changed by what was kept, and by every update */
  static async open(kept: SettingRepository, config: Config): Promise<LiveSettings> {
    return new LiveSettings(kept, config, await read(kept))
  }

  /** Takes over what was changed at another server. */
  async reload(): Promise<void> {
    this.#changed = await read(this.#kept)
    apply(this.#config, this.#values())
  }

  get notices(): StoreSettings['notices'] {
    return this.#values().notices
  }

  present(): OperationResult<typeof getSettings> {
    const changed = Object.keys(this.#changed) as (keyof StoreSettings)[]
    return { settings: this.#values(), defaults: this.#defaults, changed }
  }

  /** Null goes back to the default. */
  async update(changes: SettingChanges): Promise<void> {
    const next = Object.entries({ ...(await read(this.#kept)), ...changes }).filter(([, value]) => value != null)
    const changed = storeSettings.partial().parse(Object.fromEntries(next))
    await this.#kept.set(setting, next.length > 0 ? JSON.stringify(changed) : null)
    this.#changed = changed
    apply(this.#config, this.#values())
  }

  #values(): StoreSettings {
    return { ...this.#defaults, ...this.#changed }
  }
}

async function read(kept: SettingRepository): Promise<Partial<StoreSettings>> {
  const text = await kept.get(setting)
  // What a later version may have kept, and this one does not know, is left alone.
  const known = storeSettings
    .partial()
    .strip()
    .safeParse(JSON.parse(text ?? '{}'))
  return known.data ?? {}
}

function settingsOf({ instances, publicMode, secrets }: Config): StoreSettings {
  return {
    publicMode,
    instancesPerUser: instances.perUser,
    instancesPerVisitor: instances.perVisitor,
    aliasesPerUser: instances.aliasesPerUser,
    secretsPerUser: secrets.perUser,
    memoryBytes: instances.memoryBytes,
    memoryReservationBytes: instances.memoryReservationBytes,
    cpuMillis: instances.cpuMillis ?? 0,
    pids: instances.pids,
    idleMinutes: Math.round((instances.idleTimeoutMs ?? 0) / minute),
    notices: [],
  }
}

function apply(config: Config, settings: StoreSettings): void {
  config.publicMode = settings.publicMode
  config.secrets.perUser = settings.secretsPerUser
  Object.assign(config.instances, {
    perUser: settings.instancesPerUser,
    perVisitor: settings.instancesPerVisitor,
    aliasesPerUser: settings.aliasesPerUser,
    memoryBytes: settings.memoryBytes,
    memoryReservationBytes: settings.memoryReservationBytes,
    cpuMillis: settings.cpuMillis || null,
    pids: settings.pids,
    idleTimeoutMs: settings.idleMinutes * minute || null,
  } satisfies Partial<Config['instances']>)
}
