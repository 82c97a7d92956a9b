import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const stories = {
  exclude: ['**/node_modules/**'],
  testTimeout: 180_000,
  hookTimeout: 300_000,
  fileParallelism: false,
  // As long as the browser waits for anything else.
  expect: { poll: { timeout: 20_000 } },
}

const long = { testTimeout: 1_800_000, hookTimeout: 120_000, fileParallelism: false }

export default defineConfig({
  test: {
    // A test that hides all others must not look like a run of them.
    allowOnly: false,
    // Files wait more than they compute; one processor less, as is the default, is none more than one of two.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'apps/**/*.test.tsx'],
          // What is about PostgreSQL alone runs there.
          exclude: [
            '**/node_modules/**',
            '**/dist/**',
            '**/{postgres,s3}.test.ts',
            'apps/server/src/servers/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          setupFiles: ['apps/server/src/testing/quick-passwords.ts'],
        },
      },
      // What uses the database, once more on PostgreSQL.
      {
        test: {
          name: 'postgres',
          include: [
            'apps/server/src/{access,accounts,activity,administration,aliases,apps,audit,auth,catalog,environments,events,instances,metrics,people,reconciler,samples,secrets,servers,settings,statistics,tags}/**/*.test.ts',
            'apps/server/src/*.test.ts',
            'apps/server/src/{db,move}/postgres.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/s3.test.ts', '**/several-servers.test.ts'],
          setupFiles: ['apps/server/src/testing/quick-passwords.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: ['apps/server/src/testing/postgres-setup.ts'],
        },
      },
      // Real servers in processes of their own, which are killed and paused, on PostgreSQL: npm run test:servers.
      {
        test: {
          ...stories,
          name: 'servers',
          include: ['apps/server/src/servers/several-servers.test.ts'],
          globalSetup: ['apps/server/src/testing/postgres-setup.ts'],
        },
      },
      // Bundles in a real S3 server, which Go builds: npm run test:s3.
      { test: { name: 's3', include: ['**/s3.test.ts'], exclude: ['**/node_modules/**'], testTimeout: 120_000 } },
      // Instances in a real Docker engine of its own, which needs root and Debian's docker.io: npm run test:docker.
      {
        test: {
          ...stories,
          name: 'docker',
          include: ['{apps,packages,e2e}/**/*.docker.ts'],
        },
      },
      // Instances in the real cluster that KUBECONFIG_TEST names: npm run test:kubernetes. Skipped without one.
      {
        test: {
          ...stories,
          name: 'kubernetes',
          include: ['{apps,packages,e2e}/**/*.kubernetes.ts'],
        },
      },
      // The first few of the browser's stories, for npm test; all of them, and the shell's: npm run test:stories.
      { test: { ...stories, name: 'smoke', include: ['e2e/stories/{first-visit,run-an-app,import-an-app}.test.ts'] } },
      { test: { ...stories, name: 'e2e', include: ['e2e/{stories,command-line}/*.test.ts'] } },
      // Every page and panel in every width and theme, by axe, by keyboard, in another language: npm run test:pages.
      { test: { ...stories, name: 'pages', include: ['e2e/pages/*.test.ts'] } },
      // Needs Java and Maven, and a minute: npm run test:keycloak.
      { test: { ...stories, name: 'keycloak', include: ['e2e/keycloak/*.test.ts'] } },
      // Boots a machine whose kernel has control groups of version 2; needs root and Debian: npm run test:cgroup2.
      { test: { ...stories, name: 'cgroup2', include: ['e2e/cgroup2/*.test.ts'] } },
      // 100,000 versions in the browser: npm run test:scale.
      { test: { ...stories, name: 'scale', include: ['e2e/scale/*.test.ts'] } },
      // Minutes each: npm run test:faults, npm run test:soak.
      {
        test: {
          ...long,
          name: 'faults',
          include: ['{apps,packages,e2e}/**/*.faults.ts'],
          exclude: ['**/node_modules/**'],
        },
      },
      {
        test: { ...long, name: 'soak', include: ['{apps,packages,e2e}/**/*.soak.ts'], exclude: ['**/node_modules/**'] },
      },
      // The same stories where `localhost` hides nothing, at https://store.test and https://<id>.apps.test, with accounts
      // that have passwords: npm run test:names. Sandboxes know neither those names nor who vouches for them.
      {
        test: {
          ...stories,
          name: 'names',
          include: ['e2e/stories/!(enable-oidc).test.ts'],
          setupFiles: ['e2e/enter-store-test.ts'],
        },
      },
    ],
  },
})
