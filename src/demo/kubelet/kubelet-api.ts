export interface KubeletAnswer {
  readonly status: number
  readonly body: unknown
}

/** All that the simulated kubelet may ask of an API server. An answer of any status is an answer; only a lost connection throws. */
export interface KubeletApi {
  readonly get: (path: string) => Promise<KubeletAnswer>
  readonly create: (path: string, object: object) => Promise<KubeletAnswer>
  /** As `application/strategic-merge-patch+json`: conditions merge by type, so those of others stay. */
  readonly patch: (path: string, patch: object) => Promise<KubeletAnswer>
  readonly delete: (path: string, options: object) => Promise<KubeletAnswer>
}
