import type { CommonOption } from './common-option.ts'

const SEEN = 'other processes can see a flag'

/** How the metrics are reached: krr's names where krr has one. */
export const PROMETHEUS_OPTIONS: readonly CommonOption[] = [
  {
    key: 'prometheusUrl',
    flag: 'prometheus-url',
    short: 'p',
    value: 'URL',
    env: 'KRR_MCP_PROMETHEUS_URL',
    help: 'Prometheus to read usage from (default: found in the cluster)',
  },
  {
    key: 'prometheusService',
    flag: 'prometheus-service',
    value: 'NS/NAME:PORT',
    env: 'KRR_MCP_PROMETHEUS_SERVICE',
    help: 'a service of the cluster to read usage from, through the API server',
  },
  {
    key: 'prometheusAuthHeader',
    flag: 'prometheus-auth-header',
    value: 'VALUE',
    secret: true,
    env: 'KRR_MCP_PROMETHEUS_AUTH_HEADER',
    help: `Authorization header, as it is; ${SEEN}: better the variable or --prometheus-auth-file`,
  },
  {
    key: 'prometheusAuthFile',
    flag: 'prometheus-auth-file',
    value: 'FILE',
    env: 'KRR_MCP_PROMETHEUS_AUTH_FILE',
    help: 'file with a bearer token or a whole Authorization header; read again for every query',
  },
  {
    key: 'prometheusUser',
    flag: 'prometheus-user',
    value: 'NAME',
    env: 'KRR_MCP_PROMETHEUS_USER',
    help: 'user for basic authentication, with --prometheus-password-file',
  },
  {
    key: 'prometheusPasswordFile',
    flag: 'prometheus-password-file',
    value: 'FILE',
    env: 'KRR_MCP_PROMETHEUS_PASSWORD_FILE',
    help: 'file with the password of --prometheus-user',
  },
  {
    key: 'prometheusHeaders',
    flag: 'prometheus-headers',
    short: 'H',
    value: 'HEADER',
    repeatable: true,
    secret: true,
    env: 'KRR_MCP_PROMETHEUS_HEADERS',
    help: `one more header, "name: value" (repeatable; in the variable one per line); ${SEEN}: better the variable`,
  },
  {
    key: 'prometheusTenant',
    flag: 'prometheus-tenant',
    value: 'TENANT',
    env: 'KRR_MCP_PROMETHEUS_TENANT',
    help: 'tenant of Mimir and its like, sent as X-Scope-OrgID',
  },
  {
    key: 'prometheusCaFile',
    flag: 'prometheus-ca-file',
    value: 'FILE',
    env: 'KRR_MCP_PROMETHEUS_CA_FILE',
    help: 'certificate authority of Prometheus, PEM (default: the system’s)',
  },
  {
    key: 'prometheusSslEnabled',
    flag: 'prometheus-ssl-enabled',
    help: 'krr’s switch for verifying certificates; here they always are',
  },
  {
    key: 'prometheusInsecureSkipVerify',
    flag: 'prometheus-insecure-skip-verify',
    help: 'do not verify the certificate of Prometheus: whoever stands in between can make up the numbers',
  },
  {
    key: 'prometheusMethod',
    flag: 'prometheus-method',
    value: 'METHOD',
    env: 'KRR_MCP_PROMETHEUS_METHOD',
    help: 'POST, or GET where only that is allowed (default: POST)',
  },
  {
    key: 'prometheusLabel',
    flag: 'prometheus-label',
    value: 'LABEL',
    env: 'KRR_MCP_PROMETHEUS_LABEL',
    help: 'label that tells clusters apart in a central Prometheus, with -l',
  },
  {
    key: 'prometheusClusterLabel',
    flag: 'prometheus-cluster-label',
    short: 'l',
    value: 'V',
    env: 'KRR_MCP_PROMETHEUS_CLUSTER_LABEL',
    help: 'value of --prometheus-label for this cluster',
  },
]
