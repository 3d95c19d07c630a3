/** Amounts by resource name, as Kubernetes writes them. */
export type Quantities = Readonly<Record<string, string>>

export interface Resources {
  readonly requests?: Quantities
  readonly limits?: Quantities
}

export interface PodContainer {
  readonly name: string
  readonly image: string
  readonly resources?: Resources
  readonly restartPolicy?: string
  readonly resizePolicy?: readonly { readonly resourceName: string; readonly restartPolicy: string }[]
}

/** What the kubelet reads of a pod. */
export interface Pod {
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly uid: string
    readonly generation?: number
    readonly annotations?: Readonly<Record<string, string>>
    readonly deletionTimestamp?: string
  }
  readonly spec: {
    readonly nodeName?: string
    readonly restartPolicy?: string
    readonly containers: readonly PodContainer[]
    readonly initContainers?: readonly PodContainer[]
  }
  readonly status?: {
    readonly containerStatuses?: readonly { readonly name: string; readonly restartCount: number }[]
    readonly podIP?: string
    readonly startTime?: string
  }
}
