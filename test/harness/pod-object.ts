/** What tests read of a pod. */
export interface PodObject {
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly uid: string
    readonly labels?: Readonly<Record<string, string>>
    readonly ownerReferences?: readonly OwnerReference[]
  }
  readonly spec: {
    readonly nodeName?: string
    readonly containers: readonly { readonly name: string; readonly resources: ContainerResources }[]
  }
  readonly status: {
    readonly phase: string
    readonly conditions?: readonly PodConditionObject[]
    readonly containerStatuses?: readonly ContainerStatusObject[]
    readonly podIP?: string
  }
}

export interface OwnerReference {
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
}

export interface ContainerResources {
  readonly requests?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, string>>
}

export interface PodConditionObject {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

export interface ContainerStatusObject {
  readonly name: string
  readonly ready: boolean
  readonly started: boolean
  readonly restartCount: number
  readonly resources?: ContainerResources
  readonly state: ContainerStateObject
  readonly lastState: ContainerStateObject
}

export interface ContainerStateObject {
  readonly running?: { readonly startedAt: string }
  readonly waiting?: { readonly reason: string; readonly message: string }
  readonly terminated?: { readonly reason: string; readonly exitCode: number; readonly finishedAt: string }
}
