import type { AppMode } from '@wave-store/bundle'
import { type AppToStart, cloudEnvironment, type InjectedSecrets, instanceSpec } from '@wave-store/instance-spec'
import type { InstanceSpec } from '@wave-store/runtime'
import { manifestOf } from '../apps/present-app.ts'
import type { AppRow } from '../apps/repository.ts'
import { endSessionPath } from '../auth/clients.ts'
import { type InstanceClient, instanceScopes } from '../auth/instance-clients.ts'
import { providerPath } from '../auth/provider.ts'
import type { Config } from '../config/config.ts'
import { basePathOf } from '../instances/base-path.ts'
import { instanceOrigin } from '../instances/instance-url.ts'
import type { InstanceRow } from '../instances/repository.ts'

interface SpecParts {
  bundlePath: string
  client: InstanceClient
  /** Undefined: those of the platform. */
  constraints: string | undefined
  identityKeys: object
  secrets: InjectedSecrets
}

/** What the runtime is asked for: what the manifest says, and how the app reaches this store. */
export function specOf(
  config: Config,
  instance: InstanceRow,
  app: AppRow,
  { bundlePath, client, constraints, identityKeys, secrets }: SpecParts,
): InstanceSpec {
  const manifest = manifestOf(app)
  const { mode, enableOidc } = manifest.runtime
  const start: AppToStart = {
    id: instance.id,
    generation: instance.generation,
    app: { id: app.id, name: app.name, version: app.version },
    bundle: { path: bundlePath, sha256: app.bundleSha256 },
    basePath: basePathOf(instance),
    manifest,
    environment: {
      inputsSha256: app.environmentInputs,
      osPackages: JSON.parse(app.osPackagesJson) as string[],
      ...(constraints !== undefined && { constraints }),
    },
    secrets,
    env: {
      ...cloudEnvironment({
        app,
        instance: { id: instance.id, url: instanceOrigin(config, instance.id) },
        environment: config.publicUrl.origin,
      }),
      // What the header Wave-Identity is checked with, without the network.
      H2O_CLOUD_IDENTITY_JWKS: JSON.stringify(identityKeys),
      ...(enableOidc && signInEnvironment(config, mode, client)),
    },
    reachesStore: enableOidc,
  }
  return instanceSpec(start, config.instances)
}

/** What the app, or its Wave server, signs people in with; known in that one place, and never as an argument. */
function signInEnvironment(config: Config, mode: AppMode, client: InstanceClient): Record<string, string> {
  const issuer = config.publicUrl.origin + providerPath
  const endSession = config.publicUrl.origin + endSessionPath
  if (mode !== 'wave')
    return {
      H2O_CLOUD_OIDC_ISSUER: issuer,
      H2O_CLOUD_OIDC_CLIENT_ID: client.clientId,
      H2O_CLOUD_OIDC_CLIENT_SECRET: client.clientSecret,
      H2O_CLOUD_OIDC_REDIRECT_URI: client.redirectUri,
      H2O_CLOUD_OIDC_END_SESSION_URL: endSession,
      H2O_CLOUD_OIDC_POST_LOGOUT_REDIRECT_URI: client.postLogoutRedirectUri,
    }
  return {
    H2O_WAVE_OIDC_PROVIDER_URL: issuer,
    H2O_WAVE_OIDC_CLIENT_ID: client.clientId,
    H2O_WAVE_OIDC_CLIENT_SECRET: client.clientSecret,
    H2O_WAVE_OIDC_REDIRECT_URL: client.redirectUri,
    H2O_WAVE_OIDC_END_SESSION_URL: endSession,
    H2O_WAVE_OIDC_POST_LOGOUT_REDIRECT_URL: client.postLogoutRedirectUri,
    H2O_WAVE_OIDC_SCOPES: instanceScopes.replaceAll(' ', ','),
    H2O_WAVE_OIDC_AUTH_URL_PARAMS: '',
    // Whoever comes here is signed in to the store: a page with one button would only stand in between.
    H2O_WAVE_OIDC_SKIP_LOGIN: 'true',
  }
}
