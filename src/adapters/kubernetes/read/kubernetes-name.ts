const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/

/** A name that can stand in a path (a DNS subdomain, as namespaces and workloads have). */
export const isKubernetesName = (text: string): boolean => NAME.test(text)
