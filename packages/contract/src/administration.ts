import { z } from 'zod'
import { app } from './app.ts'
import { instance } from './instance.ts'
import { operation } from './operation.ts'
import { knownPerson } from './people.ts'
import { notice } from './session.ts'

const mebi = 2 ** 20
const whole = (min: number, max: number) => z.number().int().min(min, `At least ${min}`).max(max, `At most ${max}`)

/** What an administrator may change while the store runs; an operator's environment says what it is otherwise. */
export const storeSettings = z.strictObject({
  /** Whether apps and instances may be PUBLIC. */
  publicMode: z.boolean(),
  /** Instances that a person with full access may have, and a visitor. */
  instancesPerUser: whole(1, 10_000),
  instancesPerVisitor: whole(0, 10_000),
  aliasesPerUser: whole(0, 10_000),
  secretsPerUser: whole(0, 100_000),
  /** Where the manifest says nothing, for what starts from then on. */
  memoryBytes: whole(16 * mebi, 2 ** 50),
  memoryReservationBytes: whole(mebi, 2 ** 50),
  /** 0: no limit. */
  cpuMillis: whole(0, 1_000_000),
  pids: whole(16, 100_000),
  /** 0: never. */
  idleMinutes: whole(0, 525_600),
  /** For everyone, above every page. */
  notices: z
    .array(notice.extend({ text: z.string().trim().min(1, 'A text is needed').max(500, 'At most 500 characters') }))
    .max(10, 'At most 10 notices'),
})
export type StoreSettings = z.infer<typeof storeSettings>

const settingsAnswer = z.object({
  /** As they hold now. */
  settings: storeSettings,
  /** As they are where no administrator has changed them. */
  defaults: storeSettings,
  /** Those that an administrator has changed. */
  changed: z.array(storeSettings.keyof()),
})

export const getSettings = operation({
  id: 'settings.get',
  summary: 'The settings of the store; for administrators',
  method: 'GET',
  path: '/api/admin/settings',
  scope: 'admin',
  result: settingsAnswer,
  errors: ['forbidden'],
})

type Nullable<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>> }

export const updateSettings = operation({
  id: 'settings.update',
  summary: 'Changes settings; null goes back to the default. They hold at once, limits from the next start on',
  method: 'PATCH',
  path: '/api/admin/settings',
  scope: 'admin',
  body: z.strictObject(
    Object.fromEntries(
      Object.entries(storeSettings.shape).map(([name, schema]) => [name, schema.nullable().optional()]),
    ) as Nullable<typeof storeSettings.shape>,
  ),
  result: settingsAnswer,
  errors: ['forbidden'],
})

/** One part of the store, asked at this moment. */
export const partHealth = z.object({
  part: z.enum([
    'database',
    'bundles',
    'catalog',
    'runtime',
    'environments',
    'queue',
    'people',
    'secrets',
    'addresses',
  ]),
  /** `warning`: it works, with a limit that somebody should know. */
  state: z.enum(['ok', 'warning', 'failed']),
  /** What was found, and where it is not ok what to do. */
  text: z.string(),
})
export type PartHealth = z.infer<typeof partHealth>

export const getHealth = operation({
  id: 'health.get',
  summary: 'How the parts of the store are, each asked at this moment; for administrators',
  method: 'GET',
  path: '/api/admin/health',
  scope: 'admin',
  result: z.object({ items: z.array(partHealth), version: z.string() }),
  errors: ['forbidden'],
})

export const getCleanUp = operation({
  id: 'clean-up.get',
  summary: 'What may be no longer needed: idle instances, what people left who are gone, superseded versions',
  method: 'GET',
  path: '/api/admin/clean-up',
  scope: 'admin',
  query: z.object({
    /** Without use for so many days an instance counts as idle. */
    days: z.coerce.number().int().min(1).max(3650).default(30),
  }),
  result: z.object({
    /** The longest unused first. */
    idleInstances: z.array(instance),
    /** Who may not sign in any more and left apps or instances. */
    gonePeople: z.array(knownPerson),
    /** Of their names, the newest version each. */
    goneApps: z.array(app),
    goneInstances: z.array(instance),
    /** Private, older than the version in the Catalog, and without instances; the oldest first. */
    superseded: z.array(app),
  }),
  errors: ['forbidden'],
})
