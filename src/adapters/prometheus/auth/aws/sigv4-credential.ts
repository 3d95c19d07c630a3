import { problem } from '../../../../model/problem.ts'
import { failed, ok, type Result } from '../../../../model/result.ts'
import type { CloudSources } from '../cloud-sources.ts'
import type { Credential } from '../credential.ts'
import type { AwsAuth } from '../prometheus-auth.ts'
import { renewing, type Perishable } from '../renewing.ts'
import type { AwsIdentity } from './aws-identity.ts'
import { readAwsProfiles, type AwsProfiles } from './aws-profiles.ts'
import { findIdentity } from './find-identity.ts'
import { signRequest } from './sign-request.ts'

interface Signer {
  readonly identity: AwsIdentity
  readonly region: string
}

/** Signs each request (Signature Version 4) for Amazon Managed Service for Prometheus. */
export function sigv4Credential(auth: AwsAuth, sources: CloudSources): Credential {
  const now = sources.now ?? Date.now
  const signer = renewing(() => signerFor(auth, sources), now)
  return {
    headersFor: async (request) => {
      const found = await signer.get()
      if (!found.ok) return found
      const service = auth.service ?? 'aps'
      return ok(await signRequest(request, { ...found.value, service, at: new Date(now()) }))
    },
    refused: () => signer.forget(),
  }
}

async function signerFor(auth: AwsAuth, sources: CloudSources): Promise<Result<Perishable<Signer>>> {
  const profiles = await readAwsProfiles(sources)
  const region = regionOf(auth, sources, profiles)
  // A region ends up in the name of the host that a token is sent to.
  if (region === undefined || !/^[a-z0-9-]+$/.test(region)) return failed(noRegion)
  const identity = await findIdentity(auth, profiles, { region, sources })
  if (!identity.ok) return identity
  return ok({ value: { identity: identity.value, region }, expiresAt: identity.value.expiresAt })
}

function regionOf(auth: AwsAuth, { environment }: CloudSources, profiles: AwsProfiles): string | undefined {
  const profile = profiles.get(auth.profile ?? (environment['AWS_PROFILE'] || 'default'))
  return auth.region ?? (environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || profile?.['region'])
}

const noRegion = problem(
  'bad_setting',
  'The AWS region of the workspace is not known.',
  'Name it with --eks-managed-prom-region, for example eu-west-1.',
)
