import type { ObjectToPost } from '../../test/harness/post-objects.ts'

const definition = (
  group: string,
  version: string,
  names: { readonly plural: string; readonly kind: string },
): ObjectToPost => ({
  path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  body: {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { ...names, singular: names.kind.toLowerCase(), listKind: `${names.kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  } as ObjectToPost['body'],
})

/** The kinds beyond Kubernetes' own that krr knows. */
export const CUSTOM_RESOURCES: readonly ObjectToPost[] = [
  definition('argoproj.io', 'v1alpha1', { plural: 'rollouts', kind: 'Rollout' }),
  definition('apps.openshift.io', 'v1', { plural: 'deploymentconfigs', kind: 'DeploymentConfig' }),
  definition('core.strimzi.io', 'v1beta2', { plural: 'strimzipodsets', kind: 'StrimziPodSet' }),
]
