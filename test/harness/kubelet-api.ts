import type { KubeletApi } from '../../src/demo/kubelet/kubelet-api.ts'
import type { KubeApi } from './kube-api.ts'

/** The simulated kubelet's way to the API server. */
export function kubeletApi(api: KubeApi): KubeletApi {
  return {
    get: async (path) => await api.request({ method: 'GET', path }),
    create: async (path, body) => await api.request({ method: 'POST', path, body }),
    patch: async (path, body) =>
      await api.request({ method: 'PATCH', path, body, contentType: 'application/strategic-merge-patch+json' }),
    delete: async (path, body) => await api.request({ method: 'DELETE', path, body }),
  }
}
