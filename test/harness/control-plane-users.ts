const MASTERS = 'system:masters'

/** Everyone who has a token. Those without a group may do only what a test's own RBAC objects allow them. */
export const CONTROL_PLANE_USERS = {
  /** The test itself: what it sets up and reads back. */
  admin: { name: 'admin', group: MASTERS },
  /** The program under test where RBAC is not the point, so that the audit log tells its writes from the test's own. */
  operator: { name: 'operator', group: MASTERS },
  viewer: { name: 'viewer', group: '' },
  alice: { name: 'alice', group: '' },
  bob: { name: 'bob', group: '' },
  stranger: { name: 'stranger', group: '' },
  kubelet: { name: 'system:simulated-kubelet', group: MASTERS },
  controllerManager: { name: 'system:kube-controller-manager', group: MASTERS },
  scheduler: { name: 'system:kube-scheduler', group: MASTERS },
} as const

export type ControlPlaneUser = keyof typeof CONTROL_PLANE_USERS
