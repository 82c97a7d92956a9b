import type { InstanceSpec } from '@wave-store/runtime'

interface Surroundings {
  app: InstanceSpec['app']
  instance: { id: string; url: string }
  /** Address of the store; absent where there is none. */
  environment?: string
}

/** What tells an app where it runs, and as what. */
export function cloudEnvironment({ app, instance, environment }: Surroundings): Record<string, string> {
  return {
    ...(environment !== undefined && { H2O_CLOUD_ENVIRONMENT: environment }),
    H2O_CLOUD_INSTANCE_ID: instance.id,
    H2O_CLOUD_INSTANCE_URL: instance.url,
    H2O_CLOUD_APP_ID: app.id,
    H2O_CLOUD_APP_NAME: app.name,
    H2O_CLOUD_APP_VERSION: app.version,
  }
}
