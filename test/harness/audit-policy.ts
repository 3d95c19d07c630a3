import { CONTROL_PLANE_USERS } from './control-plane-users.ts'

const { kubelet, controllerManager, scheduler } = CONTROL_PLANE_USERS
const READS = ['get', 'list', 'watch']

/**
 * Writes with their bodies, reads without. Writes are logged on arrival too: the API server does that before it answers,
 * so whatever a client has an answer to is in the log already.
 */
export const AUDIT_POLICY: object = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  rules: [
    // The components' own polling would be most of the log and says nothing about the program under test.
    { level: 'None', users: [kubelet.name, controllerManager.name, scheduler.name, 'system:apiserver'], verbs: READS },
    { level: 'None', users: [kubelet.name, 'system:apiserver'] },
    { level: 'Metadata', verbs: READS, omitStages: ['RequestReceived'] },
    // The bodies hold tokens that the control plane made; nobody reads them here.
    {
      level: 'Metadata',
      resources: [{ group: 'authentication.k8s.io' }, { group: '', resources: ['serviceaccounts/token'] }],
    },
    { level: 'Request' },
  ],
}
