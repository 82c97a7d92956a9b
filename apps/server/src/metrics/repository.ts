import type { Database, Db } from '../db/database.ts'

/** What was seen of an instance in the interval that begins at `at`. */
export type Sample = Database['instanceSample']

/** Samples of instances, by the minute. */
export class MetricsRepository {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** Adds samples; of two for one interval, as after a restart or a clock set back, the sums and maxima count. */
  async add(samples: Sample[]): Promise<void> {
    if (samples.length === 0) return
    await this.#db.transaction().execute(async (transaction) => {
      const ids = samples.map(({ instanceId }) => instanceId)
      const rows = await transaction.selectFrom('instance').select('id').where('id', 'in', ids).execute()
      const known = new Set(rows.map(({ id }) => id))
      for (const sample of samples)
        if (known.has(sample.instanceId))
          await transaction
            .insertInto('instanceSample')
            .values(sample)
            .onConflict((conflict) =>
              conflict.columns(['instanceId', 'at']).doUpdateSet(({ eb, ref }) => ({
                cpuMillis: ref('excluded.cpuMillis'),
                memoryBytes: ref('excluded.memoryBytes'),
                requests: eb('instanceSample.requests', '+', ref('excluded.requests')),
                sockets: ref('excluded.sockets'),
              })),
            )
            .execute()
    })
  }

  /** Oldest first. */
  async of(instanceId: string, since: number): Promise<Sample[]> {
    const samples = this.#db.selectFrom('instanceSample').selectAll().where('instanceId', '=', instanceId)
    return samples.where('at', '>=', since).orderBy('at').execute()
  }

  /** Of all instances that are still there, oldest first. */
  async all(since: number): Promise<Sample[]> {
    return this.#db.selectFrom('instanceSample').selectAll().where('at', '>=', since).orderBy('at').execute()
  }

  async forgetBefore(time: number): Promise<void> {
    await this.#db.deleteFrom('instanceSample').where('at', '<', time).execute()
  }
}
