import type { KubeObject } from '../../../../model/observation.ts'
import { objectAt } from '../json-view.ts'
import { readSelector } from '../read-selector.ts'
import { podTemplate, type PodTemplate } from './pod-template.ts'

/** A workload with `spec.template` and `spec.selector`. */
export const templated = (item: KubeObject): PodTemplate =>
  podTemplate(objectAt(item, 'spec', 'template'), readSelector(objectAt(item, 'spec').selector))
