import { readFile } from 'node:fs/promises'
import type { Constraints as PresentedConstraints } from '@wave-store/contract'
import { constraintsPath } from '@wave-store/launcher'
import { AppError } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { SettingRepository } from '../settings/repository.ts'
import { constraintProblems } from './constraint-problems.ts'

const setting = 'constraints'

interface Edited {
  text: string
  updatedAt: number
}

/** The pip constraints that hold for every environment: those of the platform or the operator's file, until an administrator edits them. */
export class Constraints {
  readonly #settings: SettingRepository
  readonly #clock: Clock
  readonly #default: string
  #edited: Edited | null

  private constructor(settings: SettingRepository, clock: Clock, fallback: string, edited: Edited | null) {
    this.#settings = settings
    this.#clock = clock
    this.#default = fallback
    this.#edited = edited
  }

  static async open(settings: SettingRepository, clock: Clock, config: Pick<Config, 'runtime'>): Promise<Constraints> {
    const fallback = await readFile(config.runtime.constraintsFile ?? constraintsPath, 'utf8').catch(() => '')
    return new Constraints(settings, clock, fallback, await read(settings))
  }

  /** Takes over what was edited at another server. */
  async reload(): Promise<void> {
    this.#edited = await read(this.#settings)
  }

  /** Undefined: nobody has edited them. */
  get edited(): string | undefined {
    return this.#edited?.text
  }

  present(): PresentedConstraints {
    const updatedAt = this.#edited && new Date(this.#edited.updatedAt).toISOString()
    return { text: this.#edited?.text ?? this.#default, isDefault: this.#edited === null, updatedAt }
  }

  /**
   * Holds for environments that are built from then on. Null: back to the default.
   *
   * @throws {AppError} `invalid_request` with every line that is none
   */
  async set(text: string | null): Promise<void> {
    const problems = text === null ? [] : constraintProblems(text)
    if (problems.length > 0)
      throw new AppError('invalid_request', problems.map(({ message }) => message).join('; '), { problems })
    const edited = text === null ? null : { text, updatedAt: this.#clock.now() }
    await this.#settings.set(setting, edited && JSON.stringify(edited))
    this.#edited = edited
  }
}

async function read(settings: SettingRepository): Promise<Edited | null> {
  const kept = await settings.get(setting)
  return kept === undefined ? null : (JSON.parse(kept) as Edited)
}
