import type { operations } from '@wave-store/contract'

/** Kinds of people, in the order of the table's columns. */
export const actors = [
  'anonymous',
  /** No full access, and no role that a tag admits. */
  'visitor',
  /** No full access, but a role that the tag of the things in the table admits. */
  'admitted',
  /** Full access, and nothing to do with the things in the table. */
  'stranger',
  'instanceOwner',
  'appOwner',
  /** Full access, and an admin role of the tag. */
  'tagAdmin',
  'admin',
] as const
export type ActorKind = (typeof actors)[number]

export const outcomes = { ok: 'allowed', 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found' } as const
export type Outcome = (typeof outcomes)[keyof typeof outcomes]

/**
 * What an operation is tried on. Apps bear the tag; instances are of ALL_USERS apps that bear it. Secrets are the app
 * owner's own, or shared: with everyone, or limited to the app owner.
 */
export type ThingKind = 'app' | 'instance' | 'tag' | 'assignment' | 'account' | 'secret' | 'alias' | 'none'

export interface Row {
  on: ThingKind
  /** By what the thing is like; eight outcomes in the order of `actors`. */
  cells: Record<string, string>
  /** The member of `can`, in what the actor is told of the thing, that must say the same. */
  can?: string
}

/** Ways in that are no operations of the contract. */
export type WayIn = 'openInstance' | 'openWebSocket' | 'enterInstance'
export type TableKey = keyof typeof operations | WayIn

const row = (on: ThingKind, cells: Row['cells'], can?: string): Row => ({ on, cells, ...(can && { can }) })
const always = (cells: string, can?: string) => row('none', { always: cells }, can)

const seenApp = {
  //          anon vis adm str iOw aOw tAd admin
  PRIVATE: '  401 404 404 404 404 ok  404 ok',
  ALL_USERS: '401 404 ok  ok  ok  ok  ok  ok',
  PUBLIC: '   ok  ok  ok  ok  ok  ok  ok  ok',
}
const ownApp = {
  PRIVATE: '  401 404 404 404 404 ok  404 ok',
  ALL_USERS: '401 404 403 403 403 ok  403 ok',
  PUBLIC: '   401 403 403 403 403 ok  403 ok',
}
const adminApp = {
  PRIVATE: '  401 404 404 404 404 403 404 ok',
  ALL_USERS: '401 404 403 403 403 403 403 ok',
  PUBLIC: '   401 403 403 403 403 403 403 ok',
}
const assignment = {
  'limited on PRIVATE': '  401 404 404 404 404 403 404 ok',
  'limited on ALL_USERS': '401 404 404 403 403 403 ok  ok',
  'limited on PUBLIC': '   401 404 404 403 403 403 ok  ok',
  'open on PRIVATE': '     401 404 404 404 404 ok  404 ok',
  'open on ALL_USERS': '   401 404 404 ok  ok  ok  ok  ok',
  'open on PUBLIC': '      401 404 404 ok  ok  ok  ok  ok',
}
const ownInstance = {
  PRIVATE: '  401 404 404 404 ok  403 404 ok',
  ALL_USERS: '401 404 404 403 ok  403 403 ok',
  PUBLIC: '   401 404 404 403 ok  403 403 ok',
}
const readsLogs = {
  PRIVATE: '  401 404 404 404 ok  ok  404 ok',
  ALL_USERS: '401 404 404 403 ok  ok  403 ok',
  PUBLIC: '   401 404 404 403 ok  ok  403 ok',
}
const openInstance = {
  PRIVATE: '          401 404 404 404 ok  404 404 404',
  ALL_USERS: '        401 404 404 ok  ok  ok  ok  ok',
  PUBLIC: '           ok  ok  ok  ok  ok  ok  ok  ok',
  'PRIVATE MANAGED': '  401 404 404 404 404 ok  404 404',
  'ALL_USERS MANAGED': '401 404 ok  ok  ok  ok  ok  ok',
}
const ownSecret = {
  own: '              401 404 404 404 404 ok  404 403',
  shared: '           401 404 404 403 403 403 403 ok',
  limited: '          401 404 404 404 404 403 404 ok',
}
const own = always('         401 ok  ok  ok  ok  ok  ok  ok')
const forAdmins = '            401 403 403 403 403 403 403 ok'
const fullAccess = '           401 403 403 ok  ok  ok  ok  ok'
const accountOfOthers = '      401 404 404 404 404 404 404 ok'

/** Who may do what: product rules, section 4. */
export const accessTable: Record<TableKey, Row> = {
  discover: always('           ok  ok  ok  ok  ok  ok  ok  ok'),
  getSession: always('         ok  ok  ok  ok  ok  ok  ok  ok'),
  signOut: own,
  listSessions: own,
  endSession: own,
  endAllSessions: own,
  listTokens: own,
  createToken: own,
  revokeToken: own,

  listApps: row('none', {
    catalog: '                 ok  ok  ok  ok  ok  ok  ok  ok',
    mine: '                    401 ok  ok  ok  ok  ok  ok  ok',
    available: '               ok  ok  ok  ok  ok  ok  ok  ok',
    all: '                     401 403 403 403 403 403 403 ok',
  }),
  getApp: row('app', seenApp),
  listAppFiles: row('app', seenApp),
  getAppStatistics: row('app', ownApp, 'update'),
  getAppIcon: row('app', seenApp),
  getAppScreenshot: row('app', seenApp),
  importApp: always(fullAccess, 'importApps'),
  updateApp: row('app', ownApp, 'update'),
  promoteApp: row('app', ownApp, 'update'),
  transferApp: row('app', adminApp, 'transfer'),
  deleteApp: row('app', ownApp, 'delete'),
  downloadBundle: row('app', ownApp, 'download'),

  listTags: always(fullAccess, 'seeTags'),
  getTag: row('tag', {
    limited: '                 401 404 404 ok  ok  ok  ok  ok',
    open: '                    401 404 404 ok  ok  ok  ok  ok',
  }),
  createTag: always(forAdmins, 'administer'),
  updateTag: row(
    'tag',
    {
      limited: '               401 404 404 403 403 403 ok  ok',
      open: '                  401 404 404 ok  ok  ok  ok  ok',
    },
    'update',
  ),
  deleteTag: row(
    'tag',
    {
      limited: '               401 404 404 403 403 403 403 ok',
      open: '                  401 404 404 403 403 403 403 ok',
    },
    'delete',
  ),
  assignTag: row('assignment', assignment, 'assign'),
  removeTag: row('assignment', assignment, 'assign'),

  listInstances: row('app', { ...seenApp, PUBLIC: '401 ok ok ok ok ok ok ok' }),
  launchInstance: row(
    'app',
    {
      PRIVATE: '               401 404 404 404 404 ok  404 403',
      ALL_USERS: '             401 404 ok  ok  ok  ok  ok  ok',
      PUBLIC: '                401 403 ok  ok  ok  ok  ok  ok',
      'PRIVATE MANAGED': '     401 404 404 404 404 ok  404 403',
      'ALL_USERS MANAGED': '   401 404 403 403 403 ok  403 ok',
    },
    'launch',
  ),
  getInstance: row('instance', {
    PRIVATE: '                 401 404 404 404 ok  ok  404 ok',
    ALL_USERS: '               401 404 404 ok  ok  ok  ok  ok',
    PUBLIC: '                  401 404 404 ok  ok  ok  ok  ok',
  }),
  followEvents: row('instance', {
    PRIVATE: '                 401 404 404 404 ok  ok  404 ok',
    ALL_USERS: '               401 404 404 ok  ok  ok  ok  ok',
    PUBLIC: '                  401 404 404 ok  ok  ok  ok  ok',
  }),
  updateInstance: row('instance', ownInstance, 'update'),
  suspendInstance: row('instance', ownInstance, 'suspend'),
  resumeInstance: row('instance', ownInstance),
  restartInstance: row('instance', ownInstance, 'restart'),
  terminateInstance: row('instance', ownInstance, 'terminate'),
  readLogs: row('instance', readsLogs, 'readLogs'),
  getInstanceMetrics: row('instance', readsLogs, 'readMetrics'),
  getInstanceEnvironment: row('instance', readsLogs, 'readLogs'),
  openInstance: row('instance', openInstance, 'open'),
  openWebSocket: row('instance', openInstance, 'open'),
  enterInstance: row('instance', { ...openInstance, PUBLIC: '401 ok ok ok ok ok ok ok' }, 'open'),

  getPlatformMetrics: always(forAdmins, 'administer'),
  listEnvironments: always(forAdmins, 'administer'),
  getEnvironment: always(forAdmins, 'administer'),
  rebuildEnvironment: always(forAdmins, 'administer'),
  listRuntimeVersions: own,
  getConstraints: always(forAdmins, 'administer'),
  updateConstraints: always(forAdmins, 'administer'),
  listSecrets: row('none', { usable: fullAccess, all: forAdmins }),
  getSecret: row('secret', {
    own: '                     401 404 404 404 404 ok  404 ok',
    shared: '                  401 404 404 ok  ok  ok  ok  ok',
    limited: '                 401 404 404 404 404 ok  404 ok',
  }),
  createSecret: row('none', { own: fullAccess, shared: forAdmins }),
  updateSecret: row('secret', ownSecret, 'update'),
  deleteSecret: row('secret', ownSecret, 'delete'),
  getSettings: always(forAdmins, 'administer'),
  updateSettings: always(forAdmins, 'administer'),
  getHealth: always(forAdmins, 'administer'),
  getCleanUp: always(forAdmins, 'administer'),
  listPeople: always(forAdmins, 'administer'),
  listAliases: row('none', {
    mine: '                    401 ok  ok  ok  ok  ok  ok  ok',
    all: forAdmins,
  }),
  createAlias: row('instance', ownInstance, 'update'),
  updateAlias: row('alias', ownInstance, 'update'),
  deleteAlias: row('alias', ownInstance, 'delete'),

  listAccounts: always(forAdmins, 'administer'),
  createAccount: always(forAdmins, 'administer'),
  updateAccount: row('account', { always: accountOfOthers }, 'update'),
  resetPassword: row('account', { always: accountOfOthers }),

  listAuditEvents: row('none', {
    mine: '                    401 ok  ok  ok  ok  ok  ok  ok',
    others: '                  401 ok  ok  ok  ok  ok  ok  ok',
    all: forAdmins,
  }),
  markNewsRead: own,
}

/** What an actor is expected to get, by the kind of thing; read from the cells. */
export function expectedOf({ cells }: Row): { actor: ActorKind; thing: string; outcome: Outcome }[] {
  return Object.entries(cells).flatMap(([thing, line]) => {
    const words = line.trim().split(/\s+/) as unknown as (keyof typeof outcomes)[]
    if (words.length !== actors.length)
      throw new Error(`${thing}: ${words.length} outcomes for ${actors.length} actors`)
    return actors.map((actor, index) => ({ actor, thing, outcome: outcomes[words[index]!] }))
  })
}
