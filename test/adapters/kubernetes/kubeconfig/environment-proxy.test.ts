import { expect, it } from 'vitest'
import { environmentProxy } from '../../../../src/adapters/kubernetes/kubeconfig/environment-proxy.ts'

const HTTPS_PROXY = 'http://proxy:3128'

it.each([
  ['https://kube.example', '', HTTPS_PROXY],
  ['https://kube.example', '*', undefined],
  ['https://kube.example', 'kube.example', undefined],
  ['https://kube.example', 'example', undefined],
  ['https://kube.example', '.example', undefined],
  ['https://kube.example', '*.example', undefined],
  ['https://kube.example', 'be.example', HTTPS_PROXY],
  ['https://example', '.example', HTTPS_PROXY],
  ['https://kube.example:6443', 'kube.example:6443', undefined],
  ['https://kube.example:6443', 'kube.example:443', HTTPS_PROXY],
  ['https://10.1.2.3', '10.0.0.0/8', undefined],
  ['https://10.1.2.3', '10.2.0.0/16,192.168.0.0/16', HTTPS_PROXY],
  ['https://10.1.2.3', '10.1.2.3', undefined],
  ['https://10.1.2.3', 'nonsense/8,10.0.0.0/99', HTTPS_PROXY],
  ['https://[fd00::1]', 'fd00::/8', undefined],
  ['https://localhost:6443', '', undefined],
  ['https://127.0.0.1:6443', '', undefined],
  ['http://kube.example', '', undefined],
])('for %s with NO_PROXY=%s is %s', (origin, NO_PROXY, proxy) => {
  expect(environmentProxy(origin, { HTTPS_PROXY, NO_PROXY })).toBe(proxy)
})
