import type { CommonOption } from './common-option.ts'

/** Managed Prometheus: krr's names where krr has one. Identities come from each vendor's own environment variables and files. */
export const CLOUD_OPTIONS: readonly CommonOption[] = [
  {
    key: 'eksManagedProm',
    flag: 'eks-managed-prom',
    env: 'KRR_MCP_EKS_MANAGED_PROM',
    help: 'Amazon Managed Service for Prometheus: sign requests (SigV4)',
  },
  {
    key: 'eksManagedPromRegion',
    flag: 'eks-managed-prom-region',
    value: 'REGION',
    env: 'KRR_MCP_EKS_MANAGED_PROM_REGION',
    help: 'its region (default: $AWS_REGION, else the profile’s)',
  },
  {
    key: 'eksServiceName',
    flag: 'eks-service-name',
    value: 'NAME',
    env: 'KRR_MCP_EKS_SERVICE_NAME',
    help: 'service that requests are signed for (default: aps)',
  },
  {
    key: 'eksProfileName',
    flag: 'eks-profile-name',
    value: 'NAME',
    env: 'KRR_MCP_EKS_PROFILE_NAME',
    help: 'profile of the AWS credentials files (default: $AWS_PROFILE)',
  },
  {
    key: 'eksAccessKey',
    flag: 'eks-access-key',
    value: 'ID',
    env: 'KRR_MCP_EKS_ACCESS_KEY',
    help: 'AWS access key (default: AWS’ own variables, files and roles)',
  },
  {
    key: 'eksSecretKey',
    flag: 'eks-secret-key',
    value: 'KEY',
    secret: true,
    env: 'KRR_MCP_EKS_SECRET_KEY',
    help: 'its secret key; other processes can see a flag: better the variable, or a profile',
  },
  {
    key: 'eksAssumeRole',
    flag: 'eks-assume-role',
    value: 'ARN',
    env: 'AWS_ASSUME_ROLE',
    help: 'AWS role to assume for it',
  },
  {
    key: 'azureManagedProm',
    flag: 'azure-managed-prom',
    env: 'KRR_MCP_AZURE_MANAGED_PROM',
    help: 'Azure Monitor: log in with Microsoft Entra ($AZURE_CLIENT_ID …, or the managed identity)',
  },
  {
    key: 'gcpManagedProm',
    flag: 'gcp-managed-prom',
    env: 'KRR_MCP_GCP_MANAGED_PROM',
    help: 'Google Managed Prometheus: log in with application default credentials',
  },
  {
    key: 'coralogixToken',
    flag: 'coralogix-token',
    value: 'TOKEN',
    secret: true,
    env: 'KRR_MCP_CORALOGIX_TOKEN',
    help: 'token for Coralogix; other processes can see a flag: better the variable',
  },
  {
    key: 'openshift',
    flag: 'openshift',
    env: 'KRR_MCP_OPENSHIFT',
    help: 'OpenShift’s Thanos, with the token of the pod’s service account',
  },
]
