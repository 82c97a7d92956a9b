import * as accounts from './account.ts'
import * as administration from './administration.ts'
import * as aliases from './alias.ts'
import * as apps from './app.ts'
import * as audit from './audit.ts'
import * as discovery from './discovery.ts'
import * as environments from './environment.ts'
import * as events from './event.ts'
import * as instances from './instance.ts'
import * as metrics from './metrics.ts'
import type { Operation } from './operation.ts'
import * as people from './people.ts'
import * as runtimeVersions from './runtime-version.ts'
import * as secrets from './secret.ts'
import * as sessions from './session.ts'
import * as tags from './tag.ts'
import * as tokens from './token.ts'

/** Every operation of the store. */
export const operations = {
  getSession: sessions.getSession,
  signOut: sessions.signOut,
  listSessions: sessions.listSessions,
  endSession: sessions.endSession,
  endAllSessions: sessions.endAllSessions,
  discover: discovery.discover,
  listTokens: tokens.listTokens,
  createToken: tokens.createToken,
  revokeToken: tokens.revokeToken,
  listApps: apps.listApps,
  getApp: apps.getApp,
  importApp: apps.importApp,
  updateApp: apps.updateApp,
  promoteApp: apps.promoteApp,
  transferApp: apps.transferApp,
  deleteApp: apps.deleteApp,
  downloadBundle: apps.downloadBundle,
  listAppFiles: apps.listAppFiles,
  getAppStatistics: apps.getAppStatistics,
  getAppIcon: apps.getAppIcon,
  getAppScreenshot: apps.getAppScreenshot,
  listTags: tags.listTags,
  getTag: tags.getTag,
  createTag: tags.createTag,
  updateTag: tags.updateTag,
  deleteTag: tags.deleteTag,
  assignTag: tags.assignTag,
  removeTag: tags.removeTag,
  listInstances: instances.listInstances,
  launchInstance: instances.launchInstance,
  getInstance: instances.getInstance,
  followEvents: events.followEvents,
  updateInstance: instances.updateInstance,
  suspendInstance: instances.suspendInstance,
  resumeInstance: instances.resumeInstance,
  restartInstance: instances.restartInstance,
  terminateInstance: instances.terminateInstance,
  readLogs: instances.readLogs,
  listAliases: aliases.listAliases,
  createAlias: aliases.createAlias,
  updateAlias: aliases.updateAlias,
  deleteAlias: aliases.deleteAlias,
  getInstanceMetrics: metrics.getInstanceMetrics,
  getPlatformMetrics: metrics.getPlatformMetrics,
  getInstanceEnvironment: environments.getInstanceEnvironment,
  listEnvironments: environments.listEnvironments,
  getEnvironment: environments.getEnvironment,
  rebuildEnvironment: environments.rebuildEnvironment,
  listRuntimeVersions: runtimeVersions.listRuntimeVersions,
  getConstraints: environments.getConstraints,
  updateConstraints: environments.updateConstraints,
  listSecrets: secrets.listSecrets,
  getSecret: secrets.getSecret,
  createSecret: secrets.createSecret,
  updateSecret: secrets.updateSecret,
  deleteSecret: secrets.deleteSecret,
  getSettings: administration.getSettings,
  updateSettings: administration.updateSettings,
  getHealth: administration.getHealth,
  getCleanUp: administration.getCleanUp,
  listPeople: people.listPeople,
  listAccounts: accounts.listAccounts,
  createAccount: accounts.createAccount,
  updateAccount: accounts.updateAccount,
  resetPassword: accounts.resetPassword,
  listAuditEvents: audit.listAuditEvents,
  markNewsRead: audit.markNewsRead,
} satisfies Record<string, Operation>
