import { ok, type Result } from '../../../model/result.ts'
import { sigv4Credential } from './aws/sigv4-credential.ts'
import { azureCredential } from './azure/azure-credential.ts'
import { basicCredential } from './basic-credential.ts'
import type { CloudSources } from './cloud-sources.ts'
import type { Credential } from './credential.ts'
import { fileCredential } from './file-credential.ts'
import { googleCredential } from './google/google-credential.ts'
import { noCredential } from './no-credential.ts'
import type { PrometheusAuth } from './prometheus-auth.ts'
import { staticCredential } from './static-credential.ts'

/** The credential behind a choice. Asks nobody yet. */
export function openCredential(auth: PrometheusAuth, sources: CloudSources): Result<Credential> {
  switch (auth.kind) {
    case 'none':
      return ok(noCredential)
    case 'header':
      return staticCredential(auth.value)
    case 'file':
      return ok(fileCredential(auth.path))
    case 'basic':
      return basicCredential(auth.user, auth.passwordFile)
    case 'sigv4':
      return ok(sigv4Credential(auth, sources))
    case 'azure':
      return ok(azureCredential(sources))
    case 'google':
      return ok(googleCredential(sources))
  }
}
