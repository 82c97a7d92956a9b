import * as accounts from './account.ts'
import * as apps from './app.ts'
import * as instances from './instance.ts'
import type { Operation } from './operation.ts'
import * as sessions from './session.ts'

/** Every operation of the store. */
export const operations = {
  getSession: sessions.getSession,
  signOut: sessions.signOut,
  listApps: apps.listApps,
  getApp: apps.getApp,
  importApp: apps.importApp,
  updateApp: apps.updateApp,
  deleteApp: apps.deleteApp,
  downloadBundle: apps.downloadBundle,
  getAppIcon: apps.getAppIcon,
  getAppScreenshot: apps.getAppScreenshot,
  listInstances: instances.listInstances,
  launchInstance: instances.launchInstance,
  getInstance: instances.getInstance,
  updateInstance: instances.updateInstance,
  restartInstance: instances.restartInstance,
  terminateInstance: instances.terminateInstance,
  readLogs: instances.readLogs,
  listAccounts: accounts.listAccounts,
  createAccount: accounts.createAccount,
  updateAccount: accounts.updateAccount,
  resetPassword: accounts.resetPassword,
} satisfies Record<string, Operation>
