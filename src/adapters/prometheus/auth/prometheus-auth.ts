/** How the operator logs in to the one Prometheus that was named. */
export type PrometheusAuth =
  | { readonly kind: 'none' }
  /** A whole `Authorization` header, sent as it is. */
  | { readonly kind: 'header'; readonly value: string }
  /** A file with a bearer token, or with a whole header value; read again for every request. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'basic'; readonly user: string; readonly passwordFile: string }
  | ({ readonly kind: 'sigv4' } & AwsAuth)
  /** Microsoft Entra: which identity is in the environment (AZURE_…). */
  | { readonly kind: 'azure' }
  /** Google application default credentials. */
  | { readonly kind: 'google' }

export interface AwsAuth {
  /** Absent: AWS_REGION, AWS_DEFAULT_REGION, the profile's. */
  readonly region?: string
  /** Absent: `aps`, Amazon Managed Service for Prometheus. */
  readonly service?: string
  readonly profile?: string
  readonly accessKey?: string
  readonly secretKey?: string
  /** ARN of a role to assume with the credentials found. */
  readonly assumeRole?: string
}
