/** What the operator, and only the operator, decides: which cluster, which metrics, which policy, which journal. */
export interface CommonOptions extends PrometheusOptions, CloudOptions {
  readonly stateDir?: string
  readonly policy?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly asUser?: string
  readonly asGroups?: readonly string[]
  readonly engine?: string
  readonly soakSeconds?: string
  readonly rolloutDeadlineSeconds?: string
  readonly executionDeadlineSeconds?: string
  readonly tokenSeconds?: string
}
export interface PrometheusOptions {
  readonly prometheusUrl?: string
  readonly prometheusService?: string
  readonly prometheusAuthHeader?: string
  readonly prometheusAuthFile?: string
  readonly prometheusUser?: string
  readonly prometheusPasswordFile?: string
  readonly prometheusHeaders?: readonly string[]
  readonly prometheusTenant?: string
  readonly prometheusCaFile?: string
  readonly prometheusSslEnabled?: true
  readonly prometheusInsecureSkipVerify?: true
  readonly prometheusMethod?: string
  readonly prometheusLabel?: string
  readonly prometheusClusterLabel?: string
}
export interface CloudOptions {
  readonly eksManagedProm?: true
  readonly eksManagedPromRegion?: string
  readonly eksServiceName?: string
  readonly eksProfileName?: string
  readonly eksAccessKey?: string
  readonly eksSecretKey?: string
  readonly eksAssumeRole?: string
  readonly azureManagedProm?: true
  readonly gcpManagedProm?: true
  readonly coralogixToken?: string
  readonly openshift?: true
}
